package org.vipd.daemon.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One address, two hosts: never on both, whatever happens to the process that has it. */
@Order(1)
@Execution(ExecutionMode.CONCURRENT)
class SafetyIT extends LabTest {

  private static final int RESTARTS = Integer.getInteger("vipd.restarts", 3);

  /** In seconds; the lease of three times that is longer than any start takes on a busy machine. */
  private static final int RESTART_INTERVAL = Integer.getInteger("vipd.restarts.interval", 10);

  /** Seconds that a Backup of priority 150 waits longer than three intervals, in version 2. */
  private static final double PEER_SKEW = (256 - 150) / 256.0;

  private static final int TOGETHER_ROUNDS = Integer.getInteger("vipd.together.rounds", 5);
  private static final int ROUNDS = Integer.getInteger("vipd.safety.rounds", 1);

  /** Which harms, by name with commas between; all of them by default. */
  private static final String HARMS = System.getProperty("vipd.safety.harms", "");

  @ParameterizedTest
  @EnumSource
  void neverTwoHoldersWhenTheActiveDiesOrHangs(SafetyRig.Other other) {
    // a low priority: 0.7 s between lease and claim, however late a busy machine tells the time
    SafetyRig rig = new SafetyRig(lab(), other, 10, "");
    for (SafetyRig.Harm harm : SafetyRig.Harm.values()) {
      if (!HARMS.isEmpty() && !List.of(HARMS.split(",", -1)).contains(harm.name())) {
        continue;
      }
      if (!harm.isPossible()) {
        System.out.println("SKIPPED: " + harm + ": control groups cannot be made here");
        continue;
      }
      List<Long> without = new ArrayList<>();
      long outage = 0;
      for (int i = 0; i < ROUNDS; i++) {
        SafetyRig.Round round = rig.play(harm);
        without.add(round.withoutNanos());
        outage = Math.max(outage, round.outageNanos());
        assertThat(round.togetherNanos()).as("%s beside %s: %s", harm, other, rig.log()).isZero();
      }
      without.sort(null);
      System.out.printf(
          Locale.ROOT,
          "%s beside %s, rounds: %d; two holders 0 s; no holder, median %.3f s, longest %.3f s;"
              + " a client without an answer, longest %.3f s%n",
          harm,
          other,
          ROUNDS,
          without.get(ROUNDS / 2) / 1e9,
          without.get(ROUNDS - 1) / 1e9,
          outage / 1e9);
    }
    if (HARMS.isEmpty()) {
      assertThat(rig.log())
          .contains("MASTER -> BACKUP", "late (no load explains it: the process was stopped")
          .containsPattern("late .*and had not advertised for");
    }
  }

  /**
   * Others claim before the shortest useful lease ends, which is 3 s; a busy machine may tell up to
   * a second late that an address has gone.
   */
  @ParameterizedTest
  @EnumSource
  void atShortIntervalsTwoHoldersForAtMostTheLease(SafetyRig.Other other) {
    SafetyRig rig = new SafetyRig(lab(), other, 10, "version 3\n  advert_int 0.1");
    for (SafetyRig.Harm harm :
        List.of(SafetyRig.Harm.KILL, SafetyRig.Harm.STOP_AND_CONTINUE, SafetyRig.Harm.STOP)) {
      SafetyRig.Round round = rig.play(harm);
      System.out.printf(
          Locale.ROOT,
          "%s at 0.1 s beside %s: two holders %.3f s, a client without an answer %.3f s%n",
          harm,
          other,
          round.togetherNanos() / 1e9,
          round.outageNanos() / 1e9);
      assertThat(round.togetherNanos()).as(rig.log()).isLessThan(4_000_000_000L);
    }
  }

  @ParameterizedTest
  @EnumSource
  void neverTwoHoldersOfAThousandAddresses(SafetyRig.Other other) {
    List<String> more =
        IntStream.range(0, 999)
            .mapToObj(i -> String.format(Locale.ROOT, "10.77.%d.%d/32", i / 250, 1 + i % 250))
            .toList();
    SafetyRig rig = new SafetyRig(lab(), other, 10, "garp_master_delay 0", more);
    for (int i = 0; i < ROUNDS; i++) {
      SafetyRig.Round round = rig.play(SafetyRig.Harm.KILL);
      System.out.printf(
          Locale.ROOT,
          "kill -9 with 1,000 addresses beside %s: two holders %.3f s, no holder %.3f s%n",
          other,
          round.togetherNanos() / 1e9,
          round.withoutNanos() / 1e9);
      assertThat(round.togetherNanos()).as(rig.log()).isZero();
    }
  }

