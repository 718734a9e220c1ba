package org.vipd.daemon.runtime;

import java.util.Locale;
import java.util.Map;
import org.vipd.daemon.port.Journal;

/** How much later than planned the loop woke up: a histogram, and a message for each long sleep. */
final class Lateness {

  private static final long NANOS_PER_MILLI = 1_000_000L;
  private static final long NANOS_PER_MICRO = 1_000L;
  private static final int MICROS_PER_MILLI = 1_000;

  /** The largest lateness of each class but the last, which has no limit. */
  private static final int[] BOUNDS_MICROS = {
    100, 250, 500, 1_000, 2_000, 5_000, 20_000, 50_000, 100_000, 250_000, 500_000, 1_000_000,
    3_000_000
  };

  /** Sleeps of at least this length are worth a line, and to be explained. */
  static final long TOLD_NANOS = 250 * NANOS_PER_MILLI;

  private static final String UNKNOWN =
      "the process was stopped, or the host is overloaded or was suspended";

  private static final long COMPLAINT_INTERVAL_NANOS = 10_000_000_000L;

  private final Journal journal;
  private final RateLimit complaints = new RateLimit(COMPLAINT_INTERVAL_NANOS);
  private final long[] counts = new long[BOUNDS_MICROS.length + 1];
  private long longestNanos;

  Lateness(Journal journal) {
    this.journal = journal;
  }

  /**
   * Counts a wake-up.
   *
   * @param cause what made it late, in words; empty when that is not known
   */
  void add(long lateNanos, String cause, long nowNanos) {
    int bucket = 0;
    while (bucket < BOUNDS_MICROS.length && lateNanos > BOUNDS_MICROS[bucket] * NANOS_PER_MICRO) {
      bucket++;
    }
    counts[bucket]++;
    longestNanos = Math.max(longestNanos, lateNanos);
    if (lateNanos >= TOLD_NANOS && complaints.permits(nowNanos)) {
      long more = complaints.takeSuppressed();
      journal.warn(
          String.format(
              Locale.ROOT,
              "woke up %.3f s late%s: %s",
              lateNanos / 1e9,
              more == 0 ? "" : " (and " + more + " more times)",
              cause.isEmpty() ? UNKNOWN : cause));
    }
  }

  /** Adds the counts to those of the daemon. */
  void describe(Map<String, Long> counters) {
    for (int i = 0; i < BOUNDS_MICROS.length; i++) {
      counters.put("wake-ups-late-up-to-" + inWords(BOUNDS_MICROS[i]), counts[i]);
    }
    counters.put("wake-ups-later", counts[BOUNDS_MICROS.length]);
    counters.put("longest-lateness-ms", longestNanos / NANOS_PER_MILLI);
  }

  private static String inWords(int micros) {
    return micros < MICROS_PER_MILLI ? micros + "-us" : micros / MICROS_PER_MILLI + "-ms";
  }
}
