package org.vipd.daemon.testkit;

import org.vipd.daemon.port.NanoClock;

/** Virtual time that only a test moves; starts at 1000 s so that differences show. */
public final class FakeClock implements NanoClock {

  private volatile long nanos = 1_000_000_000_000L;

  @Override
  public long nanos() {
    return nanos;
  }

  /** Moves to a time that is not in the past. */
  public void set(long newNanos) {
    if (newNanos < nanos) {
      throw new IllegalArgumentException("time goes forward: now " + nanos + ", got " + newNanos);
    }
    nanos = newNanos;
  }

  /** Moves on. */
  public void advance(long byNanos) {
    set(nanos + byNanos);
  }
}
