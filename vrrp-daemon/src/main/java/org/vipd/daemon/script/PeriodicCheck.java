package org.vipd.daemon.script;

import java.util.Optional;
import org.vipd.daemon.config.CheckConfig;
import org.vipd.daemon.event.CheckOutcome;

/**
 * A check on its schedule: started every interval; a start that is due while the last run goes on
 * is left out.
 */
final class PeriodicCheck {

  private final Starter starter;
  private CheckConfig config;
  private Optional<Run> running = Optional.empty();
  private boolean reported;
  private boolean blocked;
  private boolean timedOut;
  private long nextStartNanos;

  PeriodicCheck(Starter starter, CheckConfig config, long nowNanos) {
    this.starter = starter;
    this.config = config;
    this.nextStartNanos = nowNanos;
  }

  CheckConfig config() {
    return config;
  }

  /** Takes a new schedule for the same command. */
  void redefine(CheckConfig changed, long nowNanos) {
    config = changed;
    nextStartNanos = Math.min(nextStartNanos, nowNanos + intervalNanos());
  }

  long deadlineNanos() {
    if (running.isEmpty()) {
      return nextStartNanos;
    }
    // a start that is due waits for the end of the run that is in its way
    long end = running.get().deadlineNanos();
    return blocked ? end : Math.min(end, nextStartNanos);
  }

  /** Whether a run has to be started and none is in its way. */
  boolean wantsStart(long nowNanos) {
    return running.isEmpty() && nowNanos >= nextStartNanos;
  }

  /** Does what is due; an outcome when a run ended now. */
  Optional<CheckOutcome> advance(long nowNanos) {
    Optional<CheckOutcome> outcome = advanceRun(nowNanos);
    boolean isDue = nowNanos >= nextStartNanos;
    if (running.isPresent()) {
      blocked |= isDue;
      timedOut |= reported;
      return outcome;
    }
    if (!isDue || outcome.isPresent()) {
      // a start that is due waits for the next turn, which comes at once
      return outcome;
    }
    long late = nowNanos - nextStartNanos;
    boolean isLate = late > intervalNanos() / 2;
    if (blocked && isLate && !timedOut) {
      blocked = false;
      nextStartNanos += (late / intervalNanos() + 1) * intervalNanos();
      return Optional.empty();
    }
    // behind a run whose time was over it starts at once: left out, a check that hangs would run
    // every second interval only
    nextStartNanos = (isLate ? nowNanos : nextStartNanos) + intervalNanos();
    return start(nowNanos);
  }

  private Optional<CheckOutcome> start(long nowNanos) {
    blocked = false;
    timedOut = false;
    Starter.Started started =
        starter.start(config.command(), nowNanos, config.schedule().timeout().toNanos());
    if (started instanceof Starter.Started.Running now) {
      running = Optional.of(now.run());
      reported = false;
      return Optional.empty();
    }
    return Optional.of(((Starter.Started.Failed) started).outcome());
  }

  private Optional<CheckOutcome> advanceRun(long nowNanos) {
    if (running.isEmpty()) {
      return Optional.empty();
    }
    Run run = running.get();
    if (run.advance(nowNanos)) {
      running = Optional.empty();
    }
    if (reported || run.outcome().isEmpty()) {
      return Optional.empty();
    }
    reported = true;
    return run.outcome();
  }

  void kill() {
    running.ifPresent(Run::kill);
    running = Optional.empty();
  }

  private long intervalNanos() {
    return config.schedule().interval().toNanos();
  }
}
