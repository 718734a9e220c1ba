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
  private boolean isFatal;
  private boolean startFailed;

  LoopFailures(Journal journal) {
    this.journal = journal;
  }

  void success() {
    inARow = 0;
  }

  /**
   * A failure of one turn, or of the start, without which no turn makes sense.
   *
   * @param hasStarted whether it is a turn that failed
   */
  void failure(RuntimeException cause, boolean hasStarted, long nowNanos) {
    total++;
    inARow++;
    if (!hasStarted) {
      startFailed = true;
      journal.error(
          "unexpected failure at the start, which ends the daemon: "
              + cause
              + where(cause)
              + "; please report it");
    } else if (complaints.permits(nowNanos)) {
      journal.error(
          "unexpected failure in the loop, which goes on: "
              + cause
              + where(cause)
              + "; please report it");
    }
  }

  /** A failure after which no turn can be trusted. */
  void fatal(Error cause) {
    total++;
    isFatal = true;
    journal.error(
        "unexpected failure in the loop, which ends: "
            + cause
            + where(cause)
            + "; were the daemon's files replaced while it ran?");
  }

  private static String where(Throwable cause) {
    StackTraceElement[] trace = cause.getStackTrace();
    return trace.length == 0 ? "" : " at " + trace[0];
  }

  boolean isHopeless() {
    return isFatal || startFailed || inARow >= HOPELESS_IN_A_ROW;
  }

  /** Why the loop gives up, when it does. */
  String reason() {
    if (startFailed) {
      return "the start failed";
    }
    return isFatal ? "a failure that cannot be got over" : "too many failures in a row";
  }

  long total() {
    return total;
  }
}
