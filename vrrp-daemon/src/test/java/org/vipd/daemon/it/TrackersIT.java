package org.vipd.daemon.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Files, processes and interfaces of a real machine decide. */
@Execution(ExecutionMode.CONCURRENT)
class TrackersIT extends LabTest {

  private static final int ENDS = 7;

  /** What is promised; a machine that does something else meanwhile makes some slower, not all. */
  private static final double BEST_LIMIT_MILLIS = 50;

  /** Looking once a second finds an end after half a second, at the median. */
  private static final double MEDIAN_LIMIT_MILLIS = 300;

  private static final String NOT_TOLD = "the kernel does not tell of processes";

  /** A copy of the shell waits beside it. */
  private static final String COPYING = "(read -r x < \"$0/copied\"; :) & read -r y < \"$0/ended\"";

  private static final String NAMING =
      """
      read -r x < "$0/named"
      echo "$1" > /proc/$$/comm
      read -r x < "$0/again"
      echo other > /proc/$$/comm
      read -r x < "$0/ended"
      """;

  private static int priority(VipdNode vipd) {
    return vipd.instance().map(it -> it.get("effectivePriority").getAsInt()).orElse(-1);
  }

  private static void awaitPriority(VipdNode vipd, int expected) {
    Await.until(
        "priority is " + expected, Await.GENEROUS, () -> priority(vipd) == expected, vipd::log);
  }

  @Test
  void followsFilesProcessesAndInterfaces() {
    Host host = host();
    Path program = host.home().resolve("trackedprogram");
    host.run("cp", "/bin/sleep", program.toString());
    host.run("ip", "link", "add", "side0", "type", "veth", "peer", "name", "side1");
    host.run("ip", "link", "set", "side1", "up");
    String trackers =
        "track_file number {\n file %s\n weight 2\n init_file 5\n}\n"
                .formatted(host.home().resolve("number"))
            + "vrrp_track_process program {\n process trackedprogram\n weight -30\n}\n";
    VipdNode vipd =
        VipdNode.start(
            host,
            trackers
                + Texts.instance(
                    100,
                    "track_file {\n number\n}\ntrack_process {\n program\n}\n"
                        + "track_interface {\n side0 weight 7\n}"));
    // 100 + 2 x 5 - 30
    awaitPriority(vipd, 80);
    host.run("ip", "link", "set", "side0", "up");
    awaitPriority(vipd, 87);
    host.file("number", "0x10\n");
    awaitPriority(vipd, 109);
    Launched running = host.start("tracked", List.of(program.toString(), "600"), Map.of());
    awaitPriority(vipd, 139);
    running.signal("KILL");
    awaitPriority(vipd, 109);
    host.file("number", "-200");
    vipd.awaitState("FAULT");
    assertThat(vipd.instance().orElseThrow().get("reason").getAsString())
        .contains("file number: ", "holds -200");
    host.file("number", "garbage \u0000 " + "x".repeat(100_000));
    awaitPriority(vipd, 77);
    host.run("rm", host.home().resolve("number").toString());
    host.run("ip", "link", "delete", "side0");
    awaitPriority(vipd, 70);
    assertThat(vipd.stop()).isZero();
  }

  @Test
  void readsAFileWhoseDirectoryIsReplaced() {
    Host host = host();
    String folder = host.home().resolve("hints").toString();
    host.run("mkdir", folder);
    host.file("hints/hint", "-10\n");
    VipdNode vipd =
        VipdNode.start(
            host,
            "track_file hint {\n file %s/hint\n weight 1\n}\n".formatted(folder)
                + Texts.instance(100, "track_file {\n hint\n}"));
    awaitPriority(vipd, 90);
    host.run("rm", "-rf", folder);
    awaitPriority(vipd, 100);
    host.run("mkdir", folder);
    host.file("hints/hint", "-20\n");
    awaitPriority(vipd, 80);
    host.run("sh", "-c", "rm -rf %1$s; mkdir %1$s; echo -30 > %1$s/hint".formatted(folder));
    awaitPriority(vipd, 70);
    host.run("sh", "-c", "mv %1$s %1$s.old; mkdir %1$s; echo -40 > %1$s/hint".formatted(folder));
    awaitPriority(vipd, 60);
    host.file("hints/hint", "0\n");
    awaitPriority(vipd, 100);
    assertThat(vipd.stop()).isZero();
  }

  /** Nobody tells of processes in a namespace; the end of one that counts is seen all the same. */
  @Test
  void theEndOfAProcessCountsAtOnce() throws IOException {
    Measured measured = startAndEndProcesses(host(), Map.of());
    assertThat(measured.log()).contains(NOT_TOLD);
    assertAtOnce("process killed, address gone", measured.ends());
  }

