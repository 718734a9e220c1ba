package org.vipd.protocol.value;

/**
 * Time between two advertisements of an Active router.
 *
 * @param centiseconds 1 to 25500; version 3 messages carry at most 4095, version 2 messages whole
 *     seconds ({@link VrrpVersion#carries})
 */
public record AdvertInterval(int centiseconds) {
  /** Longest interval of any version: 255 seconds. */
  public static final int MAXIMUM_CENTISECONDS = 25_500;

  /** One second, the default of every version. */
  public static final AdvertInterval DEFAULT = new AdvertInterval(100);

  private static final long NANOS_PER_CENTISECOND = 10_000_000L;

  /** Refuses a value outside 1 to 25500 with {@link IllegalArgumentException}. */
  public AdvertInterval {
    if (centiseconds < 1 || centiseconds > MAXIMUM_CENTISECONDS) {
      throw new IllegalArgumentException(
          "advertisement interval must be 1..25500 centiseconds, got " + centiseconds);
    }
  }

  /** An interval of 1 to 255 seconds. */
  public static AdvertInterval ofSeconds(int seconds) {
    if (seconds < 1 || seconds > 255) {
      throw new IllegalArgumentException(
          "advertisement interval must be 1..255 seconds, got " + seconds);
    }
    return ofCentiseconds(seconds * 100);
  }

  /** An interval of 1 to 25500 centiseconds. */
  public static AdvertInterval ofCentiseconds(int centiseconds) {
    return centiseconds == 100 ? DEFAULT : new AdvertInterval(centiseconds);
  }

  /** The interval in nanoseconds. */
  public long nanos() {
    return centiseconds * NANOS_PER_CENTISECOND;
  }

  /** The interval in seconds, rounded up, so that it is never 0. */
  public int wholeSeconds() {
    return (centiseconds + 99) / 100;
  }

  @Override
  public String toString() {
    return centiseconds + " cs";
  }
}
