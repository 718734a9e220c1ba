package org.vipd.daemon.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import org.junit.jupiter.api.Order;
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
 * results. keepalived starts a script once more while a run of it goes on; such runs wait at later
 * gates, however long it takes. The last gate is never opened.
 *
 * <p>In FAULT the priority is compared, too, but where a file is the reason: there keepalived's
 * dump shows the one of before, and nobody is told it. What the file did meanwhile shows in the
 * next step out of FAULT.
 */
@Order(1)
@Execution(ExecutionMode.CONCURRENT)
class WeightTableIT extends LabTest {

  private static final String GATE =
      """
      #!/bin/sh
      run=1
      set -C
      until { true > "$1.begun.$run"; } 2> /dev/null; do
        run=$((run + 1))
      done
      set +C
      gate=$run
      test $run -le LAST || gate=LAST
      true < "${1%/*}/gate.$gate"
      read -r results < "$1.results"
      done=$1.done
      set -- $results
      shift $((run - 1))
      echo >> "$done"
      # 6, 9 and 15: killed by that signal
      test "$1" -lt 6 || kill "-$1" $$
      exit "$1"
      """
          .replace("LAST", String.valueOf(WeightRows.STEPS + 1));

  /**
   * keepalived miscounts the processes it tracks for good once an event of one did not fit its
   * socket, and hears of every process of this machine: so its buffer holds seconds of a busy one.
   */
  private static final String GLOBAL =
      """
      global_defs {
       script_user root
       process_monitor_rcv_bufs 33554432
       process_monitor_rcv_bufs_force
      }
      """;

  private static final String DOZE =
      "#!/bin/sh\nread -r seconds < \"$1\"\nexec sleep \"$seconds\"\n";

  /** Both have agreed for longer than an Active down interval. */
  private static final int SETTLE_MILLIS = 4_000;

  private static final int RETRY_MILLIS = 500;

  /** Only used up when something is wrong; the scripts of a slow machine take their time. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /**
   * Differences that are meant, keepalived's word first; each is seen at least once
   * (docs/migrating-from-keepalived.md). keepalived says that it ignores the weight of a member's
   * interface, and counts it; it leaves out a script that cannot be run, which has failed here
   * (docs/decisions/0006); and it sends from an address that is gone, whatever {@code track_src_ip}
   * says.
   */
  private static final Set<String> MEANT =
      Set.of(
          "cable: MASTER 95, FAULT 100",
          "gone: MASTER 100, FAULT 100",
          "plain: MASTER 100, FAULT 100",
          "weak: MASTER 100, MASTER 90",
          "sv: MASTER 100, FAULT 100");

  private final List<WeightRow> rows = WeightRows.all();

  private static Host prepared(Host host, List<WeightRow> rows) {
    host.run("ip", "link", "add", "eth0", "type", "veth", "peer", "name", "far0");
    host.run("ip", "link", "set", "far0", "up");
    host.run("ip", "link", "set", "eth0", "up");
    host.run("ip", "address", "add", "10.66.1.250/24", "dev", "eth0");
    host.script("gate", GATE);
    host.script("doze", DOZE);
    for (int run = 1; run <= WeightRows.STEPS + 1; run++) {
      host.run("mkfifo", host.home().resolve("gate." + run).toString());
    }
    for (WeightRow row : rows) {
      if (row.isScript()) {
        String results = row.steps().stream().map(String::valueOf).collect(Collectors.joining(" "));
        host.file(row.name() + ".results", results + "\n");
      } else {
        prepare(host, row);
      }
    }
    return host;
  }

  private static void prepare(Host host, WeightRow row) {
    switch (row.kind()) {
      case INTERFACE, OWN -> {
        String far = "far" + row.name();
        host.run("ip", "link", "add", row.name(), "type", "veth", "peer", "name", far);
        host.run("ip", "link", "set", far, "up");
        host.run("ip", "link", "set", row.name(), "up");
        if (row.kind() == WeightRow.Kind.OWN) {
          host.run("ip", "address", "add", "10.66.2.250/24", "dev", row.name());
        }
      }
      case UNRUNNABLE -> {
        if (!row.name().equals("gone")) {
          host.file(row.name(), "#!/bin/sh\nexit 0\n");
        }
      }
      case FILE -> {
        if (WeightRows.PRESENT.contains(row.name())) {
          host.file(row.name(), "3\n");
        }
      }
      default -> {}
    }
  }

  private static String configuration(Host host, List<WeightRow> rows) {
    StringBuilder text = new StringBuilder(GLOBAL);
    for (int i = 0; i < rows.size(); i++) {
      text.append(rows.get(i).text(i + 1, host.home()));
    }
    return text.toString();
  }

