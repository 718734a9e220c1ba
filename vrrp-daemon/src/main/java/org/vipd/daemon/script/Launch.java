package org.vipd.daemon.script;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.vipd.daemon.config.CommandConfig;
import org.vipd.daemon.event.CheckOutcome;
import org.vipd.daemon.port.PortException;
import org.vipd.daemon.port.ProcessPort;
import org.vipd.daemon.port.StartedProcess;

/**
 * Starting one command: to find its program, look at it and execute it may take as long as a file
 * system does not answer. So it is done by a thread of its own; the others ask what came of it.
 */
final class Launch implements Runnable {

  /** What came of it. */
  sealed interface Result {

    record Running(StartedProcess process) implements Result {}

    record Failed(CheckOutcome outcome) implements Result {}

    /** Nobody waits any more. */
    record Unwanted() implements Result {}
  }

  private final CommandConfig command;
  private final CommandResolver resolver;
  private final ProcessPort processes;
  private final AtomicReference<Optional<Result>> result = new AtomicReference<>(Optional.empty());
  private volatile boolean isOver;
  private long begunNanos = Long.MAX_VALUE;

  Launch(CommandConfig command, CommandResolver resolver, ProcessPort processes) {
    this.command = command;
    this.resolver = resolver;
    this.processes = processes;
  }

  static Result.Failed failed(String reason) {
    return new Result.Failed(
        new CheckOutcome(CheckOutcome.Kind.UNRUNNABLE, 0, reason, Duration.ZERO));
  }

  CommandConfig command() {
    return command;
  }

  /** Notes when a thread got it. */
  void begin(long nowNanos) {
    begunNanos = nowNanos;
  }

  /** When a thread got it; {@link Long#MAX_VALUE} before. */
  long begunNanos() {
    return begunNanos;
  }

  /** Whether its thread has come back. */
  boolean isOver() {
    return isOver;
  }

  boolean isUnwanted() {
    return result.get().filter(Result.Unwanted.class::isInstance).isPresent();
  }

  /** What came of it; empty while that is not known. */
  Optional<Result> result() {
    return result.get();
  }

  @Override
  public void run() {
    try {
      settle(start());
    } catch (RuntimeException | Error e) {
      settle(failed("it could not be started: " + e));
    } finally {
      isOver = true;
      processes.wakeUp();
    }
  }

  private Result start() {
    CommandResolver.Resolution resolution = resolver.resolve(command);
    if (resolution instanceof CommandResolver.Resolution.NotFound notFound) {
      return failed(notFound.reason());
    }
    if (isUnwanted()) {
      return new Result.Unwanted();
    }
    try {
      List<String> argv = ((CommandResolver.Resolution.Found) resolution).argv();
      return new Result.Running(processes.start(argv, command.account()));
    } catch (PortException e) {
      return failed(e.getMessage());
    }
  }

  /** Gives an outcome; what was started for nobody is ended. */
  void settle(Result found) {
    boolean isFirst = false;
    Optional<Result> before = result.get();
    while (before.isEmpty() && !isFirst) {
      isFirst = result.compareAndSet(before, Optional.of(found));
      before = result.get();
    }
    if (!isFirst) {
      end(found);
    }
  }

  private static void end(Result result) {
    if (result instanceof Result.Running it) {
      it.process().killGroup();
      it.process().close();
    }
  }

  /** Nobody waits any more: what is or will be started is ended. */
  void abandon() {
    settle(new Result.Unwanted());
    result.get().ifPresent(Launch::end);
  }
}
