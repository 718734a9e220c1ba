package org.vipd.protocol.value;

/**
 * Priority of a router in the election; the larger one wins.
 *
 * @param value 0 to 255; 0 exists on the wire only (RFC 9568 section 5.2.4)
 */
public record Priority(int value) implements Comparable<Priority> {
  private static final Priority[] CACHE = new Priority[256];

  static {
    for (int value = 0; value < CACHE.length; value++) {
      CACHE[value] = new Priority(value);
    }
  }

  /** Sent by an Active router that stops taking part. */
  public static final Priority RESIGN = of(0);

  /** The priority of a router that is not told any other. */
  public static final Priority DEFAULT = of(100);

  /** The router that has the virtual address as an interface address of its own. */
  public static final Priority OWNER = of(255);

  /** Refuses a value outside 0 to 255 with {@link IllegalArgumentException}. */
  public Priority {
    if (value < 0 || value > 255) {
      throw new IllegalArgumentException("priority must be 0..255, got " + value);
    }
  }

  /** The priority with this value, without a new object. */
  public static Priority of(int value) {
    return value >= 0 && value < CACHE.length ? CACHE[value] : new Priority(value);
  }

  /** True for 255. */
  public boolean isOwner() {
    return value == 255;
  }

  /** True for 0. */
  public boolean isResign() {
    return value == 0;
  }

  @Override
  public int compareTo(Priority other) {
    return Integer.compare(value, other.value);
  }

  // by hand: what Java makes for records is spun at the first call, milliseconds before the first
  // packet; see docs/decisions/0008-jvm-flags.md
  @Override
  public boolean equals(Object other) {
    return other instanceof Priority that && value == that.value;
  }

  @Override
  public int hashCode() {
    return value;
  }

  @Override
  public String toString() {
    return Integer.toString(value);
  }
}
