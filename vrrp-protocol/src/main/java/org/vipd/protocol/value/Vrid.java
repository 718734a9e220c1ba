package org.vipd.protocol.value;

/**
 * Virtual router identifier, unique per interface and address family.
 *
 * @param value 1 to 255 (RFC 9568 section 5.2.3)
 */
public record Vrid(int value) {
  /** Largest identifier. */
  public static final int MAXIMUM = 255;

  private static final Vrid[] CACHE = new Vrid[MAXIMUM + 1];

  static {
    for (int value = 1; value <= MAXIMUM; value++) {
      CACHE[value] = new Vrid(value);
    }
  }

  /** Refuses a value outside 1 to 255 with {@link IllegalArgumentException}. */
  public Vrid {
    if (value < 1 || value > MAXIMUM) {
      throw new IllegalArgumentException("virtual router id must be 1..255, got " + value);
    }
  }

  /** The identifier with this value, without a new object. */
  public static Vrid of(int value) {
    return value >= 1 && value <= MAXIMUM ? CACHE[value] : new Vrid(value);
  }

  @Override
  public String toString() {
    return Integer.toString(value);
  }
}
