package org.vipd.daemon.script;

import java.time.Duration;
import java.util.Optional;
import org.vipd.daemon.event.CheckOutcome;
import org.vipd.daemon.port.StartedProcess;

/**
 * One run of a script. When its time is over the whole process group gets SIGTERM, two seconds
 * later SIGKILL; two more seconds later it is given up, so that a process stuck in the kernel never
 * keeps a check from running again.
 */
final class Run {

  private static final long STEP_NANOS = 2_000_000_000L;
  private static final int READ_BYTES = 4096;
  private static final int READS_PER_TURN = 64;

  /**
   * A quarter of a mebibyte in this time is what a process may print: more waits in its pipe. It is
   * never closed, because that would end the process by a signal and make a failure of it.
   */
  private static final long OUTPUT_PAUSE_NANOS = 50_000_000L;

  private enum Phase {
    RUNNING,
    TERMINATED,
    KILLED,
    ABANDONED
  }

  private final StartedProcess process;
  private final long startedNanos;
  private final OutputTail output = new OutputTail();
  private final byte[] buffer = new byte[READ_BYTES];
  private Phase phase = Phase.RUNNING;
  private long deadlineNanos;
  private long listenNanos = Long.MAX_VALUE;
  private Optional<CheckOutcome> outcome = Optional.empty();

  Run(StartedProcess process, long nowNanos, long timeoutNanos) {
    this.process = process;
    this.startedNanos = nowNanos;
    this.deadlineNanos = nowNanos + timeoutNanos;
  }

  long deadlineNanos() {
    return Math.min(deadlineNanos, listenNanos);
  }

  /** The result, as soon as it is known; a timed-out run has one before its process is gone. */
  Optional<CheckOutcome> outcome() {
    return outcome;
  }

  /** Reads, reaps and climbs the ladder; true when nothing is left of the run. */
  boolean advance(long nowNanos) {
    if (nowNanos >= listenNanos) {
      listenNanos = Long.MAX_VALUE;
      process.listen(true);
    }
    if (listenNanos == Long.MAX_VALUE && readOutput()) {
      listenNanos = nowNanos + OUTPUT_PAUSE_NANOS;
      process.listen(false);
    }
    Optional<StartedProcess.End> end = process.poll(phase != Phase.RUNNING);
    if (end.isPresent()) {
      readOutput();
      finish(end.get(), nowNanos);
      process.close();
      return true;
    }
    if (nowNanos >= deadlineNanos) {
      climb(nowNanos);
    }
    return phase == Phase.ABANDONED;
  }

  private void climb(long nowNanos) {
    switch (phase) {
      case RUNNING -> {
        outcome = Optional.of(timedOut(nowNanos));
        process.terminateGroup();
        phase = Phase.TERMINATED;
      }
      case TERMINATED -> {
        process.killGroup();
        phase = Phase.KILLED;
      }
      default -> {
        process.close();
        phase = Phase.ABANDONED;
      }
    }
    deadlineNanos = nowNanos + STEP_NANOS;
  }

  /** Lets its time be over at another moment, for instance now. */
  void expire(long atNanos) {
    if (phase == Phase.RUNNING) {
      deadlineNanos = atNanos;
    }
  }

  /** Ends it without a result, at once. */
  void kill() {
    process.killGroup();
    process.close();
  }

  /** Reads what is there, but not for ever; true when there may be more. */
  private boolean readOutput() {
    for (int i = 0; i < READS_PER_TURN; i++) {
      int count = process.readOutput(buffer);
      if (count <= 0) {
        return false;
      }
      output.append(buffer, count);
    }
    return true;
  }

  private void finish(StartedProcess.End end, long nowNanos) {
    if (outcome.isPresent()) {
      return;
    }
    CheckOutcome.Kind kind =
        end.bySignal() ? CheckOutcome.Kind.KILLED_BY_SIGNAL : CheckOutcome.Kind.EXITED;
    outcome = Optional.of(new CheckOutcome(kind, end.code(), output.text(), took(nowNanos)));
  }

  private CheckOutcome timedOut(long nowNanos) {
    return new CheckOutcome(CheckOutcome.Kind.TIMED_OUT, 0, output.text(), took(nowNanos));
  }

  private Duration took(long nowNanos) {
    return Duration.ofNanos(nowNanos - startedNanos);
  }
}
