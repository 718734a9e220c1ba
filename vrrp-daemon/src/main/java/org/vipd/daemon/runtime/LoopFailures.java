package org.vipd.daemon.runtime;

import org.vipd.daemon.port.Journal;

/** Counts turns of the loop that failed unexpectedly. */
final class LoopFailures {

  private static final int HOPELESS_IN_A_ROW = 100;
  private static final long COMPLAINT_INTERVAL_NANOS = 1_000_000_000L;

  private final Journal journal;
  private final RateLimit complaints = new RateLimit(COMPLAINT_INTERVAL_NANOS);
  private long total;
  private int inARow;

  LoopFailures(Journal journal) {
    this.journal = journal;
  }

  void success() {
    inARow = 0;
  }

  void failure(RuntimeException cause, long nowNanos) {
    total++;
    inARow++;
    if (complaints.permits(nowNanos)) {
      StackTraceElement[] trace = cause.getStackTrace();
      String where = trace.length == 0 ? "" : " at " + trace[0];
      journal.error(
          "unexpected failure in the loop, which goes on: " + cause + where + "; please report it");
    }
  }

  boolean isHopeless() {
    return inARow >= HOPELESS_IN_A_ROW;
  }

  long total() {
    return total;
  }
}
