package org.vipd.daemon.config;

import java.math.BigDecimal;
import java.time.Duration;

/** Times in seconds as an operator writes them: without an exponent, or zeros that say nothing. */
public final class SecondsText {

  private static final int NANOS_DIGITS = 9;

  private SecondsText() {}

  /** The number of seconds and their unit, such as 0.25 s. */
  public static String of(Duration time) {
    return BigDecimal.valueOf(time.toNanos(), NANOS_DIGITS).stripTrailingZeros().toPlainString()
        + " s";
  }
}
