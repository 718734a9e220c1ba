package org.vipd.daemon.script;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.vipd.daemon.config.CommandConfig;
import org.vipd.daemon.event.CheckOutcome;
import org.vipd.daemon.port.HookJob;
import org.vipd.daemon.port.Journal;

/**
 * The notify scripts of one instance, one after the other. A job that waits is replaced by a newer
 * one, so a slow script delays the news but never falls behind; a final job is never replaced.
 */
final class HookLane {

  private static final long TIMEOUT_NANOS = 60_000_000_000L;

  private final Starter starter;
  private final Journal journal;
  private final Deque<CommandConfig> commands = new ArrayDeque<>();
  private Optional<HookJob> waiting = Optional.empty();
  private Optional<Run> running = Optional.empty();
  private String occasion = "";
  private String command = "";
  private boolean reported;

  HookLane(Starter starter, Journal journal) {
    this.starter = starter;
    this.journal = journal;
  }

  void submit(HookJob job) {
    if (waiting.isPresent() && waiting.get().isFinal()) {
      return;
    }
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

  long deadlineNanos() {
    return running.map(Run::deadlineNanos).orElse(Long.MAX_VALUE);
  }

  /** Does what is due: follows the running script, starts the next. */
  void advance(long nowNanos) {
    advanceRun(nowNanos);
    while (running.isEmpty() && !(commands.isEmpty() && waiting.isEmpty())) {
      startNext(nowNanos);
    }
  }

  private void startNext(long nowNanos) {
    if (commands.isEmpty()) {
      occasion = waiting.orElseThrow().occasion();
      commands.addAll(waiting.orElseThrow().commands());
      waiting = Optional.empty();
    }
    CommandConfig next = commands.remove();
    command = next.text();
    reported = false;
    Starter.Started started = starter.start(next, nowNanos, TIMEOUT_NANOS);
    if (started instanceof Starter.Started.Running now) {
      running = Optional.of(now.run());
    } else {
      report(((Starter.Started.Failed) started).outcome());
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
      report(run.outcome().get());
    }
  }

  private void report(CheckOutcome outcome) {
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
