package org.vipd.daemon.event;

/**
 * What a tracker found last.
 *
 * @param value the number in a file; for everything else 0 when all is well and 1 when not
 * @param text what was found, for the operator: {@code 3 of at least 1 processes}
 */
public record TrackerReading(int value, String text) {

  /** All is well, or not. */
  public static TrackerReading of(boolean isGood, String text) {
    return new TrackerReading(isGood ? 0 : 1, text);
  }
}
