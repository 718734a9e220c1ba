package org.vipd.daemon.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The same configuration and the same results of scripts and files on Debian's keepalived and on
 * vipd: state and effective priority of every instance are the same after each step.
 *
 * <p>Run number n of every script gives result number n of its row, and waits for that at gate n, a
 * pipe that is opened step by step: after each step both programs have seen exactly the same
 * results. The interval is long, because keepalived starts a script a second time beside a run that
 * takes longer than that.
 */
@Execution(ExecutionMode.CONCURRENT)
class WeightTableIT extends LabTest {

  /** Members of a sync group whose tracker has a weight, so that neither program tracks it. */
  private static final Set<String> UNTRACKED = Set.of("member", "filed");

  /** What a row changes step by step. */
  private enum Kind {
    /** A script: its exit status. */
    SCRIPT("vrrp_script", "track_script"),
    /** A file: the number in it. */
    FILE("track_file", "track_file"),
    /** An interface: 0 is up, 1 is down. */
    INTERFACE("", "track_interface");

    private final String block;
    private final String list;

    Kind(String block, String list) {
      this.block = block;
      this.list = list;
    }
  }

  /**
   * An instance and its one tracker of the same name, step by step.
   *
   * @param tracker lines of the tracker
   * @param track words behind its name where it is tracked
   * @param more lines of the instance
   * @param behind text behind the instance
   */
  private record Row(
      String name,
      int priority,
      Kind kind,
      String tracker,
      String track,
      String more,
      String behind,
      List<Integer> steps) {

    /** Whether its script is run: not that of a group's member that has a weight. */
    boolean isScript() {
      return kind == Kind.SCRIPT && !UNTRACKED.contains(name);
    }

    Row with(String lines) {
      return new Row(name, priority, kind, tracker, track, lines, behind, steps);
    }

    Row before(String text) {
      return new Row(name, priority, kind, tracker, track, more, text, steps);
    }

    /** Tracked a second time. */
    Row tracked(String entry) {
      return with(kind.list + " {\n  " + entry + "\n }");
    }

    String text(int vrid, Path home) {
      return definition(home)
          + "vrrp_instance %s {\n interface eth0\n virtual_router_id %d\n version 3\n"
              .formatted(name, vrid)
          + " advert_int 0.1\n priority %d\n virtual_ipaddress {\n  10.66.1.%d\n }\n"
              .formatted(priority, vrid)
          + " %s {\n  %s %s\n }\n %s\n}\n".formatted(kind.list, name, track, more)
          + behind;
    }

    private String definition(Path home) {
      return switch (kind) {
        case SCRIPT ->
            "%s %s {\n script \"%s %s\"\n interval 3\n timeout 60\n %s\n}\n"
                .formatted(kind.block, name, home.resolve("gate"), home.resolve(name), tracker);
        case FILE ->
            "%s %s {\n file %s\n %s\n}\n".formatted(kind.block, name, home.resolve(name), tracker);
        case INTERFACE -> "";
      };
    }
  }

  private static final String GATE =
      """
      #!/bin/sh
      echo >> "$1.begun"
      run=$(wc -c < "$1.begun")
      true < "${1%/*}/gate.$run"
      read -r results < "$1.results"
      done=$1.done
      set -- $results
      shift $((run - 1))
      echo >> "$done"
      exit "$1"
      """;

  /** More than there are steps: who comes early has to wait. */
  private static final int GATES = 30;

  /** Both have agreed for longer than an Active down interval. */
  private static final int SETTLE_MILLIS = 700;

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Rows whose point is that nothing changes. */
  private static final Set<String> CONSTANT = Set.of("owner", "high", "low", "member", "filed");

  /**
   * Differences that are meant, see docs/migrating-from-keepalived.md: keepalived says that it
   * ignores the weight of a member's interface, and counts it.
   */
  private static final Map<String, List<String>> MEANT =
      Map.of("cable", List.of("MASTER 95", "FAULT 100"));

  private static final List<Integer> MIXED = List.of(0, 1, 0, 1, 1, 0, 0, 1);
  private static final List<Integer> LONG = List.of(0, 1, 1, 1, 0, 0, 0, 1);
  private static final List<Integer> BAD_FIRST = List.of(1, 1, 0, 0, 1, 0, 1, 0);
  private static final List<Integer> RISING = List.of(1, 0, 0, 0, 1, 0, 1, 1);
  private static final List<Integer> NUMBERS = List.of(0, 5, -5, 100, 300, -300, -127, 1);

