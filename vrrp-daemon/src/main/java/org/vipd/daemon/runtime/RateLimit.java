package org.vipd.daemon.runtime;

/** Lets one message through per interval and counts the rest. */
final class RateLimit {

  private final long intervalNanos;
  private long nextNanos = Long.MIN_VALUE;
  private long suppressed;

  RateLimit(long intervalNanos) {
    this.intervalNanos = intervalNanos;
  }

  /** Whether a message may go out now; if not, it is counted. */
  boolean permits(long nowNanos) {
    if (nowNanos < nextNanos) {
      suppressed++;
      return false;
    }
    nextNanos = nowNanos + intervalNanos;
    return true;
  }

  /** Whether a message may go out now that another limit must let through, too. */
  boolean permits(long nowNanos, RateLimit common) {
    if (nowNanos < nextNanos || !common.permits(nowNanos)) {
      suppressed++;
      return false;
    }
    nextNanos = nowNanos + intervalNanos;
    return true;
  }

  /** How many were held back since this was last asked. */
  long takeSuppressed() {
    long count = suppressed;
    suppressed = 0;
    return count;
  }
}
