package org.vipd.daemon.it;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What is tracked in the table of weights and faults, one row for each rule of keepalived's. */
final class WeightRows {

  static final int STEPS = 8;

  /** Rows whose point is that nothing changes. */
  static final Set<String> CONSTANT =
      Set.of(
          "owner", "high", "low", "member", "filed", "ownerw", "ownerx", "ok", "ol", "pn", "pv",
          "pw", "pz", "so", "sv", "gone", "plain", "weak");

  /** Files that hold 3 when the programs start. */
  static final Set<String> PRESENT = Set.of("ib", "ic");

  /** In place of a number: the file is left as it is. */
  static final int UNTOUCHED = Integer.MIN_VALUE + 1;

  /** What stands in a file; the first one means that it is not there. */
  static final List<String> TEXTS =
      List.of(
          "",
          "5",
          "",
          "garbage",
          "+5",
          "0x10",
          "010",
          "5x",
          " 6\n7",
          "2147483648",
          "2147483649",
          "-2147483649",
          "99999999999999999999",
          "-0");

  private static final String WEIGHTS = "sync_group_tracking_weight\n ";

  private static final List<Integer> MIXED = List.of(0, 1, 0, 1, 1, 0, 0, 1);
  private static final List<Integer> TURNS = List.of(0, 1, 0, 1, 0, 1, 0, 1);
  private static final List<Integer> LONG = List.of(0, 1, 1, 1, 0, 0, 0, 1);
  private static final List<Integer> BAD_FIRST = List.of(1, 1, 0, 0, 1, 0, 1, 0);
  private static final List<Integer> RISING = List.of(1, 0, 0, 0, 1, 0, 1, 1);
  private static final List<Integer> NUMBERS = List.of(0, 5, -5, 100, 300, -300, -127, 1);

  private static final List<Integer> RUNNING = List.of(0, 1, 2, 1, 0, 3, 0, 2);

  private static final List<Integer> QUIET = List.of(0, 0, 0, 0, 0, 0, 0, 0);

  private WeightRows() {}

  /** All of them; each has {@link #STEPS} steps. */
  static List<WeightRow> all() {
    List<WeightRow> rows = new ArrayList<>();
    for (int rise = 1; rise <= 3; rise++) {
      for (int fall = 1; fall <= 3; fall++) {
        String counts = "rise " + rise + "\n fall " + fall;
        rows.add(script("c" + rise + fall, 100, counts, "", LONG));
        rows.add(script("d" + rise + fall, 100, counts + "\n weight 10", "", RISING));
      }
    }
    int number = 0;
    for (String weight : List.of("5", "-5", "253", "-253", "0")) {
      rows.add(script("w" + number, 100, "weight " + weight, "", MIXED));
      rows.add(script("r" + number, 100, "weight " + weight + " reverse", "", MIXED));
      rows.add(script("t" + number, 100, "weight 7", "weight " + weight, BAD_FIRST));
      rows.add(script("u" + number, 100, "", "weight " + weight + " reverse", MIXED));
      number++;
    }
    rows.add(script("low", 1, "weight -5", "", MIXED));
    rows.add(script("high", 254, "weight 5", "", MIXED));
    rows.add(script("top", 250, "weight 10", "", MIXED));
    rows.add(script("owner", 255, "", "", MIXED));
    int file = 0;
    for (String weight : List.of("", "weight 2", "weight -1", "weight 1 reverse", "weight -2")) {
      rows.add(file("f" + file, 100, weight, "", NUMBERS));
      rows.add(file("g" + file, 100, "", weight.isEmpty() ? "weight 3" : weight, NUMBERS));
      file++;
    }
    rows.add(file("zero", 100, "weight 0", "", NUMBERS));
    rows.add(file("zeror", 100, "", "weight 0 reverse", NUMBERS));
    rows.add(file("lowfile", 2, "weight 1", "", NUMBERS));
    rows.add(file("big", 100, "weight 254", "", List.of(1, -1, 0, 2, -2, 1, 0, -1)));
    rows.add(file("words", 100, "", "", List.of(7, 0, 2147483647, 9, -2147483648, 3, 0, 1)));
    addInterfaces(rows);
    addProcesses(rows);
    addArguments(rows);
    addCombinations(rows);
    addShared(rows);
    addDirections(rows);
    addTexts(rows);
    addOwners(rows);
    addSurroundings(rows);
    return rows;
  }

  private static void addInterfaces(List<WeightRow> rows) {
    int number = 0;
    for (String weight : List.of("", "weight 5", "weight -5", "weight 5 reverse", "weight 253")) {
      rows.add(
          new WeightRow("i" + number, 100, WeightRow.Kind.INTERFACE, "", weight, "", "", MIXED));
      number++;
    }
  }

