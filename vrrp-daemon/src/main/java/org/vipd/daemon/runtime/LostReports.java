package org.vipd.daemon.runtime;

import java.util.Map;
import org.vipd.daemon.port.Journal;

/**
 * Times that the kernel had no room for a report of an interface, an address or a route, so that
 * everything had to be asked for again.
 */
final class LostReports {

  private static final long QUIET_NANOS = 10_000_000_000L;

  private final Journal journal;
  private final RateLimit complaints = new RateLimit(QUIET_NANOS);
  private long count;

  LostReports(Journal journal) {
    this.journal = journal;
  }

  /** Some were lost since the last time. */
  void note(long nowNanos) {
    count++;
    if (complaints.permits(nowNanos)) {
      long before = complaints.takeSuppressed();
      journal.warn(
          "reports of the kernel were lost (ENOBUFS)"
              + (before == 0 ? "" : ", and " + before + " times before")
              + ": more interfaces, addresses or routes changed than it keeps for a process that"
              + " does not come to read; all are asked for again, and what is missing is put back."
              + " Look for who changes so many (ip monitor)");
    }
  }

  /** Adds the count to those of the daemon. */
  void describe(Map<String, Long> counters) {
    counters.put("kernel-reports-lost", count);
  }
}
