package org.vipd.protocol.machine;

/**
 * A time in which a router could have heard others, without a gap.
 *
 * @param sinceNanos monotonic time at which it began
 * @param sleptNanos how late the host woke up at its beginning; 0 when it did not begin with that
 */
public record Listening(long sinceNanos, long sleptNanos) {

  /** From now on, after nothing that matters. */
  static Listening from(long nowNanos) {
    return new Listening(nowNanos, 0);
  }

  /** From now on, because what came before was slept through. */
  static Listening after(Sleep sleep, long nowNanos) {
    return new Listening(nowNanos, sleep.lateNanos());
  }
}
