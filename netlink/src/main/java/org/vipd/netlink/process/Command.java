package org.vipd.netlink.process;

import java.util.List;
import java.util.Map;

/**
 * A program to start.
 *
 * @param argv the program as an absolute path, then its arguments; no zero characters
 * @param environment all of the child's environment; names without {@code =}, no zero characters
 */
public record Command(List<String> argv, Map<String, String> environment) {

  /** Copies both and checks them. */
  public Command {
    argv = List.copyOf(argv);
    environment = Map.copyOf(environment);
    if (argv.isEmpty() || !argv.get(0).startsWith("/")) {
      throw new IllegalArgumentException("command " + argv + ": must start with an absolute path");
    }
    argv.forEach(Command::requireNoZero);
    environment.values().forEach(Command::requireNoZero);
    for (String name : environment.keySet()) {
      requireNoZero(name);
      if (name.isEmpty() || name.contains("=")) {
        throw new IllegalArgumentException(
            "environment variable '" + name + "': must not be empty or contain '='");
      }
    }
  }

  /** Returns the absolute path of the program. */
  public String program() {
    return argv.get(0);
  }

  private static void requireNoZero(String text) {
    if (text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          "command text '" + text.replace('\0', '?') + "': must not contain a zero character");
    }
  }
}
