package org.vipd.daemon.watch;

import java.util.List;
import org.vipd.daemon.config.track.ProcessTracker;

/**
 * Which processes a tracker counts.
 *
 * @param tracker the definition
 */
record ProcessPattern(ProcessTracker tracker) {

  /** The kernel keeps this much of a name. */
  private static final int NAME_LIMIT = 15;

  /**
   * Whether a process is meant.
   *
   * @param name its name as the kernel keeps it, at most 15 characters
   * @param arguments its arguments with the program; empty for kernel threads and zombies
   */
  boolean matches(String name, List<String> arguments) {
    List<String> wanted = tracker.command().words();
    String program = wanted.get(0);
    boolean isByName =
        tracker.match().parameters() == ProcessTracker.Parameters.AUTOMATIC
            && wanted.size() == 1
            && !tracker.match().usesFullCommand()
            && program.length() <= NAME_LIMIT;
    if (isByName) {
      return name.equals(program);
    }
    return !arguments.isEmpty()
        && isProgram(program, arguments.get(0))
        && hasParameters(wanted.subList(1, wanted.size()), arguments);
  }

  /**
   * As keepalived, which compares the program as it was called; a name that is too long for the
   * kernel it does not find at all.
   */
  private boolean isProgram(String wanted, String found) {
    boolean isNameAlone =
        tracker.match().parameters() == ProcessTracker.Parameters.AUTOMATIC
            && tracker.command().words().size() == 1
            && !tracker.match().usesFullCommand();
    return found.equals(wanted) || (isNameAlone && lastPart(found).equals(lastPart(wanted)));
  }

  private static String lastPart(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private boolean hasParameters(List<String> wanted, List<String> arguments) {
    List<String> found = arguments.subList(1, arguments.size());
    return switch (tracker.match().parameters()) {
      case AUTOMATIC -> wanted.isEmpty() || found.equals(wanted);
      case EXACT -> found.equals(wanted);
      case INITIAL -> beginsWith(found, wanted);
      case PARTIAL ->
          found.size() >= wanted.size() && found.subList(0, wanted.size()).equals(wanted);
    };
  }

  private static boolean beginsWith(List<String> found, List<String> wanted) {
    if (wanted.isEmpty()) {
      return true;
    }
    int last = wanted.size() - 1;
    return found.size() >= wanted.size()
        && found.subList(0, last).equals(wanted.subList(0, last))
        && found.get(last).startsWith(wanted.get(last));
  }
}
