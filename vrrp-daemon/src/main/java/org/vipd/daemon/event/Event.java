package org.vipd.daemon.event;

import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.vipd.daemon.config.LoadResult;
import org.vipd.daemon.config.track.TrackKind;
import org.vipd.daemon.status.DaemonStatus;
import org.vipd.daemon.status.ReloadReport;

/** A message to the loop thread. */
public sealed interface Event {

  /** A check ran. */
  record CheckFinished(String checkName, CheckOutcome outcome) implements Event {}

  /** The packet filter was changed, or could not be. */
  record FilterChanged(CheckOutcome outcome) implements Event {}

  /** The script that runs before an instance gives its addresses up has ended, or has to. */
  record ReleasePrepared(String instance, CheckOutcome outcome) implements Event {}

  /** A file, process or BFD session was looked at, and something is new. */
  record TrackerReported(TrackKind kind, String name, TrackerReading reading) implements Event {}

  /** The configuration was read again; the answer says what came of it. */
  record ConfigurationRead(
      LoadResult result, ReloadMode mode, CompletableFuture<ReloadReport> answer)
      implements Event {}

  /** Somebody wants to know the state. */
  record StatusRequested(CompletableFuture<DaemonStatus> answer) implements Event {}

  /**
   * The daemon has to end and to leave its addresses and its role to the next process.
   *
   * @param isAwaited whether that process is there still and waits for the answer
   */
  record LeaveRequested(CompletableFuture<String> answer, BooleanSupplier isAwaited)
      implements Event {

    /** Answers; false when nobody would take over, because nobody waits any more. */
    public boolean accept() {
      return !answer.isDone() && isAwaited.getAsBoolean() && answer.complete("left");
    }
  }

  /**
   * The daemon has to end.
   *
   * @param isFailure whether it ends because it is broken
   */
  record StopRequested(String because, boolean isFailure) implements Event {

    /** Somebody wants it to end. */
    public StopRequested(String because) {
      this(because, false);
    }

    /** It cannot go on. */
    public static StopRequested failed(String because) {
      return new StopRequested(because, true);
    }
  }
}
