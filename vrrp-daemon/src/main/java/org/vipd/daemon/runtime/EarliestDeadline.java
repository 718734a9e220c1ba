package org.vipd.daemon.runtime;

/**
 * A time before which no router has anything to do. Most packets only move a deadline further away,
 * so this is a lower bound: it sinks at once, and rises only when all routers are asked again. That
 * saves asking hundreds of routers for each packet, at the price of a wake-up for nothing once in
 * an interval.
 */
final class EarliestDeadline {

  private long nanos = Long.MAX_VALUE;

  /** The time, on the scale of the loop's clock; {@code Long.MAX_VALUE} for never. */
  long nanos() {
    return nanos;
  }

  /** Notes that a router has something to do at a time, which may be earlier than known so far. */
  void include(long deadlineNanos) {
    nanos = Math.min(nanos, deadlineNanos);
  }

  /** Forgets all; the deadlines of all routers must be included again. */
  void forget() {
    nanos = Long.MAX_VALUE;
  }
}