  private static void addProcesses(List<WeightRow> rows) {
    rows.add(process("p0", "", "", RUNNING));
    rows.add(process("p1", "weight 10", "", RUNNING));
    rows.add(process("p2", "weight -30", "", RUNNING));
    rows.add(process("p3", "weight 5", "weight 7 reverse", RUNNING));
    rows.add(process("p4", "quorum 2\n weight 5", "", RUNNING));
    rows.add(process("p5", "quorum 1\n quorum_max 1\n weight 4", "", RUNNING));
    rows.add(process("p6", "quorum_max 0\n weight -6", "", RUNNING));
    rows.add(process("p7", "quorum_max 0", "", RUNNING));
    rows.add(process("p8", "delay 0.3\n weight 253", "", RUNNING));
  }

  /** How arguments are compared, and which of two delays counts. */
  private static void addArguments(List<WeightRow> rows) {
    rows.add(process("pa", "process PATH 3600\n weight 5", "", RUNNING));
    rows.add(process("pb", "process PATH 36\n param_match initial\n weight 6", "", RUNNING));
    rows.add(process("pc", "process PATH\n param_match partial\n weight 7", "", RUNNING));
    rows.add(process("pd", "process PATH\n full_command\n weight 8", "", RUNNING));
    rows.add(process("pe", "process PATH 3600\n param_match\n weight 9", "", RUNNING));
    rows.add(process("pn", "process PATH\n param_match\n weight 5", "", RUNNING));
    rows.add(process("pv", "process PATH 36\n param_match partial\n weight 5", "", RUNNING));
    rows.add(process("pw", "process NAME 3600\n weight 5", "", RUNNING));
    rows.add(process("pz", "process NAME\n full_command\n weight 5", "", RUNNING));
    rows.add(process("ps", "fork_delay 0.3\n weight 10", "", RUNNING));
    rows.add(process("pt", "terminate_delay 0.3\n weight 10", "", RUNNING));
    rows.add(process("pf", "fork_delay 3600\n weight 10", "", RUNNING));
    rows.add(process("pg", "terminate_delay 3600\n weight 10", "", RUNNING));
  }

  /** What is only so at the start, or concerns the instance itself. */
  private static void addSurroundings(List<WeightRow> rows) {
    List<Integer> later = List.of(UNTOUCHED, 5, UNTOUCHED, 0, -4, UNTOUCHED, 1, 0);
    rows.add(file("ia", 100, "init_file 7", "", later));
    rows.add(file("ib", 100, "init_file 7 overwrite", "", later));
    rows.add(file("ic", 100, "init_file 7", "", later));
    rows.add(file("id", 100, "weight 0\n init_file 1", "", later));
    rows.add(surrounding("so", WeightRow.Kind.OWN, "", "dont_track_primary", MIXED));
    rows.add(surrounding("sn", WeightRow.Kind.OWN, "", "", MIXED));
    rows.add(
        surrounding(
            "sv",
            WeightRow.Kind.SOURCE,
            "10.66.1.251",
            "mcast_src_ip 10.66.1.251\n track_src_ip",
            TURNS));
    rows.add(link("la", "").before("interface_up_down_delays {\n la 1 0.5\n}\n"));
    rows.add(link("lb", "weight 5").before("interface_up_down_delays {\n lb 0.5\n}\n"));
    rows.add(surrounding("open", WeightRow.Kind.OPENED, "", "", MIXED));
    rows.add(surrounding("gone", WeightRow.Kind.UNRUNNABLE, "", "", QUIET));
    rows.add(surrounding("plain", WeightRow.Kind.UNRUNNABLE, "", "", QUIET));
    rows.add(surrounding("weak", WeightRow.Kind.UNRUNNABLE, "weight -10", "", QUIET));
  }

  private static WeightRow surrounding(
      String name, WeightRow.Kind kind, String lines, String more, List<Integer> steps) {
    return new WeightRow(name, 100, kind, lines, "", more, "", steps);
  }

