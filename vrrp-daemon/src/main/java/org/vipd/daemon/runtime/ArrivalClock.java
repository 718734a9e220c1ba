package org.vipd.daemon.runtime;

import org.vipd.daemon.port.NanoClock;

/**
 * When the packets of a turn of the loop arrived: when its wait ended, not when each is looked at.
 * A Backup that counts from a later moment rises later than it must.
 */
final class ArrivalClock implements NanoClock {

  private final NanoClock clock;
  private long wokenNanos;
  private boolean isAwake;

  ArrivalClock(NanoClock clock) {
    this.clock = clock;
  }

  /** The wait begins; the time is not known until it ends. */
  void sleep() {
    isAwake = false;
  }

  /** The wait has ended. */
  void wake() {
    wokenNanos = clock.nanos();
    isAwake = true;
  }

  @Override
  public long nanos() {
    return isAwake ? wokenNanos : clock.nanos();
  }
}
