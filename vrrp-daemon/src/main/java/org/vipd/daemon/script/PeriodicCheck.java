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
    // a start that is due waits for the end of a run that is being ended
    long runs = running.get().deadlineNanos();
    return reported ? runs : Math.min(runs, nextStartNanos);
  }

  /** Does what is due; an outcome when a run ended now. */
  Optional<CheckOutcome> advance(long nowNanos) {
    Optional<CheckOutcome> outcome = advanceRun(nowNanos);
    boolean isEnding = running.isPresent() && reported;
    if (nowNanos < nextStartNanos || outcome.isPresent() || isEnding) {
      // a start that is due waits for the next turn, which comes at once, or for the end of a run
      // whose time is over: left out, a check that hangs would be run every second interval only
      return outcome;
    }
    nextStartNanos = Math.max(nextStartNanos + intervalNanos(), nowNanos + intervalNanos() / 2);
    return running.isPresent() ? Optional.empty() : start(nowNanos);
  }

  private Optional<CheckOutcome> start(long nowNanos) {
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
