package org.vipd.daemon.script;

import java.util.Optional;
import org.vipd.daemon.event.CheckOutcome;
import org.vipd.daemon.event.Event;
import org.vipd.daemon.event.EventSink;
import org.vipd.daemon.port.FilterJob;

/**
 * Changes of the packet filter, one after the other. Each brings the whole filter into its state,
 * so that of those that wait only the last one counts, and that one is never dropped.
 */
final class FilterLane {

  private static final long TIMEOUT_NANOS = 10_000_000_000L;

  private final Starter starter;
  private final EventSink events;
  private Optional<FilterJob> waiting = Optional.empty();
  private Optional<Run> running = Optional.empty();
  private boolean reports;

  FilterLane(Starter starter, EventSink events) {
    this.starter = starter;
    this.events = events;
  }

  void submit(FilterJob job) {
    waiting = Optional.of(job);
  }

  boolean isIdle() {
    return running.isEmpty() && waiting.isEmpty();
  }

  long deadlineNanos() {
    return running.map(Run::deadlineNanos).orElse(Long.MAX_VALUE);
  }

  /** Does what is due: follows the running change, starts the next. */
  void advance(long nowNanos) {
    if (running.isPresent()) {
      Run run = running.get();
      if (run.advance(nowNanos)) {
        running = Optional.empty();
      }
      run.outcome().ifPresent(this::report);
    }
    if (running.isEmpty() && waiting.isPresent()) {
      FilterJob job = waiting.get();
      waiting = Optional.empty();
      reports = !job.isOptional();
      Starter.Started started = starter.start(job.command(), nowNanos, TIMEOUT_NANOS);
      if (started instanceof Starter.Started.Running now) {
        running = Optional.of(now.run());
      } else {
        report(((Starter.Started.Failed) started).outcome());
      }
    }
  }

  private void report(CheckOutcome outcome) {
    if (reports) {
      reports = false;
      events.post(new Event.FilterChanged(outcome));
    }
  }

  void kill() {
    running.ifPresent(Run::kill);
    running = Optional.empty();
    waiting = Optional.empty();
  }
}
