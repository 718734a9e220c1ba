package org.vipd.daemon.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
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
  void theEndOfAProcessCountsAtOnce() {
    Host host = host();
    Path program = host.home().resolve("trackedprogram");
    host.run("cp", "/bin/sleep", program.toString());
    AddressMonitor monitor = new AddressMonitor(host);
    VipdNode vipd =
        VipdNode.start(
            host,
            "vrrp_track_process program {\n process trackedprogram\n}\n"
                + Texts.instance(255, "track_process {\n program\n}\n"));
    vipd.awaitState("FAULT");
    List<Double> millis = new ArrayList<>();
    for (int end = 1; end <= ENDS; end++) {
      int wanted = end;
      Launched running = host.start("tracked", List.of(program.toString(), "600"), Map.of());
      vipd.awaitState("MASTER");
      ProcessHandle process = ProcessHandle.of(running.pid()).orElseThrow();
      Instant now = Instant.now();
      process.destroyForcibly();
      vipd.awaitState("FAULT");
      Await.until(
          "removed " + end + " times",
          Await.GENEROUS,
          () -> ended(monitor).size() == wanted,
          vipd::log);
      long asked = now.getEpochSecond() * 1_000_000_000L + now.getNano();
      millis.add((ended(monitor).get(end - 1).toNanos() - asked) / 1e6);
    }
    Collections.sort(millis);
    System.out.println("process killed, address gone, ms: " + millis);
    assertThat(millis.get(0)).isLessThan(BEST_LIMIT_MILLIS);
    assertThat(millis.get(ENDS / 2)).isLessThan(MEDIAN_LIMIT_MILLIS);
    assertThat(vipd.stop()).isZero();
  }

  private static List<Holding> ended(AddressMonitor monitor) {
    return monitor.holdings(Texts.VIP).stream()
        .filter(it -> it.toNanos() != Long.MAX_VALUE)
        .toList();
  }
}
