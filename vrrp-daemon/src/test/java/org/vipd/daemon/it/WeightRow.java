package org.vipd.daemon.it;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * An instance and its one tracker of the same name, step by step.
 *
 * @param tracker lines of the tracker
 * @param track words behind its name where it is tracked
 * @param more lines of the instance
 * @param behind text behind the instance
 */
record WeightRow(
    String name,
    int priority,
    Kind kind,
    String tracker,
    String track,
    String more,
    String behind,
    List<Integer> steps) {

  /** Members of a sync group, or owners, whose weighted script neither program tracks. */
  private static final Set<String> UNTRACKED = Set.of("member", "filed", "ownerw");

  /** What a row changes step by step. */
  enum Kind {
    /** A script: its exit status. */
    SCRIPT("vrrp_script", "track_script"),
    /** A file: the number in it. */
    FILE("track_file", "track_file"),
    /** A file: which of {@link WeightRows#TEXTS} is in it. */
    TEXT("track_file", "track_file"),
    /** A file that the script {@code </path} opens: 0 is there, 1 is not. */
    OPENED("vrrp_script", "track_script"),
    /** A script that neither program can run, and nothing changes. */
    UNRUNNABLE("vrrp_script", "track_script"),
    /** The interface of the instance itself: 0 is up, 1 is down. */
    OWN("", ""),
    /** The address that the instance sends from: 0 is there, 1 is not. */
    SOURCE("", ""),
    /** A script that takes so many seconds and has one. */
    SLOW("vrrp_script", "track_script"),
    /** An interface: 0 is up, 1 is down. */
    INTERFACE("", "track_interface"),
    /** A program: how many of it run. */
    PROCESS("vrrp_track_process", "track_process");

    private final String block;
    private final String list;

    Kind(String block, String list) {
      this.block = block;
      this.list = list;
    }
  }

  /** Whether its script is run: not that of a group's member that has a weight. */
  boolean isScript() {
    return kind == Kind.SCRIPT && !UNTRACKED.contains(name);
  }

  /** Whether a decision can be that of a step: a slow script is known to be bad only later. */
  boolean isDecided(String decision, int step) {
    boolean isUsual = decision.equals("MASTER " + priority);
    boolean takesTime = kind == Kind.SLOW || kind == Kind.OPENED;
    return !takesTime || isUsual == (steps.get(step) == 0);
  }

  /** The same with another priority. */
  WeightRow withPriority(int wanted) {
    return new WeightRow(name, wanted, kind, tracker, track, more, behind, steps);
  }

  /** The same with these lines in the instance. */
  WeightRow with(String lines) {
    return new WeightRow(name, priority, kind, tracker, track, lines, behind, steps);
  }

  /** The same with this text behind the instance. */
  WeightRow before(String text) {
    return new WeightRow(name, priority, kind, tracker, track, more, text, steps);
  }

  /** Tracked a second time. */
  WeightRow tracked(String entry) {
    return with(kind.list + " {\n  " + entry + "\n }");
  }

  /** In a group of its own that tracks the same. */
  WeightRow shared(String more, String entry) {
    return before(
        WeightRows.group(name, more + kind.list + " {\n  " + name + " " + entry + "\n }"));
  }

  /** Tracker and instance as they are written. */
  String text(int vrid, Path home) {
    String device = kind == Kind.OWN ? name : "eth0";
    String tracked =
        kind.list.isEmpty() ? "" : " %s {\n  %s %s\n }\n".formatted(kind.list, name, track);
    return definition(home)
        + "vrrp_instance %s {\n interface %s\n virtual_router_id %d\n version 3\n"
            .formatted(name, device, vrid)
        + " advert_int 1\n priority %d\n virtual_ipaddress {\n  10.66.1.%d\n }\n"
            .formatted(priority, vrid)
        + tracked
        + " %s\n}\n".formatted(more)
        + behind;
  }

  /** What is looked for: the program of that name, unless the row says it with words of its own. */
  private String process(Path home) {
    String program = RunningPrograms.name(home, name);
    String lines = tracker.contains("process ") ? tracker : "process NAME\n " + tracker;
    return lines.replace("PATH", home + "/" + program).replace("NAME", program);
  }

  private String definition(Path home) {
    return switch (kind) {
      case SCRIPT ->
          "%s %s {\n script \"%s %s\"\n interval 4\n timeout 900\n %s\n}\n"
              .formatted(kind.block, name, home.resolve("gate"), home.resolve(name), tracker);
      case SLOW ->
          "%s %s {\n script \"%s %s\"\n interval 1\n timeout 5\n %s\n}\n"
              .formatted(kind.block, name, home.resolve("doze"), home.resolve(name), tracker);
      case FILE, TEXT ->
          "%s %s {\n file %s\n %s\n}\n".formatted(kind.block, name, home.resolve(name), tracker);
      case OPENED ->
          "%s %s {\n script \"<%s\"\n interval 1\n %s\n}\n"
              .formatted(kind.block, name, home.resolve(name), tracker);
      case UNRUNNABLE ->
          "%s %s {\n script \"%s\"\n interval 1\n %s\n}\n"
              .formatted(kind.block, name, home.resolve(name), tracker);
      case PROCESS -> "%s %s {\n %s\n}\n".formatted(kind.block, name, process(home));
      case INTERFACE, OWN, SOURCE -> "";
    };
  }
}
