package org.vipd.daemon.port;

/** Monotonic time. */
public interface NanoClock {

  /**
   * Nanoseconds since the clock was made; never goes back, is not moved by changes of the wall
   * clock.
   */
  long nanos();
}
