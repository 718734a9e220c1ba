package org.vipd.daemon.boot;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.vipd.daemon.check.ProbeRunner;
import org.vipd.daemon.config.CheckConfig;
import org.vipd.daemon.event.CheckOutcome;
import org.vipd.daemon.event.Event;
import org.vipd.daemon.event.EventSink;
import org.vipd.daemon.linux.LinuxProcesses;
import org.vipd.daemon.port.PortException;
import org.vipd.daemon.runtime.MonotonicClock;
import org.vipd.daemon.script.ScriptSupervisor;

/** One run of a check by the same code, user and environment as in the daemon. */
public final class CheckRun {

  private static final long MARGIN_SECONDS = 10;

  private final Map<String, String> environment;

  /**
   * Nothing runs yet.
   *
   * @param environment the daemon's
   */
  public CheckRun(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /** Runs the check once, for as long as its time-out allows. */
  public CheckOutcome run(CheckConfig check) throws PortException {
    CompletableFuture<CheckOutcome> first = new CompletableFuture<>();
    EventSink sink =
        event -> event instanceof Event.CheckFinished it && first.complete(it.outcome());
    Runnable end = check.probe().isPresent() ? ask(check, sink) : execute(check, sink);
    try {
      long seconds = check.schedule().timeout().toSeconds() + MARGIN_SECONDS;
      return first.get(seconds, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PortException("interrupted while " + check.name() + " ran", false);
    } catch (ExecutionException | TimeoutException e) {
      throw new PortException(check.name() + " gave no result, not even a time-out", false);
    } finally {
      end.run();
    }
  }

  /** Asks without a process; answers what ends that. */
  private static Runnable ask(CheckConfig check, EventSink sink) {
    ProbeRunner probes = new ProbeRunner(new MonotonicClock(), sink);
    probes.replace(List.of(check));
    return probes::stop;
  }

  /** Starts a script; answers what ends it. */
  private Runnable execute(CheckConfig check, EventSink sink) throws PortException {
    MonotonicClock clock = new MonotonicClock();
    String path = environment.getOrDefault("PATH", Daemon.DEFAULT_PATH);
    ScriptSupervisor supervisor =
        new ScriptSupervisor(
            LinuxProcesses.open(clock, environment, path), clock, sink, new Silence(), path);
    Threads.start("vipd-scripts", supervisor);
    supervisor.replaceChecks(List.of(check));
    return () -> supervisor.stop(0);
  }
}