  /** More than one thing decides, or something stands above. */
  private static void addCombinations(List<WeightRow> rows) {
    rows.add(script("two", 100, "weight 20", "", MIXED).with("track_script {\n  w0\n  w1\n }"));
    rows.add(
        script("mix", 100, "weight -30", "", BAD_FIRST)
            .with("track_file {\n  f0\n }\n track_interface {\n  i1 weight 9\n }"));
    rows.add(script("twice", 100, "weight 8", "", MIXED).tracked("twice weight 3"));
    rows.add(script("first", 100, "init_fail", "", BAD_FIRST));
    rows.add(script("keep", 100, "weight -5", "", MIXED).with("nopreempt"));
    rows.add(script("member", 100, "weight -5", "", MIXED).before(group("member", "")));
    rows.add(script("alone", 100, "", "", MIXED).before(group("alone", "")));
    rows.add(
        script("heavy", 100, "weight -5", "", MIXED)
            .before(group("heavy", "sync_group_tracking_weight")));
    rows.add(file("filed", 100, "weight -1", "", NUMBERS).before(group("filed", "")));
    rows.add(file("flat", 100, "weight 0", "", NUMBERS).before(group("flat", "")));
    rows.add(
        new WeightRow(
            "cable",
            100,
            WeightRow.Kind.INTERFACE,
            "",
            "weight -5",
            "",
            group("cable", ""),
            MIXED));
    for (String more : List.of("", "sync_group_tracking_weight\n ")) {
      String name = more.isEmpty() ? "above" : "free";
      String lists =
          "track_script {\n  w4\n  w1\n }\n track_file {\n  g1 weight 2\n }\n"
              + " track_interface {\n  i1 weight 4\n }";
      rows.add(script(name, 100, "", "", MIXED).before(group(name, more + lists)));
    }
  }

  /** Both a member and its group track the same. */
  private static void addShared(List<WeightRow> rows) {
    rows.add(script("ga", 100, "", "", MIXED).shared("", "weight 7"));
    rows.add(script("gb", 100, "weight 4", "weight 0", BAD_FIRST).shared("", "weight -7"));
    rows.add(script("gd", 100, "weight 4", "", MIXED).shared("", "weight -7"));
    rows.add(script("ge", 100, "weight 4", "", MIXED).shared(WEIGHTS, "weight -7"));
    rows.add(script("gf", 100, "", "", MIXED).shared(WEIGHTS, "weight -7"));
    rows.add(script("gg", 100, "", "weight 0 reverse", MIXED).shared("", "weight -7"));
    rows.add(file("gh", 100, "", "weight 0", NUMBERS).shared("", "weight 2"));
    rows.add(file("gi", 100, "", "", NUMBERS).shared("", ""));
    rows.add(file("gj", 100, "weight 3", "", NUMBERS).shared("", "weight 2"));
    rows.add(file("gk", 100, "", "weight 1", NUMBERS).shared(WEIGHTS, "weight 2"));
    rows.add(file("gl", 100, "", "", NUMBERS).before(group("gl", "")));
    rows.add(file("gm", 100, "weight 1 reverse", "", NUMBERS).before(group("gm", "")));
    rows.add(file("gn", 100, "weight 3", "", NUMBERS).shared("", "weight 0"));
    rows.add(link("go", "").shared("", "weight 9"));
    rows.add(link("gp", "weight -3").shared("", "weight -5"));
    rows.add(link("gq", "weight 3").shared("", ""));
    rows.add(process("gr", "weight 4", "weight 0", RUNNING).shared("", "weight 9"));
    rows.add(process("gs", "weight 4", "", RUNNING).shared("", "weight 9"));
    rows.add(script("gt", 100, "weight 5", "", MIXED).before(group("gt", "global_tracking")));
    rows.add(file("gu", 100, "weight 2", "", NUMBERS).before(group("gu", "global_tracking")));
    rows.add(script("one", 100, "", "", MIXED));
    rows.add(
        file("other", 100, "weight 0", "", List.of(0, 0, 1, 0, 0, 0, 1, 0))
            .before(group("one\n  other", "")));
    rows.add(script("ownerw", 255, "weight 5", "", MIXED));
    rows.add(file("ownerf", 255, "", "", NUMBERS));
    rows.add(file("ownerx", 255, "weight 3", "", NUMBERS));
  }