  /** In a namespace as well, when the one socket is opened in the first. */
  @Test
  void startAndEndOfAProcessCountAtOnceWhereTheKernelTells() throws IOException {
    FirstNamespace.assumeTold();
    Host host = host();
    Measured measured = startAndEndProcesses(host, FirstNamespace.environment(host));
    assertThat(measured.log()).doesNotContain(NOT_TOLD);
    assertAtOnce("told by the kernel: process started, address there", measured.starts());
    assertAtOnce("told by the kernel: process killed, address gone", measured.ends());
  }

  /** How long starts and ends of a process took to count, in milliseconds, and what was logged. */
  private record Measured(List<Double> starts, List<Double> ends, String log) {}

  private static Measured startAndEndProcesses(Host host, Map<String, String> environment)
      throws IOException {
    AddressMonitor monitor = new AddressMonitor(host);
    try (RunningPrograms programs = new RunningPrograms(host)) {
      programs.prepare(
          "tracked", IntStream.range(0, 2 * ENDS).mapToObj(it -> (it + 1) % 2).toList());
      programs.awaitPrepared();
      VipdNode vipd =
          VipdNode.startWith(
              environment,
              host,
              "keepalived.conf",
              "vrrp_track_process program {\n process %s\n}\n"
                      .formatted(RunningPrograms.name(host.home(), "tracked"))
                  + Texts.instance(255, "track_process {\n program\n}\n"));
      vipd.awaitState("FAULT");
      List<Double> starts = new ArrayList<>();
      List<Double> ends = new ArrayList<>();
      for (int round = 1; round <= ENDS; round++) {
        final long started = nanosOfDay();
        programs.set("tracked", 1);
        vipd.awaitState("MASTER");
        final long killed = nanosOfDay();
        programs.set("tracked", 0);
        vipd.awaitState("FAULT");
        Await.until(
            "removed " + round + " times",
            Await.GENEROUS,
            () -> ended(monitor, started).isPresent(),
            vipd::log);
        Holding holding = ended(monitor, started).orElseThrow();
        starts.add((holding.fromNanos() - started) / 1e6);
        ends.add((holding.toNanos() - killed) / 1e6);
      }
      assertThat(vipd.stop()).isZero();
      return new Measured(starts, ends, vipd.log());
    }
  }

  private static long nanosOfDay() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }

  private static void assertAtOnce(String what, List<Double> millis) {
    List<Double> sorted = millis.stream().sorted().toList();
    System.out.println(what + ", ms: " + sorted);
    assertThat(sorted.get(0)).as(what).isLessThan(BEST_LIMIT_MILLIS);
    assertThat(sorted.get(ENDS / 2)).as(what).isLessThan(MEDIAN_LIMIT_MILLIS);
  }

  /** A copy counts as what it is a copy of, and a process that takes another name as that one. */
  @Test
  void copiesAndNewNamesCountWhereTheKernelTells() {
    FirstNamespace.assumeTold();
    Host host = host();
    String name = RunningPrograms.name(host.home(), "copy");
    Path shell = host.home().resolve(name);
    host.run("cp", "/bin/dash", shell.toString());
    for (String gate : List.of("copied", "named", "again", "ended")) {
      host.run("mkfifo", host.home().resolve(gate).toString());
    }
    VipdNode vipd =
        VipdNode.startWith(
            FirstNamespace.environment(host),
            host,
            "keepalived.conf",
            "vrrp_track_process both {\n process %s\n quorum 2\n weight -30\n}\n".formatted(name)
                + Texts.instance(100, "track_process {\n both\n}"));
    awaitPriority(vipd, 70);
    String home = host.home().toString();
    host.start("shell", List.of(shell.toString(), "-c", COPYING, home), Map.of());
    awaitPriority(vipd, 100);
    open(host, "copied");
    awaitPriority(vipd, 70);
    host.start("other", List.of("/bin/sh", "-c", NAMING, home, name), Map.of());
    open(host, "named");
    awaitPriority(vipd, 100);
    open(host, "again");
    awaitPriority(vipd, 70);
    assertThat(vipd.log()).doesNotContain(NOT_TOLD);
    assertThat(vipd.stop()).isZero();
  }

  /** Lets a shell go on that waits for its gate, a pipe; it may not have come there yet. */
  private static void open(Host host, String gate) {
    host.run("timeout", "60", "sh", "-c", "echo > " + host.home().resolve(gate));
  }

  /** The first that began since then and is over. */
  private static Optional<Holding> ended(AddressMonitor monitor, long sinceNanos) {
    return monitor.holdings(Texts.VIP).stream()
        .filter(it -> it.fromNanos() >= sinceNanos && it.toNanos() != Long.MAX_VALUE)
        .findFirst();
  }
}
