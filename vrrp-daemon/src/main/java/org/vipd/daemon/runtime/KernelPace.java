package org.vipd.daemon.runtime;

import java.util.Locale;

/**
 * How many slow requests go to the kernel in one turn of the loop, by what the last ones took. For
 * each IPv6 address that is added or refreshed the kernel joins all multicast groups of the
 * interface anew.
 */
final class KernelPace {

  /** The loop must not be held for longer than 20 ms: half of that is aimed at. */
  private static final long TURN_NANOS = 10_000_000L;

  private static final double NANOS_PER_MILLI = 1e6;
  private static final int FEWEST = 1;
  private static final int MOST = 128;

  /** What a request is expected to take before one was measured. */
  private static final long FIRST_GUESS_NANOS = 600_000L;

  private static final int INERTIA = 4;

  private long requestNanos = FIRST_GUESS_NANOS;
  private boolean isMeasured;

  /** How many requests one turn may have. */
  int perTurn() {
    return (int) Math.max(FEWEST, Math.min(MOST, TURN_NANOS / Math.max(1, requestNanos)));
  }

  /** How long one request takes lately. */
  long requestNanos() {
    return requestNanos;
  }

  /**
   * Why addresses were lost, in words for the operator.
   *
   * @param lost how many leases are over; 0 when one ended while the kernel was asked, which may
   *     have begun it anew
   * @param all how many addresses have a lease
   */
  String complaint(long lost, int all) {
    String which = lost == 0 ? "a lease of the " + all : "the lease of " + lost + " of " + all;
    String when =
        lost == 0
            ? " ended while the kernel was asked to extend it"
            : isMeasured
                ? " ended before the kernel could be asked to extend it"
                : " ended before it was extended";
    return which + " virtual addresses" + when + (isMeasured ? slowness() : "");
  }

  private String slowness() {
    return String.format(
        Locale.ROOT,
        ": it took %.2f ms for each IPv6 address; give this host fewer of them or more processor"
            + " time",
        requestNanos / NANOS_PER_MILLI);
  }

  /** Some requests took a time together; slowness is believed at once, speed only by and by. */
  void took(int requests, long nanos) {
    if (requests > 0) {
      isMeasured = true;
      long measured = nanos / requests;
      requestNanos =
          Math.max(
              measured,
              (requestNanos * (INERTIA - 1) + Math.min(measured, requestNanos)) / INERTIA);
    }
  }
}
