package org.vipd.daemon.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody else deletes addresses of an Active, renames its interface, or drowns it in reports. */
@Execution(ExecutionMode.CONCURRENT)
class InterferenceIT extends LabTest {

  private static final int REPAIRS = 5;

  /** The goal is 50 ms; what a busy machine adds is not asserted. Figures: docs/safety.md. */
  private static final Duration AWAY = Duration.ofSeconds(5);

  private static final int IPV4 = 250;
  private static final int IPV6 = 100;

  /** Of these a buffer of 4 MiB, which the kernel doubles, holds less than half. */
  private static final int REPORTS = 40_000;

  private static void delete(Host host, String address) {
    host.run("ip", "address", "del", address, "dev", Lab.INTERFACE);
  }

  private static void awaitPutBack(VipdNode vipd, String address, long times) {
    Await.until(
        address + " is put back, and it is said " + times + " times",
        Await.GENEROUS,
        () -> vipd.counter("addresses-restored") >= times && vipd.host().hasAddress(address),
        vipd::log);
  }

  @Test
  void fiveDeletionsInAMinuteAreMendedAndTheSixthYields() {
    Host host = host();
    Host other = lab().host("two", "10.66.0.2/24");
    List<AddressMonitor> monitors = AddressMonitor.together(lab(), List.of(host, other));
    VipdNode active = VipdNode.start(host, Texts.instance(150, ""));
    active.awaitState("MASTER");
    Await.until("the address is there", () -> host.hasAddress(Texts.VIP));
    VipdNode backup = VipdNode.start(other, Texts.instance(100, ""));
    backup.awaitState("BACKUP");
    for (int i = 1; i <= REPAIRS; i++) {
      delete(host, Texts.VIP + "/24");
      awaitPutBack(active, Texts.VIP, i);
      Await.pause(200);
    }
    assertThat(active.state()).as(active.log()).isEqualTo("MASTER");
    delete(host, Texts.VIP + "/24");
    active.awaitState("FAULT");
    backup.awaitState("MASTER");
    Await.until("the other one has the address", () -> other.hasAddress(Texts.VIP));
    assertThat(host.hasAddress(Texts.VIP)).isFalse();
    String why = "another program keeps removing " + Texts.VIP + "/24; next attempt in 1 min";
    assertThat(active.ask("status")).contains(why);
    assertThat(active.ask("history")).contains("MASTER -> FAULT", why);
    active.awaitLog("lab: MASTER -> FAULT (" + why);
    assertThat(active.counter("addresses-restored")).isEqualTo(REPAIRS);

    Holding always = Holding.between(0, Long.MAX_VALUE);
    List<Holding> held = monitors.get(0).holdings(Texts.VIP);
    assertThat(Holding.longestTogether(held, monitors.get(1).holdings(Texts.VIP), always)).isZero();
    assertThat(away(held)).hasSize(REPAIRS).allMatch(it -> it.compareTo(AWAY) < 0);
  }

  private static List<Duration> away(List<Holding> held) {
    List<Duration> away = new ArrayList<>();
    for (int i = 1; i < held.size(); i++) {
      away.add(Duration.ofNanos(held.get(i).fromNanos() - held.get(i - 1).toNanos()));
    }
    System.out.println(
        "a deleted address was away for "
            + away.stream()
                .map(it -> String.format(Locale.ROOT, "%.1f", it.toNanos() / 1e6))
                .collect(Collectors.joining(", "))
            + " ms");
    return away;
  }

  private static List<String> many() {
    List<String> all = new ArrayList<>();
    IntStream.range(0, IPV4).forEach(i -> all.add("10.66.0." + (i + 4)));
    IntStream.range(0, IPV6).forEach(i -> all.add("2001:db8:66::" + Integer.toHexString(i + 1)));
    return all;
  }

  private static long there(Host host) {
    String shown = host.run("ip", "-o", "address", "show", "dev", Lab.INTERFACE);
    return many().stream().filter(it -> shown.contains(" " + it + "/")).count();
  }

  private static void awaitAllThere(VipdNode vipd, String what) {
    Await.until(
        what + ": all addresses are there",
        Await.GENEROUS,
        () -> there(vipd.host()) == IPV4 + IPV6,
        () -> there(vipd.host()) + "\n" + vipd.log());
    vipd.awaitState("MASTER");
  }

  private static String ofMany() {
    String excluded =
        many().stream()
            .skip(1)
            .map(it -> "    " + it + (it.contains(":") ? "/64" : "/24"))
            .collect(Collectors.joining("\n"));
    return Texts.instance(
        255, many().get(0) + "/24", "virtual_ipaddress_excluded {\n" + excluded + "\n  }");
  }

