package org.vipd.protocol.wire.authentication;

/**
 * Sequence numbers of sent trailers: never twice the same, and near the time of day. Mutable; owned
 * by one thread.
 */
public final class SequenceClock {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final UtcClock clock;
  private long last;

  /**
   * A sequence that goes on where an earlier process stopped.
   *
   * @param last the last number of the earlier process, 0 for none
   */
  public SequenceClock(UtcClock clock, long last) {
    this.clock = clock;
    this.last = last;
  }

  /** The last number given out, to be kept over a restart. */
  public long last() {
    return last;
  }

  /** Seconds of the time of day. */
  public long seconds() {
    return Math.floorDiv(clock.nanos(), NANOS_PER_SECOND);
  }

  /**
   * The next number: the time of day, or one more than the last.
   *
   * @param settings in time mode a last number further ahead than the window is forgotten
   */
  public long next(HmacSettings settings) {
    long now = timeOfDay();
    long ahead = (last >>> 32) - (now >>> 32);
    boolean forgets =
        settings.antiReplay() == HmacSettings.AntiReplay.TIME && ahead > settings.windowSeconds();
    last = forgets || Long.compareUnsigned(now, last) > 0 ? now : last + 1;
    return last;
  }

  private long timeOfDay() {
    long nanos = clock.nanos();
    long fraction = Math.floorMod(nanos, NANOS_PER_SECOND) * 65_536 / NANOS_PER_SECOND;
    return Math.floorDiv(nanos, NANOS_PER_SECOND) << 32 | fraction << 16;
  }
}
