package org.vipd.netlink.route;

/**
 * How long the kernel keeps an address; each add or refresh starts it anew.
 *
 * @param validSeconds until the kernel removes it: 1..4294967294, or 4294967295 for ever
 * @param preferredSeconds until it is deprecated as a source: 0..validSeconds
 */
public record AddressLifetime(long validSeconds, long preferredSeconds) {

  private static final long INFINITE = 0xFFFF_FFFFL;

  /** Kept until somebody removes it. */
  public static final AddressLifetime FOREVER = new AddressLifetime(INFINITE, INFINITE);

  /** Kept until somebody removes it, never chosen as a source unless asked for. */
  public static final AddressLifetime FOREVER_DEPRECATED = new AddressLifetime(INFINITE, 0);

  /** Checks the ranges. */
  public AddressLifetime {
    if (validSeconds < 1 || validSeconds > INFINITE) {
      throw new IllegalArgumentException(
          "valid lifetime " + validSeconds + " s: must be 1.." + INFINITE);
    }
    if (preferredSeconds < 0 || preferredSeconds > validSeconds) {
      throw new IllegalArgumentException(
          "preferred lifetime " + preferredSeconds + " s: must be 0.." + validSeconds);
    }
  }

  /** Returns an address lease of that many seconds, 1 or more, preferred to its end. */
  public static AddressLifetime ofSeconds(long seconds) {
    return new AddressLifetime(seconds, seconds);
  }

  // by hand: what Java makes for records is spun at the first call, milliseconds before the first
  // announcement
  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof AddressLifetime that
            && validSeconds == that.validSeconds
            && preferredSeconds == that.preferredSeconds);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(validSeconds) * 31 + Long.hashCode(preferredSeconds);
  }
}