  private static RunningPrograms programs(Host host, List<WeightRow> rows) {
    RunningPrograms programs = new RunningPrograms(host);
    for (WeightRow row : rows) {
      if (row.kind() == WeightRow.Kind.PROCESS) {
        programs.prepare(row.name(), row.steps());
      }
    }
    programs.awaitPrepared();
    return programs;
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

  private static void change(Host host, RunningPrograms programs, List<WeightRow> rows, int step) {
    for (WeightRow row : rows) {
      int value = row.steps().get(step);
      switch (row.kind()) {
        case FILE, SLOW -> {
          if (value != WeightRows.UNTOUCHED) {
            host.file(row.name(), value + "\n");
          }
        }
        case TEXT, OPENED -> {
          boolean isGone = row.kind() == WeightRow.Kind.TEXT ? value == 0 : value == 1;
          if (isGone) {
            delete(host.home().resolve(row.name()));
          } else {
            host.file(row.name(), WeightRows.TEXTS.get(value));
          }
        }
        case PROCESS -> programs.set(row.name(), value);
        case INTERFACE -> host.run("ip", "link", "set", row.name(), value == 0 ? "up" : "down");
        // without a carrier: through one that is down nobody can send
        case OWN -> host.run("ip", "link", "set", "far" + row.name(), value == 0 ? "up" : "down");
        case SOURCE ->
            host.run(
                "ip",
                "address",
                value == 0 ? "replace" : "delete",
                row.tracker() + "/24",
                "dev",
                "eth0");
        case SCRIPT, UNRUNNABLE -> {
          // the gate decides, or nothing
        }
      }
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("delete " + file, e);
    }
  }

  private static void awaitRuns(Host host, List<WeightRow> rows, int step) {
    for (WeightRow row : rows) {
      Await.until(
          host.namespace().name() + ": " + row.name() + " has ended run " + (step + 1),
          PATIENCE,
          () -> !row.isScript() || host.read(row.name() + ".done").length() > step,
          () -> host.read("vipd.log") + host.read("keepalived.log"));
    }
  }

  @Test
  @Timeout(value = 900, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void decidesAsKeepalivedDoes() throws IOException {
    assumeTrue(KeepalivedNode.isInstalled(), "keepalived is not installed");
    assumeTrue(FirstNamespace.isCompilerInstalled(), "no C compiler (package gcc)");
    assertThat(rows).hasSizeGreaterThanOrEqualTo(40);
    Host ours = prepared(lab().disconnectedHost("ours"), rows);
    Host theirs = prepared(lab().disconnectedHost("theirs"), rows);
    Map<Host, RunningPrograms> programs =
        Map.of(ours, programs(ours, rows), theirs, programs(theirs, rows));
    VipdNode vipd = VipdNode.start(ours, configuration(ours, rows));
    KeepalivedNode keepalived =
        KeepalivedNode.startWith(
            FirstNamespace.environment(theirs), theirs, configuration(theirs, rows));
    List<String> differences = new ArrayList<>();
    Map<String, Set<String>> seen = new TreeMap<>();
    Set<String> meant = new TreeSet<>();
    List<Closeable> gates = new ArrayList<>();
    for (int step = 0; step < WeightRows.STEPS; step++) {
      for (Host host : List.of(ours, theirs)) {
        change(host, programs.get(host), rows, step);
        gates.add(opened(host, step));
      }
      awaitRuns(ours, rows, step);
      awaitRuns(theirs, rows, step);
      differences.addAll(settled(step, keepalived, vipd, seen, meant));
    }
    gates.addAll(programs.values());
    for (Closeable gate : gates) {
      gate.close();
    }
    assertThat(differences).isEmpty();
    assertThat(meant).isEqualTo(MEANT);
    seen.keySet().removeAll(WeightRows.CONSTANT);
    assertThat(seen).allSatisfy((name, found) -> assertThat(found).hasSizeGreaterThan(1));
  }

  /** What still differs when both had time enough, and is not meant. */
  private List<String> settled(
      int step,
      KeepalivedNode keepalived,
      VipdNode vipd,
      Map<String, Set<String>> seen,
      Set<String> meant) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    Map<String, String> theirs;
    Set<String> differences;
    Await.pause(SETTLE_MILLIS);
    do {
      Await.pause(RETRY_MILLIS);
      theirs = Decisions.of(keepalived);
      differences = differences(theirs, Decisions.of(vipd));
      differences.addAll(undecided(theirs, step));
    } while (!MEANT.containsAll(differences) && System.nanoTime() < end);
    theirs.forEach((name, found) -> seen.computeIfAbsent(name, it -> new TreeSet<>()).add(found));
    meant.addAll(differences);
    meant.retainAll(MEANT);
    differences.removeAll(MEANT);
    return differences.stream().map(it -> "step " + step + ", " + it).toList();
  }

  /** What keepalived has not yet decided, because a script takes its time. */
  private List<String> undecided(Map<String, String> theirs, int step) {
    return rows.stream()
        .filter(it -> !it.isDecided(theirs.get(it.name()), step))
        .map(it -> it.name() + ": still " + theirs.get(it.name()))
        .toList();
  }

  private Set<String> differences(Map<String, String> theirs, Map<String, String> ours) {
    Set<String> files =
        rows.stream()
            .filter(it -> it.kind() == WeightRow.Kind.FILE)
            .map(WeightRow::name)
            .collect(Collectors.toSet());
    assertThat(ours).containsOnlyKeys(theirs.keySet());
    Set<String> found = new TreeSet<>();
    theirs.forEach(
        (name, their) -> {
          boolean isStale =
              files.contains(name)
                  && their.startsWith("FAULT ")
                  && ours.get(name).startsWith("FAULT ");
          if (!isStale && !their.equals(ours.get(name))) {
            found.add(name + ": " + their + ", " + ours.get(name));
          }
        });
    return found;
  }
}
