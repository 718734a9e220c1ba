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
    STARTING,
    RUNNING,
    TERMINATED,
    KILLED,
    ABANDONED
  }

  private final Launch launch;
  private final long timeoutNanos;
  private final OutputTail output = new OutputTail();
  private final byte[] buffer = new byte[READ_BYTES];
  private Optional<StartedProcess> started = Optional.empty();
  private Phase phase = Phase.STARTING;
  private boolean hasBegun;
  private long deadlineNanos = Long.MAX_VALUE;
  private long listenNanos = Long.MAX_VALUE;
  private Optional<CheckOutcome> outcome = Optional.empty();

  Run(Launch launch, long timeoutNanos) {
    this.launch = launch;
    this.timeoutNanos = timeoutNanos;
    begin();
    adopt();
  }

  long deadlineNanos() {
    begin();
    return Math.min(deadlineNanos, listenNanos);
  }

  /** Whether it is not known yet what came of starting it. */
  boolean isStarting() {
    return phase == Phase.STARTING;
  }

  /** The result, as soon as it is known; a timed-out run has one before its process is gone. */
  Optional<CheckOutcome> outcome() {
    return outcome;
  }

  /** The time to wait for others to be started is no time of its own. */
  private void begin() {
    if (!hasBegun && launch.begunNanos() != Long.MAX_VALUE) {
      hasBegun = true;
      deadlineNanos = Math.min(deadlineNanos, launch.begunNanos() + timeoutNanos);
    }
  }

  private void adopt() {
    if (launch.result().orElse(null) instanceof Launch.Result.Running running) {
      started = Optional.of(running.process());
      phase = Phase.RUNNING;
      running.process().follow();
    }
  }

  /** Reads, reaps and climbs the ladder; true when nothing is left of the run. */
  boolean advance(long nowNanos) {
    if (phase == Phase.STARTING) {
      begin();
      adopt();
    }
    return started.isPresent() ? advance(started.get(), nowNanos) : awaitStart(nowNanos);
  }

  private boolean awaitStart(long nowNanos) {
    if (launch.result().orElse(null) instanceof Launch.Result.Failed failed) {
      outcome = Optional.of(failed.outcome());
    } else if (nowNanos >= deadlineNanos) {
      launch.abandon();
      String reason = Starter.silence(launch.command(), nowNanos - launch.begunNanos());
      outcome =
          Optional.of(new CheckOutcome(CheckOutcome.Kind.UNRUNNABLE, 0, reason, took(nowNanos)));
    }
    return outcome.isPresent();
  }

  private boolean advance(StartedProcess process, long nowNanos) {
    if (nowNanos >= listenNanos) {
      listenNanos = Long.MAX_VALUE;
      process.listen(true);
    }
    if (listenNanos == Long.MAX_VALUE && readOutput(process)) {
      listenNanos = nowNanos + OUTPUT_PAUSE_NANOS;
      process.listen(false);
    }
    Optional<StartedProcess.End> end = process.poll(phase != Phase.RUNNING);
    if (end.isPresent()) {
      readOutput(process);
      finish(end.get(), nowNanos);
      process.close();
      return true;
    }
    if (nowNanos >= deadlineNanos) {
      climb(process, nowNanos);
    }
    return phase == Phase.ABANDONED;
  }

  private void climb(StartedProcess process, long nowNanos) {
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
    if (phase == Phase.RUNNING || phase == Phase.STARTING) {
      begin();
      deadlineNanos = atNanos;
    }
  }

  /** Ends it without a result, at once. */
  void kill() {
    started.ifPresentOrElse(
        process -> {
          process.killGroup();
          process.close();
        },
        launch::abandon);
  }

  /** Reads what is there, but not for ever; true when there may be more. */
  private boolean readOutput(StartedProcess process) {
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
    return Duration.ofNanos(nowNanos - launch.begunNanos());
  }
}
