package org.vipd.daemon.runtime;

/**
 * A time before which no router has anything to do. Most packets only move a deadline further away,
 * so this is a lower bound: it sinks at once, and rises only when all routers are asked again. That
 * saves asking hundreds of routers for each packet.
 */
final class EarliestDeadline {

  private long nanos = Long.MAX_VALUE;
  private boolean isExact;

  /** The time, on the scale of the loop's clock; {@code Long.MAX_VALUE} for never. */
  long nanos() {
    return nanos;
  }

  /** Whether the time is a deadline, and not only earlier than all of them. */
  boolean isExact() {
    return isExact;
  }

  /** Notes the new deadline of a router; the former one may have been the earliest. */
  void changed(long deadlineNanos) {
    nanos = Math.min(nanos, deadlineNanos);
    isExact = false;
  }

  /** Takes the earliest of the deadlines of all routers. */
  void replace(long deadlineNanos) {
    nanos = deadlineNanos;
    isExact = true;
  }
}
