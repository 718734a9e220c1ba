package org.vipd.daemon.runtime;

import java.util.Map;

/** How much later than planned the loop woke up: a histogram. */
final class Lateness {

  private static final long NANOS_PER_MILLI = 1_000_000L;
  private static final long NANOS_PER_MICRO = 1_000L;
  private static final int MICROS_PER_MILLI = 1_000;

  /** The largest lateness of each class but the last, which has no limit. */
  private static final int[] BOUNDS_MICROS = {
    100, 250, 500, 1_000, 2_000, 5_000, 20_000, 50_000, 100_000, 250_000, 500_000, 1_000_000,
    3_000_000
  };

  private final long[] counts = new long[BOUNDS_MICROS.length + 1];
  private long longestNanos;

  /** Counts a wake-up. */
  void add(long lateNanos) {
    int bucket = 0;
    while (bucket < BOUNDS_MICROS.length && lateNanos > BOUNDS_MICROS[bucket] * NANOS_PER_MICRO) {
      bucket++;
    }
    counts[bucket]++;
    longestNanos = Math.max(longestNanos, lateNanos);
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
