package org.vipd.daemon.it;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Programs of a host that a test lets run a number of times. */
final class RunningPrograms {

  private static final String PROGRAM = "/bin/sleep";
  private static final String LONG = "3600";

  private final Host host;
  private final Map<String, Deque<Launched>> running = new HashMap<>();

  RunningPrograms(Host host) {
    this.host = host;
  }

  /**
   * A name for a program that no other host's program has: the processes of all are seen by all.
   */
  static String name(Path home, String name) {
    return Integer.toUnsignedString(home.hashCode(), Character.MAX_RADIX) + name;
  }

  /** Starts or kills processes until so many of a program run. */
  void set(String name, int count) {
    Deque<Launched> processes = running.computeIfAbsent(name, it -> new ArrayDeque<>());
    Path program = host.home().resolve(name(host.home(), name));
    if (!program.toFile().exists()) {
      host.run("cp", PROGRAM, program.toString());
    }
    while (processes.size() < count) {
      String log = name + "." + processes.size();
      processes.push(host.start(log, List.of(program.toString(), LONG), Map.of()));
    }
    while (processes.size() > count) {
      Launched process = processes.pop();
      process.signal("KILL");
      process.awaitExit();
    }
  }
}
