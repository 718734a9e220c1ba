package org.vipd.daemon.runtime;

import org.vipd.daemon.port.NanoClock;

/**
 * The only reader of {@link System#nanoTime}. Starts within the first second, and its whole seconds
 * are those of the system's monotonic clock: all programs of this host agree on them.
 */
public final class MonotonicClock implements NanoClock {

  private static final long SECOND_NANOS = 1_000_000_000L;

  private final long origin = Math.floorDiv(System.nanoTime(), SECOND_NANOS) * SECOND_NANOS;

  @Override
  public long nanos() {
    return System.nanoTime() - origin;
  }

  /** A time of this clock on the scale of {@link System#nanoTime}; {@link Long#MAX_VALUE} stays. */
  public long systemNanos(long nanos) {
    return nanos == Long.MAX_VALUE ? nanos : nanos + origin;
  }
}
