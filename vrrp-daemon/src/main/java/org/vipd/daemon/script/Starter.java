package org.vipd.daemon.script;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.vipd.daemon.config.CommandConfig;
import org.vipd.daemon.event.CheckOutcome;
import org.vipd.daemon.port.ProcessPort;

/**
 * Starts commands, a few at a time, on threads of their own; what cannot be started is an outcome,
 * not an exception. One that hangs holds up the others for a tenth of a second; its command is not
 * started again until it has come back. For one thread.
 */
final class Starter {

  /** What starting gives. */
  sealed interface Started {

    record Running(Run run) implements Started {}

    record Failed(CheckOutcome outcome) implements Started {}
  }

  /** Starting takes milliseconds of processor time: more at once would only wait for each other. */
  private static final int AT_ONCE = 2;

  /** Whoever takes longer does not count any more. */
  private static final long USUAL_NANOS = 100_000_000L;

  private static final int THREADS = 128;
  private static final long IDLE_SECONDS = 30;

  private final ProcessPort processes;
  private final CommandResolver resolver;
  private final Executor threads;
  private final Deque<Launch> waiting = new ArrayDeque<>();
  private final List<Launch> underWay = new ArrayList<>();

  /**
   * A starter.
   *
   * @param threads what runs a start; refuses one when too many hang
   */
  Starter(ProcessPort processes, CommandResolver resolver, Executor threads) {
    this.processes = processes;
    this.resolver = resolver;
    this.threads = threads;
  }

  /** Threads that end when they have nothing to do. */
  static Executor ownThreads() {
    AtomicInteger count = new AtomicInteger();
    return new ThreadPoolExecutor(
        0,
        THREADS,
        IDLE_SECONDS,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        work -> {
          Thread thread = new Thread(work, "vipd-start-" + count.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
  }

  Started start(CommandConfig command, long nowNanos, long timeoutNanos) {
    Optional<Launch> hanging = hanging(command);
    if (hanging.isPresent()) {
      return new Started.Failed(
          Launch.failed(silence(command, nowNanos - hanging.get().begunNanos())).outcome());
    }
    Launch launch = new Launch(command, resolver, processes);
    waiting.add(launch);
    advance(nowNanos);
    if (launch.result().orElse(null) instanceof Launch.Result.Failed failed) {
      return new Started.Failed(failed.outcome());
    }
    return new Started.Running(new Run(launch, timeoutNanos));
  }

  /** That a command does not start, and why that may be. */
  static String silence(CommandConfig command, long nanos) {
    return command.words().get(0)
        + " has not started for "
        + TimeUnit.NANOSECONDS.toMillis(nanos) / 1000.0
        + " s: a file system does not answer (df "
        + command.words().get(0)
        + " hangs, too), or the host is overloaded";
  }

  /** One that was given up and has not come back. */
  private Optional<Launch> hanging(CommandConfig command) {
    return underWay.stream()
        .filter(it -> it.isUnwanted() && !it.isOver() && it.command().equals(command))
        .findFirst();
  }

  /** Hands what waits to a thread, as far as it is its turn. */
  void advance(long nowNanos) {
    underWay.removeIf(Launch::isOver);
    waiting.removeIf(Launch::isUnwanted);
    while (!waiting.isEmpty() && young(nowNanos) < AT_ONCE) {
      Launch next = waiting.remove();
      next.begin(nowNanos);
      try {
        threads.execute(next);
        underWay.add(next);
      } catch (RejectedExecutionException e) {
        next.settle(Launch.failed("the starts of " + underWay.size() + " others hang"));
        processes.wakeUp();
      }
    }
  }

  private long young(long nowNanos) {
    return underWay.stream()
        .filter(it -> !it.isOver() && nowNanos - it.begunNanos() < USUAL_NANOS)
        .count();
  }

  /** When one that waits may have its turn although nobody has come back. */
  long deadlineNanos() {
    if (waiting.isEmpty()) {
      return Long.MAX_VALUE;
    }
    return underWay.stream()
        .filter(it -> !it.isOver())
        .mapToLong(it -> it.begunNanos() + USUAL_NANOS)
        .sorted()
        .skip(Math.max(0, underWay.stream().filter(it -> !it.isOver()).count() - AT_ONCE))
        .findFirst()
        .orElse(0);
  }
}
