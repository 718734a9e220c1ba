package org.vipd.daemon.script;

import java.util.Optional;
import org.vipd.daemon.config.CommandConfig;
import org.vipd.daemon.event.CheckOutcome;
import org.vipd.daemon.port.Journal;

/**
 * A program that has to run all the time, such as the reader of a pipe. When it ends it is started
 * again, after a pause of a second that doubles up to a minute while it ends within a minute.
 */
final class KeptProgram {

  private static final long FIRST_PAUSE_NANOS = 1_000_000_000L;
  private static final long LONGEST_PAUSE_NANOS = 60_000_000_000L;
  private static final long NO_TIMEOUT_NANOS = Long.MAX_VALUE / 4;

  private final Starter starter;
  private final Journal journal;
  private final CommandConfig command;
  private Optional<Run> running = Optional.empty();
  private long startedNanos;
  private long nextStartNanos;
  private long pauseNanos = FIRST_PAUSE_NANOS;
  private boolean ending;

  KeptProgram(Starter starter, Journal journal, CommandConfig command, long nowNanos) {
    this.starter = starter;
    this.journal = journal;
    this.command = command;
    this.nextStartNanos = nowNanos;
  }

  CommandConfig command() {
    return command;
  }

  long deadlineNanos() {
    return running.map(Run::deadlineNanos).orElse(ending ? Long.MAX_VALUE : nextStartNanos);
  }

  /** Starts it when it is due, and takes note of its end. */
  void advance(long nowNanos) {
    if (running.isPresent() && running.get().advance(nowNanos)) {
      Optional<CheckOutcome> outcome = running.get().outcome();
      running = Optional.empty();
      if (!ending) {
        outcome.ifPresent(it -> ended(it, nowNanos));
      }
    }
    if (running.isEmpty() && !ending && nowNanos >= nextStartNanos) {
      start(nowNanos);
    }
  }

  private void start(long nowNanos) {
    startedNanos = nowNanos;
    Starter.Started started = starter.start(command, nowNanos, NO_TIMEOUT_NANOS);
    if (started instanceof Starter.Started.Running now) {
      running = Optional.of(now.run());
    } else {
      ended(((Starter.Started.Failed) started).outcome(), nowNanos);
    }
  }

  private void ended(CheckOutcome outcome, long nowNanos) {
    if (nowNanos - startedNanos >= LONGEST_PAUSE_NANOS) {
      pauseNanos = FIRST_PAUSE_NANOS;
    }
    nextStartNanos = nowNanos + pauseNanos;
    journal.warn(
        command.text()
            + " ended ("
            + outcome.text()
            + ") and is started again in "
            + pauseNanos / 1_000_000_000L
            + " s");
    pauseNanos = Math.min(2 * pauseNanos, LONGEST_PAUSE_NANOS);
  }

  /** Asks it at a time to end; the ladder of {@link Run} sees to it. */
  void end(long atNanos) {
    ending = true;
    running.ifPresent(run -> run.expire(atNanos));
  }

  boolean hasEnded() {
    return ending && running.isEmpty();
  }

  void kill() {
    ending = true;
    running.ifPresent(Run::kill);
    running = Optional.empty();
  }
}
