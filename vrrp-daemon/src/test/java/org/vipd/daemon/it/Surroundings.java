package org.vipd.daemon.it;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Mounts and processes of their own on a host, for a program that expects a whole system around it.
 *
 * @param launched the shell that makes them; they end with it
 */
record Surroundings(Host host, Launched launched) {

  /** Runs a script in them, with arguments. */
  static Surroundings start(Host host, String name, String script, String... arguments) {
    List<String> command = new ArrayList<>(List.of("unshare", "--mount", "--pid", "--mount-proc"));
    command.addAll(List.of("--fork", "--kill-child", "sh", "-c", script, "sh"));
    command.addAll(List.of(arguments));
    Surroundings started = new Surroundings(host, host.start(name, command, Map.of()));
    Await.until("the shell of " + name + " runs", () -> started.inside().isPresent());
    return started;
  }

  /** The first process of the process namespace. */
  private Optional<Long> inside() {
    return ProcessHandle.of(launched.pid()).stream()
        .flatMap(ProcessHandle::children)
        .findFirst()
        .map(ProcessHandle::pid);
  }

  /** Runs a command inside that must succeed, and returns what it printed. */
  String run(String... command) {
    List<String> all = new ArrayList<>(List.of("nsenter", "--mount", "--pid", "--target"));
    all.add(Long.toString(inside().orElseThrow()));
    all.addAll(List.of(command));
    return host.run(all.toArray(String[]::new));
  }

  /** What was printed inside. */
  String output() {
    return launched.output();
  }
}
