package org.vipd.daemon.linux;

import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.vipd.daemon.runtime.MonotonicClock;

/** Lets the clock go on while the machine is suspended, and tells of it. For one thread. */
final class Suspension {

  private static final double NANOS_PER_SECOND = 1e9;

  private final MonotonicClock clock;
  private final LongSupplier totalNanos;
  private final long originNanos;
  private long lastNanos;

  /**
   * Nothing before it counts.
   *
   * @param totalNanos how long the machine has been suspended so far
   */
  Suspension(MonotonicClock clock, LongSupplier totalNanos) {
    this.clock = clock;
    this.totalNanos = totalNanos;
    this.originNanos = totalNanos.getAsLong();
  }

  /** Looks whether there was one since it was asked last. */
  void look() {
    long before = clock.suspendedNanos();
    clock.suspendedFor(totalNanos.getAsLong() - originNanos);
    lastNanos = clock.suspendedNanos() - before;
  }

  /** In words, when there was one at the last look that explains a delay. */
  Optional<String> explanation(long lateNanos) {
    return lastNanos > 0 && lastNanos >= lateNanos / 2
        ? Optional.of(
            String.format(
                Locale.ROOT, "the machine was suspended for %.0f s", lastNanos / NANOS_PER_SECOND))
        : Optional.empty();
  }
}
