package org.vipd.daemon.runtime;

import org.vipd.daemon.port.NanoClock;

/**
 * The only reader of {@link System#nanoTime}. Starts within the first second, and its whole seconds
 * are those of the system's monotonic clock: all programs of this host agree on them. Unlike that
 * one it goes on while the machine is suspended, in whole seconds, once it is told: to the others
 * that time has passed.
 */
public final class MonotonicClock implements NanoClock {

  private static final long SECOND_NANOS = 1_000_000_000L;

  private final long origin = Math.floorDiv(System.nanoTime(), SECOND_NANOS) * SECOND_NANOS;

  private volatile long suspendedNanos;

  @Override
  public long nanos() {
    return System.nanoTime() - origin + suspendedNanos;
  }

  /** The machine has been suspended for so long since this clock was made, in all. */
  public void suspendedFor(long totalNanos) {
    long whole = Math.floorDiv(totalNanos, SECOND_NANOS) * SECOND_NANOS;
    if (whole > suspendedNanos) {
      suspendedNanos = whole;
    }
  }

  /** How much of the time that has passed the machine was suspended, as far as this clock knows. */
  public long suspendedNanos() {
    return suspendedNanos;
  }

  /** A time of this clock on the scale of {@link System#nanoTime}; {@link Long#MAX_VALUE} stays. */
  public long systemNanos(long nanos) {
    return nanos == Long.MAX_VALUE ? nanos : nanos + origin - suspendedNanos;
  }
}
