package org.vipd.daemon.script;

import java.time.Duration;
import org.vipd.daemon.config.CommandConfig;
import org.vipd.daemon.event.CheckOutcome;
import org.vipd.daemon.port.PortException;
import org.vipd.daemon.port.ProcessPort;

/** Starts commands; what cannot be started is an outcome, not an exception. */
final class Starter {

  /** What starting gives. */
  sealed interface Started {

    record Running(Run run) implements Started {}

    record Failed(CheckOutcome outcome) implements Started {}
  }

  private final ProcessPort processes;
  private final CommandResolver resolver;

  Starter(ProcessPort processes, CommandResolver resolver) {
    this.processes = processes;
    this.resolver = resolver;
  }

  Started start(CommandConfig command, long nowNanos, long timeoutNanos) {
    CommandResolver.Resolution resolution = resolver.resolve(command);
    if (resolution instanceof CommandResolver.Resolution.Found runnable) {
      try {
        return new Started.Running(
            new Run(processes.start(runnable.argv(), command.account()), nowNanos, timeoutNanos));
      } catch (PortException e) {
        return failed(e.getMessage());
      }
    }
    return failed(((CommandResolver.Resolution.NotFound) resolution).reason());
  }

  private static Started failed(String reason) {
    return new Started.Failed(
        new CheckOutcome(CheckOutcome.Kind.UNRUNNABLE, 0, reason, Duration.ZERO));
  }
}
