package org.vipd.daemon.check;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.vipd.daemon.config.CheckConfig;
import org.vipd.daemon.event.CheckOutcome;
import org.vipd.daemon.event.Event;
import org.vipd.daemon.event.EventSink;
import org.vipd.daemon.port.NanoClock;

/**
 * One check on its schedule. Each time it is due it has exactly one result: what was found, a
 * time-out, or that the run before has not come back. The first run decides alone, so that nothing
 * is said before it has its result; see {@link Prober#atFirst}. A run that does not come back after
 * its time is given up, so that the next one can find that all is well again.
 */
final class ScheduledProbe {

  /** Each keeps a thread; beyond them the check waits for one of them, and has failed meanwhile. */
  private static final int GIVEN_UP_AT_MOST = 4;

  /** How long after its time the first is waited for; each further one twice as long. */
  private static final long PATIENCE_NANOS = 1_000_000_000L;

  private final CheckConfig config;
  private final Prober prober;
  private final NanoClock clock;
  private final EventSink events;
  private final AtomicReference<Attempt> underWay = new AtomicReference<>();
  private final AtomicInteger givenUp = new AtomicInteger();
  private Optional<ScheduledFuture<?>> timer = Optional.empty();
  private volatile boolean cancelled;
  private volatile boolean hasResult;

  ScheduledProbe(CheckConfig config, Prober prober, NanoClock clock, EventSink events) {
    this.config = config;
    this.prober = prober;
    this.clock = clock;
    this.events = events;
  }

  /** Whether it already runs what the configuration says. */
  boolean runs(CheckConfig other) {
    return config.probe().equals(other.probe()) && config.schedule().equals(other.schedule());
  }

  void start(ScheduledExecutorService schedule, Executor workers) {
    timer =
        Optional.of(
            schedule.scheduleAtFixedRate(
                () -> due(schedule, workers),
                0,
                config.schedule().interval().toNanos(),
                TimeUnit.NANOSECONDS));
  }

  void cancel() {
    cancelled = true;
    timer.ifPresent(it -> it.cancel(false));
    prober.abort();
  }

  private void due(ScheduledExecutorService schedule, Executor workers) {
    Attempt before = underWay.get();
    if (before != null && !before.giveUp()) {
      if (hasResult) {
        report(CheckOutcome.Kind.ANSWERED, 1, "the run before has not come back" + known(), 0);
      }
      return;
    }
    Duration usual = config.schedule().timeout();
    Duration timeout = hasResult ? usual : prober.atFirst(usual);
    Attempt attempt = new Attempt(clock.nanos(), timeout);
    underWay.set(attempt);
    try {
      workers.execute(attempt);
      var unused = schedule.schedule(attempt::expire, timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      underWay.set(null);
      report(CheckOutcome.Kind.UNRUNNABLE, 0, "too many checks are under way", 0);
    } catch (RuntimeException | Error e) {
      // an exception would end the schedule without a word, and the last verdict would stand
      underWay.set(null);
      report(CheckOutcome.Kind.UNRUNNABLE, 0, "no thread for it: " + e.getMessage(), 0);
    }
  }

  /** One run. */
  private final class Attempt implements Runnable {

    private final long startNanos;
    private final Duration timeout;
    private final AtomicBoolean reported = new AtomicBoolean();

    Attempt(long startNanos, Duration timeout) {
      this.startNanos = startNanos;
      this.timeout = timeout;
    }

    @Override
    public void run() {
      int code = 0;
      String found;
      try {
        found = prober.probe(timeout);
      } catch (IOException e) {
        code = 1;
        found = e.getMessage();
      } catch (RuntimeException e) {
        code = 1;
        found = "unexpected failure: " + e;
      }
      if (!underWay.compareAndSet(this, null)) {
        givenUp.decrementAndGet();
      }
      if (reported.compareAndSet(false, true)) {
        report(CheckOutcome.Kind.ANSWERED, code, found, clock.nanos() - startNanos);
      }
    }

    /** Leaves it to itself when it is overdue; false when it has to be waited for. */
    private boolean giveUp() {
      int others = givenUp.get();
      long patienceNanos = timeout.toNanos() + (PATIENCE_NANOS << others);
      if (!reported.get()
          || others >= GIVEN_UP_AT_MOST
          || clock.nanos() - startNanos < patienceNanos) {
        return false;
      }
      // it may come back at this very moment
      givenUp.incrementAndGet();
      if (!underWay.compareAndSet(this, null)) {
        givenUp.decrementAndGet();
      }
      return true;
    }

    private void expire() {
      if (reported.compareAndSet(false, true)) {
        String text = "no result after " + timeout.toMillis() / 1000.0 + " s";
        String known = known();
        prober.abort();
        report(CheckOutcome.Kind.ANSWERED, 1, text + known, clock.nanos() - startNanos);
      }
    }
  }

  private String known() {
    String known = prober.soFar();
    return known.isEmpty() ? "" : ": " + known;
  }

  private void report(CheckOutcome.Kind kind, int code, String text, long tookNanos) {
    hasResult = true;
    if (!cancelled) {
      String output =
          text.length() <= CheckOutcome.OUTPUT_LIMIT
              ? text
              : text.substring(0, CheckOutcome.OUTPUT_LIMIT);
      events.post(
          new Event.CheckFinished(
              config.name(), new CheckOutcome(kind, code, output, Duration.ofNanos(tookNanos))));
    }
  }
}