  /**
   * The kernel looks for ended leases once a second. Instances that claimed at six different
   * moments lose their addresses together all the same; a busy machine may fail to refresh them
   * together now and then, but not each time.
   */
  @Test
  void theAddressesOfAllInstancesLeaveTogether() throws InterruptedException {
    StringBuilder text = new StringBuilder();
    List<String> addresses = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      addresses.add("10.66.1." + (1 + i));
      text.append(
          Texts.instance(250 - 40 * i, addresses.get(i) + "/32", "")
              .replace("vrrp_instance lab", "vrrp_instance lab" + i)
              .replace("virtual_router_id 66", "virtual_router_id " + (61 + i)));
    }
    List<Double> spreads = new ArrayList<>();
    for (int round = 0; round < TOGETHER_ROUNDS && !isOneTogether(spreads); round++) {
      Host host = lab().host("round" + round, "10.66.0." + (10 + round) + "/24");
      AddressMonitor monitor = new AddressMonitor(host);
      VipdNode vipd = VipdNode.start(host, text.toString());
      Await.until(
          "all addresses are held",
          Await.GENEROUS,
          () -> addresses.stream().allMatch(host::hasAddress),
          vipd::log);
      // each has advertised in its place once
      Thread.sleep(2500);
      vipd.process().kill();
      Await.until(
          "all addresses have left",
          Await.GENEROUS,
          () -> addresses.stream().noneMatch(host::hasAddress),
          vipd::log);
      long[] left =
          addresses.stream()
              .mapToLong(it -> monitor.firstRemoved(it).orElseThrow())
              .sorted()
              .toArray();
      spreads.add((left[left.length - 1] - left[0]) / 1e9);
    }
    System.out.println("six instances, kill -9: first to last address, s: " + spreads);
    assertThat(isOneTogether(spreads)).as("%s", spreads).isTrue();
  }

  /** Those that do not leave with the first leave a second later. */
  private static boolean isOneTogether(List<Double> spreads) {
    return spreads.stream().anyMatch(it -> it < 0.5);
  }

  @Test
  void showsALeasedAddressLikeAnyOther() {
    VipdNode vipd = VipdNode.start(host(), Texts.instance(255, ""));
    vipd.awaitState("MASTER");
    String line = vipd.host().run("ip", "-o", "address", "show", "to", Texts.VIP);
    assertThat(line).contains("inet " + Texts.VIP + "/24", "dynamic").doesNotContain("deprecated");
    assertThat(line).containsPattern("valid_lft [123]sec preferred_lft [123]sec");
    vipd.reload(Texts.instance(255, "vipd_lease off"));
    Await.until(
        "the address has no lease",
        Await.GENEROUS,
        () -> vipd.host().run("ip", "-o", "address", "show", "to", Texts.VIP).contains("forever"),
        vipd::log);
    vipd.process().kill();
    assertThat(vipd.host().hasAddress(Texts.VIP)).isTrue();
  }

  @Test
  void runsWithRealTimePriorityItselfOnlyOrSaysWhyNot() {
    String settings = "global_defs {\n  vrrp_rt_priority 10\n  vrrp_no_swap\n}\n";
    Host host = host();
    String tell =
        host.script("tell", "#!/bin/sh\ncat /proc/$$/stat > \"$1.new\"\nmv \"$1.new\" \"$1\"\n")
            .toString();
    String check =
        "vrrp_script chk {\n script \"%s %s/check\"\n interval 1\n}\n".formatted(tell, host.home());
    String more =
        "notify_master \"%s %s/notify\"\ntrack_script {\n chk\n}".formatted(tell, host.home());
    VipdNode vipd =
        VipdNode.start(
            host,
            "global_defs {\n script_user root\n}\n" + settings + check + Texts.instance(255, more));
    vipd.awaitState("MASTER");
    String refusal = "vrrp_rt_priority 10 is not possible";
    Await.until(
        "two threads have it, or the log says why not",
        Await.GENEROUS,
        () -> realTimeThreads(vipd).size() == 2 || vipd.log().contains(refusal),
        vipd::log);
    List<String> threads = realTimeThreads(vipd);
    assertThat(threads).hasSize(vipd.log().contains(refusal) ? 0 : 2);
    // what they start, also by mistake, must not run before everything else
    assertThat(threads)
        .allMatch(it -> Shell.run("chrt", "-p", it).contains("SCHED_FIFO|SCHED_RESET_ON_FORK"));
    for (String script : List.of("check", "notify")) {
      Await.until(
          script + " has run", Await.GENEROUS, () -> host.read(script).endsWith("\n"), vipd::log);
      assertThat(scheduling(host.home().resolve(script))).as(script).containsExactly("0", "0");
    }
    assertThat(vipd.stop()).isZero();
  }

  private static List<String> realTimeThreads(VipdNode vipd) {
    Path tasks = Path.of("/proc", Long.toString(vipd.process().pid()), "task");
    try (Stream<Path> threads = Files.list(tasks)) {
      return threads
          .filter(it -> !realTimePriority(it.resolve("stat")).equals("0"))
          .map(it -> it.getFileName().toString())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("list " + tasks, e);
    }
  }

  private static String realTimePriority(Path stat) {
    List<String> fields = scheduling(stat);
    // it may have ended meanwhile
    return fields.isEmpty() ? "0" : fields.get(0);
  }

  /** Fields 40 and 41 (proc(5)), priority and policy; the name in field 2 may hold blanks. */
  private static List<String> scheduling(Path stat) {
    try {
      String text = Files.readString(stat);
      return List.of(text.substring(text.lastIndexOf(')') + 2).split(" ", -1)).subList(37, 39);
    } catch (IOException e) {
      return List.of();
    }
  }

  /**
   * What is mapped before and after is locked page by page as it is used: to have all of it at once
   * would take many times the memory, most of which is never used.
   */
  @Test
  void keepsInMemoryWhatIsUsedAndNothingElseOrSaysWhyNot() throws IOException {
    String settings = "global_defs {\n  vrrp_no_swap\n}\n";
    VipdNode vipd = VipdNode.start(host(), settings + Texts.instance(255, ""));
    vipd.awaitState("MASTER");
    if (vipd.log().contains("vrrp_no_swap is not possible")) {
      return;
    }
    Path process = Path.of("/proc", Long.toString(vipd.process().pid()));
    List<String> flags;
    try (Stream<String> lines = Files.lines(process.resolve("smaps"))) {
      flags = lines.filter(it -> it.startsWith("VmFlags:")).map(it -> it + " ").toList();
    }
    List<String> locked = flags.stream().filter(it -> it.contains(" lo ")).toList();
    assertThat(locked).hasSizeGreaterThan(flags.size() / 2);
    assertThat(locked).as("lock on fault (proc_pid_smaps(5))").allMatch(it -> it.contains(" lf "));
    String status = Files.readString(process.resolve("status"));
    assertThat(kilobytes(status, "VmLck")).isGreaterThan(kilobytes(status, "VmRSS"));
    assertThat(vipd.stop()).isZero();
  }

  private static long kilobytes(String status, String field) {
    return status
        .lines()
        .filter(it -> it.startsWith(field + ":"))
        .mapToLong(it -> Long.parseLong(it.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void anActiveThatIsBackWithinItsLeaseResumes() {
    Host one = host();
    Host two = lab().host("two", "10.66.0.2/24");
    AddressMonitor first = new AddressMonitor(one);
    AddressMonitor second = new AddressMonitor(two);
    String interval = "advert_int " + RESTART_INTERVAL;
    // the owner need not wait for its role
    VipdNode vipd = VipdNode.start(one, Texts.instance(255, interval));
    vipd.awaitState("MASTER");
    VipdNode backup = VipdNode.start(two, Texts.instance(150, interval));
    backup.awaitState("BACKUP");
    Host client = lab().host("client", "10.66.0.3/24");
    try (LanObserver lan = new LanObserver(lab(), "restarts");
        Conversation conversation = new Conversation(one, client, Texts.VIP)) {
      for (int i = 0; i < RESTARTS; i++) {
        vipd.process().kill();
        conversation.say();
        vipd.restart();
        vipd.awaitState("MASTER");
        conversation.say();
      }
      for (int i = 0; i < RESTARTS; i++) {
        Launched old = vipd.takeOver();
        conversation.say();
        assertThat(old.awaitExit()).as(vipd.log()).isZero();
        vipd.awaitState("MASTER");
        conversation.say();
      }
      List<VrrpPacket> packets = lan.packets();
      assertThat(packets)
          .isNotEmpty()
          .allMatch(it -> it.claims() && it.source().equals("10.66.0.1"));
      double longest = VrrpPacket.longestGapNanos(packets) / 1e9;
      double patience = 3 * RESTART_INTERVAL + PEER_SKEW;
      System.out.printf(
          Locale.ROOT,
          "%d restarts and %d takeovers: longest time between two advertisements %.3f s, others wait"
              + " %.3f s%n",
          RESTARTS,
          RESTARTS,
          longest,
          patience);
      assertThat(longest).isLessThan(patience);
    }
    String resumed = "INIT -> MASTER (resumed: ";
    Await.until(
        "each start resumes",
        Await.GENEROUS,
        () -> vipd.log().split(Pattern.quote(resumed), -1).length == 2 * RESTARTS + 1,
        vipd::log);
    assertThat(first.holdings(Texts.VIP)).as(vipd.log()).hasSize(1);
    assertThat(second.holdings(Texts.VIP)).as(backup.log()).isEmpty();
    assertThat(backup.counter("master-transitions")).isZero();
  }
}