  private static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
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
    addCombinations(rows);
    return rows;
  }

  private static void addInterfaces(List<Row> rows) {
    int number = 0;
    for (String weight : List.of("", "weight 5", "weight -5", "weight 5 reverse", "weight 253")) {
      rows.add(new Row("i" + number, 100, Kind.INTERFACE, "", weight, "", "", MIXED));
      number++;
    }
  }

  /** More than one thing decides, or something stands above. */
  private static void addCombinations(List<Row> rows) {
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
    rows.add(new Row("cable", 100, Kind.INTERFACE, "", "weight -5", "", group("cable", ""), MIXED));
    for (String more : List.of("", "sync_group_tracking_weight\n ")) {
      String name = more.isEmpty() ? "above" : "free";
      String lists =
          "track_script {\n  w4\n  w1\n }\n track_file {\n  g1 weight 2\n }\n"
              + " track_interface {\n  i1 weight 4\n }";
      rows.add(script(name, 100, "", "", MIXED).before(group(name, more + lists)));
    }
  }

  private static String group(String member, String lines) {
    return "vrrp_sync_group G%s {\n group {\n  %s\n }\n %s\n}\n".formatted(member, member, lines);
  }

  private static Row script(
      String name, int priority, String lines, String track, List<Integer> steps) {
    return new Row(name, priority, Kind.SCRIPT, lines, track, "", "", steps);
  }

  private static Row file(
      String name, int priority, String lines, String track, List<Integer> steps) {
    return new Row(name, priority, Kind.FILE, lines, track, "", "", steps);
  }

  private static Host prepared(Host host, List<Row> rows) {
    host.run("ip", "link", "add", "eth0", "type", "veth", "peer", "name", "far0");
    host.run("ip", "link", "set", "far0", "up");
    host.run("ip", "link", "set", "eth0", "up");
    host.run("ip", "address", "add", "10.66.1.250/24", "dev", "eth0");
    host.script("gate", GATE);
    for (int run = 1; run <= GATES; run++) {
      host.run("mkfifo", host.home().resolve("gate." + run).toString());
    }
    for (Row row : rows) {
      if (row.isScript()) {
        String results = row.steps().stream().map(String::valueOf).collect(Collectors.joining(" "));
        host.file(row.name() + ".results", results + "\n");
      } else if (row.kind() == Kind.INTERFACE) {
        String far = "far" + row.name();
        host.run("ip", "link", "add", row.name(), "type", "veth", "peer", "name", far);
        host.run("ip", "link", "set", far, "up");
        host.run("ip", "link", "set", row.name(), "up");
      }
    }
    return host;
  }

  private static String configuration(Host host, List<Row> rows) {
    StringBuilder text = new StringBuilder("global_defs {\n script_user root\n}\n");
    for (int i = 0; i < rows.size(); i++) {
      text.append(rows.get(i).text(i + 1, host.home()));
    }
    return text.toString();
  }

  /** Lets the runs of a step go on; the gate stays open until it is closed. */
  private static Closeable opened(Host host, int step) {
    try {
      // for reading, too: so it opens while nobody waits yet
      return new RandomAccessFile(host.home().resolve("gate." + (step + 1)).toFile(), "rw");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void change(Host host, List<Row> rows, int step) {
    for (Row row : rows) {
      int value = row.steps().get(step);
      if (row.kind() == Kind.FILE) {
        host.file(row.name(), value + "\n");
      } else if (row.kind() == Kind.INTERFACE) {
        host.run("ip", "link", "set", row.name(), value == 0 ? "up" : "down");
      }
    }
  }

  private static void awaitRuns(Host host, List<Row> rows, int step) {
    for (Row row : rows) {
      Await.until(
          host.namespace().name() + ": " + row.name() + " has ended run " + (step + 1),
          Await.GENEROUS,
          () -> !row.isScript() || host.read(row.name() + ".done").length() > step,
          () -> host.read("vipd.log") + host.read("keepalived.log"));
    }
  }

  private static Map<String, String> of(VipdNode vipd) {
    Map<String, String> found = new TreeMap<>();
    for (JsonElement element : vipd.status().orElseThrow().getAsJsonArray("instances")) {
      JsonObject instance = element.getAsJsonObject();
      found.put(
          instance.get("name").getAsString(),
          instance.get("state").getAsString() + " " + instance.get("effectivePriority").getAsInt());
    }
    return found;
  }

  /** What keepalived dumps on SIGUSR1. */
  private static Map<String, String> of(KeepalivedNode keepalived) {
    Path dump = keepalived.host().home().resolve("keepalived.data");
    try {
      Files.deleteIfExists(dump);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    keepalived.process().signal("USR1");
    Await.until(
        "keepalived dumps its data",
        () -> keepalived.host().read("keepalived.data").contains("VRRP Scripts"));
    Map<String, String> found = new TreeMap<>();
    String name = "";
    String state = "";
    for (String line : keepalived.host().read("keepalived.data").split("\n", -1)) {
      String text = line.strip();
      if (text.startsWith("VRRP Instance = ")) {
        name = text.substring("VRRP Instance = ".length());
      } else if (text.startsWith("State = ") && !name.isEmpty() && !found.containsKey(name)) {
        state = text.substring("State = ".length());
      } else if (text.startsWith("Effective priority = ")) {
        found.put(name, state + " " + text.substring("Effective priority = ".length()));
      }
    }
    return found;
  }

  @Test
  @Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void decidesAsKeepalivedDoes() throws IOException {
    assumeTrue(KeepalivedNode.isInstalled(), "keepalived is not installed");
    List<Row> rows = rows();
    assertThat(rows).hasSizeGreaterThanOrEqualTo(40);
    Host ours = prepared(lab().disconnectedHost("ours"), rows);
    Host theirs = prepared(lab().disconnectedHost("theirs"), rows);
    VipdNode vipd = VipdNode.start(ours, configuration(ours, rows));
    KeepalivedNode keepalived = KeepalivedNode.start(theirs, configuration(theirs, rows));
    List<String> differences = new ArrayList<>();
    Map<String, Set<String>> seen = new TreeMap<>();
    List<Closeable> gates = new ArrayList<>();
    for (int step = 0; step < NUMBERS.size(); step++) {
      for (Host host : List.of(ours, theirs)) {
        change(host, rows, step);
        gates.add(opened(host, step));
      }
      awaitRuns(ours, rows, step);
      awaitRuns(theirs, rows, step);
      differences.addAll(settled(step, keepalived, vipd, seen));
    }
    for (Closeable gate : gates) {
      gate.close();
    }
    assertThat(differences).isEmpty();
    seen.keySet().removeAll(CONSTANT);
    assertThat(seen).allSatisfy((name, found) -> assertThat(found).hasSizeGreaterThan(1));
  }

  /** What still differs when both had time enough. */
  private static List<String> settled(
      int step, KeepalivedNode keepalived, VipdNode vipd, Map<String, Set<String>> seen) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    Map<String, String> theirs;
    List<String> differences;
    do {
      Await.pause(SETTLE_MILLIS);
      theirs = of(keepalived);
      differences = differences(step, theirs, of(vipd));
    } while (!differences.isEmpty() && System.nanoTime() < end);
    theirs.forEach((name, found) -> seen.computeIfAbsent(name, it -> new TreeSet<>()).add(found));
    return differences;
  }

  private static List<String> differences(
      int step, Map<String, String> theirs, Map<String, String> ours) {
    assertThat(ours).containsOnlyKeys(theirs.keySet());
    return theirs.entrySet().stream()
        .filter(it -> !isAlike(it.getKey(), it.getValue(), ours.get(it.getKey())))
        .map(
            it ->
                "step %d, %s: keepalived %s, vipd %s"
                    .formatted(step, it.getKey(), it.getValue(), ours.get(it.getKey())))
        .toList();
  }

  /** In FAULT nobody is told a priority, and keepalived goes on to show the one before. */
  private static boolean isAlike(String row, String theirs, String ours) {
    boolean isFault = theirs.startsWith("FAULT ") && ours.startsWith("FAULT ");
    return isFault
        || theirs.equals(ours)
        || List.of(theirs, ours).equals(MEANT.getOrDefault(row, List.of()));
  }
}
