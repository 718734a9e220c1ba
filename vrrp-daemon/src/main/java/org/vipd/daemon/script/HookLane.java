package org.vipd.daemon.script;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.vipd.daemon.config.CommandConfig;
import org.vipd.daemon.event.CheckOutcome;
import org.vipd.daemon.port.HookJob;
import org.vipd.daemon.port.Journal;
import org.vipd.daemon.status.DeliveryStatus;

/**
 * The notify scripts of one instance, one after the other. A job that waits is replaced by a newer
 * one, so a slow script delays the news but never falls behind; a final job is never replaced. A
 * script that cannot be started is tried again, unless there is newer news; one that ran and failed
 * is not, because what it did half may not bear repeating.
 */
final class HookLane {

  private static final long TIMEOUT_NANOS = 60_000_000_000L;
  private static final long FIRST_PAUSE_NANOS = 1_000_000_000L;
  private static final int TRIES = 6;
  private static final double NANOS_PER_SECOND = 1e9;

  private final String name;
  private final Starter starter;
  private final Journal journal;
  private final Deque<CommandConfig> commands = new ArrayDeque<>();
  private Optional<HookJob> waiting = Optional.empty();
  private Optional<Run> running = Optional.empty();
  private String occasion = "";
  private Optional<CommandConfig> current = Optional.empty();
  private String command = "";
  private boolean reported;
  private final Deque<CommandConfig> again = new ArrayDeque<>();
  private long againNanos;
  private int tries;
  private long passed;
  private long failed;
  private long replaced;
  private volatile Optional<DeliveryStatus> status = Optional.empty();

  HookLane(String name, Starter starter, Journal journal) {
    this.name = name;
    this.starter = starter;
    this.journal = journal;
  }

  void submit(HookJob job) {
    if (waiting.isPresent() && waiting.get().isFinal()) {
      return;
    }
    replaced += waiting.isPresent() ? 1 : 0;
    waiting.ifPresent(
        old ->
            journal.warn(
                "notify scripts of "
                    + old.occasion()
                    + " are left out: "
                    + occasion
                    + " is still running and "
                    + job.occasion()
                    + " is newer"));
    waiting = Optional.of(job);
    again.clear();
  }

  /** What became of the last script; empty before the first. */
  Optional<DeliveryStatus> status() {
    return status;
  }

  /** Ends what runs, so that a final job that waits gets its turn. */
  void hurry() {
    boolean finalWaits = waiting.isPresent() && waiting.get().isFinal();
    if (finalWaits && running.isPresent()) {
      journal.warn(
          "notify script for " + occasion + " is ended because the daemon stops: " + command);
      running.get().kill();
      running = Optional.empty();
      commands.clear();
    }
  }

  boolean isIdle() {
    return running.isEmpty() && commands.isEmpty() && waiting.isEmpty();
  }

  /** Whether nothing is to be done any more, unless there is news. */
  boolean isOver() {
    return isIdle() && again.isEmpty();
  }

  long deadlineNanos() {
    long retryNanos = again.isEmpty() ? Long.MAX_VALUE : againNanos;
    return running.map(Run::deadlineNanos).orElse(retryNanos);
  }

  /** Does what is due: follows the running script, starts the next. */
  void advance(long nowNanos) {
    advanceRun(nowNanos);
    if (isIdle() && !again.isEmpty() && nowNanos >= againNanos) {
      commands.addAll(again);
      again.clear();
    }
    while (running.isEmpty() && !(commands.isEmpty() && waiting.isEmpty())) {
      startNext(nowNanos);
    }
  }

  private void startNext(long nowNanos) {
    if (commands.isEmpty()) {
      occasion = waiting.orElseThrow().occasion();
      tries = 0;
      commands.addAll(waiting.orElseThrow().commands());
      waiting = Optional.empty();
    }
    CommandConfig next = commands.remove();
    current = Optional.of(next);
    command = next.text();
    reported = false;
    Starter.Started started = starter.start(next, nowNanos, TIMEOUT_NANOS);
    if (started instanceof Starter.Started.Running now) {
      running = Optional.of(now.run());
    } else {
      accept(((Starter.Started.Failed) started).outcome(), nowNanos);
    }
  }

  private void tryAgain(CommandConfig failedCommand, long nowNanos) {
    if (again.isEmpty()) {
      tries++;
      againNanos = nowNanos + (FIRST_PAUSE_NANOS << (tries - 1));
    }
    if (tries < TRIES) {
      again.add(failedCommand);
    }
  }

  private void advanceRun(long nowNanos) {
    if (running.isEmpty()) {
      return;
    }
    Run run = running.get();
    if (run.advance(nowNanos)) {
      running = Optional.empty();
    }
    if (!reported && run.outcome().isPresent()) {
      reported = true;
      accept(run.outcome().get(), nowNanos);
    }
  }

  private void accept(CheckOutcome outcome, long nowNanos) {
    report(outcome);
    if (outcome.kind() == CheckOutcome.Kind.UNRUNNABLE) {
      current.ifPresent(it -> tryAgain(it, nowNanos));
    }
  }

  private void report(CheckOutcome outcome) {
    passed += outcome.passed() ? 1 : 0;
    failed += outcome.passed() ? 0 : 1;
    status =
        Optional.of(
            new DeliveryStatus(
                "script " + command,
                name,
                occasion,
                outcome.text(),
                Math.round(outcome.took().toNanos() / NANOS_PER_SECOND * 1000) / 1000.0,
                passed,
                failed,
                replaced,
                waiting.isPresent()));
    if (outcome.passed()) {
      journal.debug("notify script for " + occasion + " done: " + command);
      return;
    }
    boolean printed = outcome.kind() != CheckOutcome.Kind.UNRUNNABLE && !outcome.output().isBlank();
    journal.warn(
        "notify script for "
            + occasion
            + " failed: "
            + outcome.text()
            + ", command: "
            + command
            + (printed ? ", printed: " + outcome.output().strip() : ""));
  }

  void kill() {
    if (!isIdle()) {
      journal.warn(
          "notify scripts for "
              + occasion
              + " did not end in time and are killed or left out: "
              + command);
    }
    running.ifPresent(Run::kill);
    running = Optional.empty();
    commands.clear();
    waiting = Optional.empty();
  }
}