  @Test
  void aFlushOfManyCountsOnceAndTheOneOfTheSourceAddressIsAFault() {
    Host host = host();
    VipdNode vipd = VipdNode.start(host, ofMany());
    awaitAllThere(vipd, "started");
    // in the network of the host's address they are secondary ones, which a flush can name
    String own =
        "ip -4 address flush dev eth0 secondary; ip -6 address flush dev eth0 to 2001::/16";
    host.run("sh", "-c", own);
    Await.until(
        "each of them was put back",
        Await.GENEROUS,
        () -> vipd.counter("addresses-restored") >= IPV4 + IPV6,
        vipd::log);
    awaitAllThere(vipd, "flushed");
    // a machine that sleeps for a second in the middle of it may make two of one
    for (String address : many().subList(1, REPAIRS - 1)) {
      long before = vipd.counter("addresses-restored");
      delete(host, address + "/24");
      awaitPutBack(vipd, address, before + 1);
    }
    assertThat(vipd.state()).as(vipd.log()).isEqualTo("MASTER");
    assertThat(vipd.log()).doesNotContain("FAULT");

    host.run("ip", "address", "flush", "dev", Lab.INTERFACE);
    vipd.awaitState("FAULT");
    assertThat(vipd.ask("status")).contains("waiting for an IPv4 address on eth0");
    Await.until("no address is left", () -> there(host) == 0);
    host.run("ip", "address", "add", "10.66.0.1/24", "dev", Lab.INTERFACE);
    awaitAllThere(vipd, "the source address is back");
    assertThat(vipd.log()).doesNotContain("keeps removing", "ERROR", "Exception");
    assertThat(vipd.stop()).isZero();
    assertThat(there(host)).isZero();
  }

  @Test
  void anInterfaceThatGetsItsNameBackServesAgain() {
    Host host = host();
    VipdNode vipd = VipdNode.start(host, Texts.instance(255, ""));
    for (int i = 0; i < 2; i++) {
      vipd.awaitState("MASTER");
      Await.until("the address is there", () -> host.hasAddress(Texts.VIP));
      // a link that is up keeps its name on kernels before 6.2
      rename(host, Lab.INTERFACE, "other0", i == 0);
      vipd.awaitState("FAULT");
      assertThat(vipd.ask("status")).contains("waiting for interface eth0, which does not exist");
      Await.until("the address is gone", () -> !host.hasAddress(Texts.VIP));
      assertThat(host.hasAddress("10.66.0.1")).isTrue();
      rename(host, "other0", Lab.INTERFACE, i == 0);
    }
    vipd.awaitState("MASTER");
    Await.until("the address is there", () -> host.hasAddress(Texts.VIP));
    assertThat(vipd.log()).doesNotContain("ERROR", "Exception", "another program");
    assertThat(vipd.stop()).isZero();
    assertThat(host.hasAddress(Texts.VIP)).isFalse();
  }

  private static void rename(Host host, String from, String to, boolean isDownMeanwhile) {
    if (isDownMeanwhile) {
      host.run("ip", "link", "set", from, "down");
    }
    host.run("ip", "link", "set", from, "name", to);
    if (isDownMeanwhile) {
      host.run("ip", "link", "set", to, "up");
    }
  }

  /** Without a lease no refresh brings back what went while the reports were lost. */
  @ParameterizedTest
  @ValueSource(strings = {"", "vipd_lease off"})
  void whatGoesWhileReportsAreLostIsFoundByAskingForAllAgain(String lease) {
    Host host = host();
    VipdNode vipd = VipdNode.start(host, Texts.instance(255, "advert_int 10\n  " + lease));
    vipd.awaitState("MASTER");
    Await.until("the address is there", () -> host.hasAddress(Texts.VIP));
    host.run("ip", "link", "add", "busy0", "type", "veth", "peer", "name", "busy1");
    String addresses =
        IntStream.range(0, REPORTS / 2)
            .mapToObj(i -> "10." + (100 + i / 65536) + "." + i / 256 % 256 + "." + i % 256 + "/32")
            .map(it -> it + " dev busy0\n")
            .map(it -> "address add " + it + "address del " + it)
            .collect(Collectors.joining());
    String batch =
        host.file("batch", addresses + "address del " + Texts.VIP + "/24 dev eth0\n").toString();
    assertThat(lostReports(vipd)).isZero();
    vipd.process().signal("STOP");
    host.run("ip", "-batch", batch);
    assertThat(host.hasAddress(Texts.VIP)).isFalse();
    vipd.process().signal("CONT");
    Await.until(
        "the address is there again",
        Await.GENEROUS,
        () -> host.hasAddress(Texts.VIP),
        () -> vipd.status() + vipd.log());
    vipd.awaitState("MASTER");
    assertThat(lostReports(vipd)).as(vipd.log()).isPositive();
    vipd.awaitLog("reports of the kernel were lost");
    assertThat(vipd.stop()).isZero();
    assertThat(host.hasAddress(Texts.VIP)).isFalse();
  }

  private static long lostReports(VipdNode vipd) {
    return vipd.status()
        .map(it -> it.getAsJsonObject("daemon").get("kernel-reports-lost").getAsLong())
        .orElseThrow();
  }
}
