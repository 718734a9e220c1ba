package org.vipd.daemon.script;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vipd.daemon.config.CheckConfig;
import org.vipd.daemon.config.CommandConfig;
import org.vipd.daemon.config.Place;
import org.vipd.daemon.event.CheckOutcome;
import org.vipd.daemon.event.Event;
import org.vipd.daemon.port.HookJob;
import org.vipd.daemon.testkit.FakeClock;
import org.vipd.daemon.testkit.FakeProcesses;
import org.vipd.daemon.testkit.RecordingJournal;

/** A supervisor with fake processes and virtual time. Programs are given by full path. */
final class SupervisorFixture {

  static final long SECOND = 1_000_000_000L;

  /** Exists on every Linux system; it is never executed here. */
  static final String PROGRAM = "/bin/sh";

  final FakeClock clock = new FakeClock();
  final FakeProcesses processes = new FakeProcesses();
  final RecordingJournal journal = new RecordingJournal();
  final ScriptSupervisor supervisor;
  private final List<Event.CheckFinished> results = new ArrayList<>();

  SupervisorFixture() {
    supervisor =
        new ScriptSupervisor(
            processes,
            clock,
            event -> results.add((Event.CheckFinished) event),
            journal,
            starter(processes));
  }

  /** Starts at once, on the thread that asks. */
  static Starter starter(FakeProcesses processes) {
    return new Starter(processes, new CommandResolver("/nonexistent"), Runnable::run);
  }

  static CheckConfig check(String name, int intervalSeconds, int timeoutSeconds) {
    return check(name, PROGRAM + " " + name, intervalSeconds, timeoutSeconds);
  }

  static CheckConfig check(String name, String command, int interval, int timeout) {
    return new CheckConfig(
        name,
        Place.ofFile("k.conf"),
        new CommandConfig(command, List.of(command.split(" ", -1))),
        new CheckConfig.Schedule(Duration.ofSeconds(interval), Duration.ofSeconds(timeout)),
        new CheckConfig.Thresholds(1, 1),
        0,
        false);
  }

  static HookJob job(String occasion, boolean isFinal, String... arguments) {
    List<CommandConfig> commands = new ArrayList<>();
    for (String argument : arguments) {
      commands.add(new CommandConfig(PROGRAM + " " + argument, List.of(PROGRAM, argument)));
    }
    return new HookJob("VI_1", occasion, commands, isFinal);
  }

  /** Lets seconds pass in steps of a tenth, with a turn after each. */
  void runSeconds(double seconds) {
    for (int i = 0; i < Math.round(seconds * 10); i++) {
      clock.advance(SECOND / 10);
      supervisor.turn();
    }
  }

  List<String> takeResults() {
    List<String> texts =
        results.stream().map(it -> it.checkName() + ": " + it.outcome().text()).toList();
    results.clear();
    return texts;
  }

  Optional<CheckOutcome> lastResult() {
    return results.isEmpty()
        ? Optional.empty()
        : Optional.of(results.get(results.size() - 1).outcome());
  }

  /** The last word of each process in the order of their start. */
  List<String> started() {
    return processes.started().stream().map(it -> it.argv().get(it.argv().size() - 1)).toList();
  }
}