  /** An owner in a group: what its group tracks with a weight, and what both track. */
  private static void addOwners(List<WeightRow> rows) {
    rows.add(file("oa", 255, "", "", NUMBERS).shared("", "weight 2"));
    rows.add(file("ob", 255, "", "weight 3", NUMBERS).shared("", "weight 0"));
    rows.add(file("oc", 255, "", "", NUMBERS).shared(WEIGHTS, "weight 2"));
    rows.add(owner("od", "track_script {\n  w1\n }"));
    rows.add(owner("oe", WEIGHTS + "track_script {\n  w1\n }"));
    rows.add(owner("of", "track_file {\n  g1 weight 2\n }"));
    rows.add(owner("og", WEIGHTS + "track_file {\n  g1 weight 2\n }"));
    rows.add(owner("oh", "track_interface {\n  i1 weight 4\n }"));
    rows.add(owner("oi", "track_process {\n  p1\n }"));
    rows.add(owner("oj", "track_script {\n  w1 weight 0\n }"));
    rows.add(owner("op", "track_script {\n  w1 weight -5 reverse\n }"));
    rows.add(owner("oq", "track_process {\n  p1 weight 7 reverse\n }"));
    rows.add(owner("or", "track_file {\n  g1 weight 2 reverse\n }"));
    rows.add(owner("os", "track_script {\n  r1\n }"));
    rows.add(owner("ot", "track_process {\n  hg\n }"));
    rows.add(owner("ou", "track_file {\n  he\n }"));
    rows.add(owner("ov", "track_interface {\n  i1 weight 4 reverse\n }"));
    rows.add(owner("ow", "track_file {\n  f0\n }"));
    rows.add(owner("ox", "track_file {\n  f1\n }"));
    rows.add(owner("oy", "track_file {\n  f3\n }"));
    rows.add(owner("oz", "track_file {\n  zero\n }"));
    rows.add(owner("o1", "track_file {\n  f2\n }"));
    rows.add(owner("o2", "track_file {\n  f0 weight 1\n }"));
    rows.add(process("ok", "weight 4", "", RUNNING).withPriority(255));
    rows.add(process("ol", "weight 4", "", RUNNING).withPriority(255).before(group("ol", "")));
    rows.add(process("om", "weight 4", "", RUNNING).withPriority(255).shared("", "weight 9"));
    rows.add(link("on", "weight 5").withPriority(255).shared("", "weight 9"));
    rows.add(file("oo", 255, "weight 3", "", NUMBERS).shared("", "weight 2"));
  }

  /** An owner that is well by itself, in a group that tracks something. */
  private static WeightRow owner(String name, String ofGroup) {
    return file(name, 255, "weight 0", "", QUIET).before(group(name, ofGroup));
  }

  /** The definition is turned round, and the entry has a weight of its own. */
  private static void addDirections(List<WeightRow> rows) {
    rows.add(script("ha", 100, "weight 4 reverse", "weight 6", MIXED));
    rows.add(script("hb", 100, "weight 4 reverse", "weight 0", MIXED));
    rows.add(script("hc", 100, "weight 4 reverse", "weight 6 noreverse", MIXED));
    rows.add(script("hd", 100, "weight 4 reverse", "weight 6 reverse", MIXED));
    rows.add(file("he", 100, "weight 1 reverse", "weight 2", NUMBERS));
    rows.add(file("hf", 100, "weight 1 reverse", "weight 2 noreverse", NUMBERS));
    rows.add(process("hg", "weight 5 reverse", "weight 7", RUNNING));
    rows.add(process("hh", "weight 5 reverse", "weight 7 noreverse", RUNNING));
    rows.add(process("hi", "weight 5 reverse", "weight 0", RUNNING));
  }

  /** What is no plain number, no plain failure. */
  private static void addTexts(List<WeightRow> rows) {
    List<Integer> words = List.of(0, 1, 2, 4, 3, 5, 6, 0);
    List<Integer> large = List.of(1, 10, 11, 7, 12, 8, 13, 9);
    rows.add(text("ta", "", words));
    rows.add(text("tb", "weight 0", words));
    rows.add(text("tc", "weight -1", large));
    rows.add(text("td", "weight 0", large));
    rows.add(script("killed", 100, "", "", List.of(0, 9, 0, 15, 0, 6, 0, 9)));
    rows.add(slow("sa", "", List.of(0, 30, 0, 0, 30, 30, 0, 30)));
    rows.add(slow("sb", "weight -10", List.of(0, 30, 0, 0, 30, 30, 0, 30)));
  }

  static String group(String member, String lines) {
    return "vrrp_sync_group G%s {\n group {\n  %s\n }\n %s\n}\n"
        .formatted(member.lines().findFirst().orElseThrow(), member, lines);
  }

  private static WeightRow script(
      String name, int priority, String lines, String track, List<Integer> steps) {
    return new WeightRow(name, priority, WeightRow.Kind.SCRIPT, lines, track, "", "", steps);
  }

  private static WeightRow file(
      String name, int priority, String lines, String track, List<Integer> steps) {
    return new WeightRow(name, priority, WeightRow.Kind.FILE, lines, track, "", "", steps);
  }

  private static WeightRow text(String name, String lines, List<Integer> steps) {
    return new WeightRow(name, 100, WeightRow.Kind.TEXT, lines, "", "", "", steps);
  }

  private static WeightRow slow(String name, String lines, List<Integer> steps) {
    return new WeightRow(name, 100, WeightRow.Kind.SLOW, lines, "", "", "", steps);
  }

  private static WeightRow link(String name, String track) {
    return new WeightRow(name, 100, WeightRow.Kind.INTERFACE, "", track, "", "", MIXED);
  }

  private static WeightRow process(String name, String lines, String track, List<Integer> steps) {
    return new WeightRow(name, 100, WeightRow.Kind.PROCESS, lines, track, "", "", steps);
  }
}
