package org.vipd.daemon.boot;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
import org.vipd.daemon.linux.ProcessIdentity;
import org.vipd.daemon.port.PortException;
import org.vipd.daemon.runtime.MonotonicClock;
import org.vipd.daemon.script.ScriptSupervisor;

/** One run of a check by the same code, user and environment as in the daemon. */
public final class CheckRun {

  private static final Duration MARGIN = Duration.ofSeconds(10);

  private final Map<String, String> environment;
  private final ProcessIdentity self;
  private final ProcessIdentity model;
  private final List<String> differences = new ArrayList<>();

  private CheckRun(Map<String, String> environment, ProcessIdentity model) throws IOException {
    this.environment = Map.copyOf(environment);
    this.self = ProcessIdentity.of("self");
    this.model = model;
  }

  /** With user and environment of this process. */
  public static CheckRun alone() throws IOException {
    return new CheckRun(System.getenv(), ProcessIdentity.of("self"));
  }

  /**
   * With user, capabilities, environment, umask and working directory of a daemon. This process
   * takes over the last two for good.
   */
  public static CheckRun besideDaemon(String pid) throws IOException {
    String text = Files.readString(Path.of("/proc", pid, "environ"), StandardCharsets.UTF_8);
    Map<String, String> environment = new TreeMap<>();
    for (String entry : text.split("\0", -1)) {
      int end = entry.indexOf('=');
      if (end > 0) {
        environment.put(entry.substring(0, end), entry.substring(end + 1));
      }
    }
    CheckRun run = new CheckRun(environment, ProcessIdentity.of(pid));
    run.differences.addAll(ProcessIdentity.adoptPlace(run.model));
    return run;
  }

  /** The user of a check that names none: {@code uid 0, gid 0}. */
  public String user() {
    return model.text();
  }

  /** What is not as when the daemon runs the check; known after it ran. */
  public List<String> differences() {
    return List.copyOf(differences);
  }

  /** Runs the check once, for as long as its time-out allows. */
  public CheckOutcome run(CheckConfig check) throws PortException {
    CompletableFuture<CheckOutcome> first = new CompletableFuture<>();
    EventSink sink =
        event -> event instanceof Event.CheckFinished it && first.complete(it.outcome());
    CheckConfig once = check.every(check.schedule().timeout().plus(MARGIN).plus(MARGIN));
    Runnable end = once.probe().isPresent() ? ask(once, sink) : execute(once, sink);
    try {
      Duration patience = check.schedule().timeout().plus(MARGIN);
      return first.get(patience.toMillis(), TimeUnit.MILLISECONDS);
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
  private Runnable ask(CheckConfig check, EventSink sink) {
    if (!self.isLike(model)) {
      differences.add("it asks as " + self.text() + " and with other capabilities");
    }
    differences.addAll(self.beyond(model));
    ProbeRunner probes = new ProbeRunner(new MonotonicClock(), sink);
    probes.replace(List.of(check));
    return probes::stop;
  }

  /** Starts a script; answers what ends it. */
  private Runnable execute(CheckConfig check, EventSink sink) throws PortException {
    MonotonicClock clock = new MonotonicClock();
    String path = environment.getOrDefault("PATH", Daemon.DEFAULT_PATH);
    LinuxProcesses processes = LinuxProcesses.open(clock, environment, path, becoming());
    ScriptSupervisor supervisor = new ScriptSupervisor(processes, clock, sink, new Silence(), path);
    Threads.start("vipd-scripts", supervisor);
    supervisor.replaceChecks(List.of(check));
    return () -> supervisor.stop(0);
  }

  /** The words that make a program that is started here one that the daemon started. */
  private List<String> becoming() {
    differences.addAll(self.beyond(model));
    if (self.isLike(model)) {
      return List.of();
    }
    if (self.isRoot() && ProcessIdentity.canBeAdopted()) {
      return model.words();
    }
    differences.add(
        "user, groups or capabilities: it runs as "
            + self.text()
            + (self.isRoot() ? " (setpriv is missing; install util-linux)" : ", not run by root"));
    return List.of();
  }
}
