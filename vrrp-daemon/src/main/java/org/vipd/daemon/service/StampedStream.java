package org.vipd.daemon.service;

import java.io.PrintStream;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Puts the time before each line, as {@code 2026-11-25T20:58:24.957Z}; UTC, milliseconds. */
final class StampedStream extends PrintStream {

  private static final int NANOS_PER_MILLI = 1_000_000;

  private final InstantSource wallClock;

  StampedStream(PrintStream out, InstantSource wallClock) {
    super(out, true);
    this.wallClock = wallClock;
  }

  @Override
  public void println(String line) {
    super.println(stamp(wallClock.instant()) + ' ' + line);
  }

  static String stamp(Instant now) {
    LocalDateTime time = LocalDateTime.ofInstant(now, ZoneOffset.UTC);
    return time.toLocalDate()
        + "T"
        + digits(time.getHour(), 2)
        + ":"
        + digits(time.getMinute(), 2)
        + ":"
        + digits(time.getSecond(), 2)
        + "."
        + digits(time.getNano() / NANOS_PER_MILLI, 3)
        + "Z";
  }

  private static String digits(int number, int width) {
    String text = Integer.toString(number);
    return "0".repeat(width - text.length()) + text;
  }
}
