package org.vipd.daemon.runtime;

import org.vipd.daemon.port.NanoClock;

/** The only reader of {@link System#nanoTime}; starts at zero. */
public final class MonotonicClock implements NanoClock {

  private final long origin = System.nanoTime();

  @Override
  public long nanos() {
    return System.nanoTime() - origin;
  }

  /** A time of this clock on the scale of {@link System#nanoTime}; {@link Long#MAX_VALUE} stays. */
  public long systemNanos(long nanos) {
    return nanos == Long.MAX_VALUE ? nanos : nanos + origin;
  }
}
