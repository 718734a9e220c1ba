package org.vipd.daemon.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Static addresses, routes and rules in the kernel, and beside those of Debian's keepalived. */
@Execution(ExecutionMode.CONCURRENT)
class StaticEntriesIT extends LabTest {

  private static final String STATICS =
      """
      static_ipaddress {
        10.66.0.50/24 dev eth0
        10.66.1.50
        10.67.0.1/24 dev eth0 scope link label eth0:x brd +
        2001:db8:1::1/64 dev eth0
        2001:db8:1::5 dev eth0
        fe80::77/64 dev eth0
      }
      static_routes {
        10.70.0.0/16 via 10.66.0.254 dev eth0
        10.71.0.0/16 dev eth0 scope link table 100
        10.72.0.0/16 via 10.66.0.254 src 10.66.0.50 metric 50
        blackhole 10.73.0.0/16
        2001:db8:9::/48 via 2001:db8:1::fe dev eth0
        10.74.0.0/16 via 10.66.0.254 dev eth0 no_track protocol 4
        default via 10.66.0.254 dev eth0 metric 500
      }
      static_rules {
        from 10.66.0.50 table 100 priority 90
        to 10.75.0.0/16 fwmark 5/7 table 100 priority 91
        from 2001:db8:9::/48 table 100 priority 90
        from 10.76.0.0/16 table 100
      }
      """;

  /** A priority that never claims within a test. */
  private static final String BACKUP = STATICS + Texts.instance(1, "advert_int 30");

  private static String kernel(Host host) {
    // the mark of vipd is not shown by older forms of ip
    return (host.run("sh", "-c", "ip address show dev eth0 2>/dev/null | grep -v link/ether")
            + host.run("sh", "-c", "ip -N route show table all | grep -v 'table 255'")
            + host.run("sh", "-c", "ip -6 -N route show table all | grep -v 'table 255'")
            + host.run("ip", "-N", "rule", "show")
            + host.run("ip", "-6", "-N", "rule", "show"))
        .replace(" proto 0x70", "")
        .replace(" tentative", "");
  }

  private static VipdNode started(Host host, String before) {
    VipdNode vipd = VipdNode.start(host, BACKUP);
    awaitAll(vipd);
    assertThat(kernel(host)).isNotEqualTo(before).contains("10.66.0.50/24", "90:\tfrom 10.66.0.50");
    return vipd;
  }

  /** The last of them is there. */
  private static void awaitAll(VipdNode vipd) {
    vipd.awaitState("BACKUP");
    Await.until("all are there", () -> kernel(vipd.host()).contains("16384:"));
  }

  private static long counter(VipdNode vipd, String name) {
    return vipd.status().orElseThrow().getAsJsonObject("daemon").get(name).getAsLong();
  }

  @Test
  void areThereOnABackupAndGoWithTheDaemon() {
    Host host = host();
    String before = kernel(host);
    VipdNode vipd = started(host, before);
    assertThat(vipd.ask("status"))
        .contains("static      address 10.66.0.50/24 dev eth0, ", "table 100 priority 16384 (held");
    assertThat(vipd.log()).doesNotContain("cannot", "not yet effective", "Exception");
    assertThat(vipd.stop()).isZero();
    assertThat(kernel(host)).isEqualTo(before);
  }

  /** The same file leads to the same addresses, routes and rules. */
  @Test
  void areThoseThatKeepalivedHas() {
    assumeTrue(KeepalivedNode.isInstalled());
    Host host = host();
    String before = kernel(host);
    KeepalivedNode keepalived = KeepalivedNode.start(host, BACKUP);
    Await.until("keepalived has its rules", () -> kernel(host).contains("16384:"));
    String wanted = kernel(host);
    keepalived.stop();
    assertThat(kernel(host)).isEqualTo(before);
    VipdNode vipd = started(host, before);
    assertThat(kernel(host)).isEqualTo(wanted);
    vipd.stop();
    assertThat(kernel(host)).isEqualTo(before);
  }

  @Test
  void areReleasedAfterAKillAndNothingElse() {
    Host host = host();
    host.run("ip", "address", "add", "10.66.0.51/24", "dev", "eth0");
    host.run("ip", "route", "add", "192.0.2.128/25", "dev", "eth0", "proto", "18");
    String before = kernel(host);
    VipdNode vipd = started(host, before);
    String whole = kernel(host);
    vipd.process().kill();
    assertThat(kernel(host)).isEqualTo(whole);
    Launched release = vipd.release("release");
    assertThat(release.awaitExit()).as(release.output()).isZero();
    assertThat(release.output()).contains("10.66.0.50/24", "route 10.70.0.0/16", "rule from ");
    assertThat(kernel(host)).isEqualTo(before);
  }

  @Test
  void areTheSameAfterAKillAndAStart() {
    Host host = host();
    String before = kernel(host);
    VipdNode vipd = started(host, before);
    String whole = kernel(host);
    vipd.process().kill();
    vipd.restart();
    awaitAll(vipd);
    assertThat(kernel(host)).isEqualTo(whole);
    vipd.stop();
    assertThat(kernel(host)).isEqualTo(before);
  }

  @Test
  void leaveWithAStartThatNamesThemNoMore() {
    Host host = host();
    String before = kernel(host);
    VipdNode vipd = started(host, before);
    vipd.process().kill();
    vipd.replaceConfiguration(Texts.instance(1, "advert_int 30"));
    vipd.restart();
    vipd.awaitState("BACKUP");
    assertThat(kernel(host)).isEqualTo(before);
  }

  @Test
  void leaveWhatWasThereBefore() {
    Host host = host();
    host.run("ip", "address", "add", "10.66.0.50/24", "dev", "eth0");
    host.run("ip", "route", "add", "10.70.0.0/16", "via", "10.66.0.9");
    String before = kernel(host);
    VipdNode vipd = started(host, before);
    assertThat(host.run("ip", "route", "show", "10.70.0.0/16")).contains("10.66.0.9");
    vipd.awaitLog(
        "static address 10.66.0.50/24 on eth0 is not installed",
        "static: route 10.70.0.0/16 via 10.66.0.254 dev eth0 is not installed");
    vipd.process().kill();
    vipd.restart();
    awaitAll(vipd);
    vipd.stop();
    assertThat(kernel(host)).isEqualTo(before);
  }

  @Test
  void changeOnAReload() {
    Host host = host();
    VipdNode vipd = started(host, kernel(host));
    vipd.reload(
        BACKUP
            .replace("10.66.0.50/24 dev eth0", "10.66.0.52/24 dev eth0")
            .replace("10.70.0.0/16", "10.79.0.0/16")
            .replace("priority 91", "priority 92")
            .replace("src 10.66.0.50 ", ""));
    Await.until("the new rule is there", () -> kernel(host).contains("92:\tfrom all to 10.75"));
    Await.until("the new route is there", () -> kernel(host).contains("10.79.0.0/16 via"));
    assertThat(kernel(host))
        .contains("10.66.0.52/24", "10.72.0.0/16", "16384:")
        .doesNotContain("10.66.0.50/24", "10.70.0.0/16", "91:\t");
    assertThat(vipd.state()).isEqualTo("BACKUP");
  }

  @Test
  void arePutBackFiveTimesAMinute() {
    Host host = host();
    VipdNode vipd = started(host, kernel(host));
    String whole = kernel(host);
    for (int i = 0; i < 5; i++) {
      host.run("ip", "address", "del", "10.66.1.50/32", "dev", "eth0");
      host.run("ip", "route", "del", "10.70.0.0/16");
      Await.until("all is back", () -> kernel(host).equals(whole));
    }
    host.run("ip", "address", "del", "10.66.1.50/32", "dev", "eth0");
    host.run("ip", "route", "del", "10.70.0.0/16");
    vipd.awaitLog("static routes and rules are not put", "10.66.1.50/32 on eth0 is not put back");
    // the look at all of them every five seconds may find one missing before its loss is reported
    assertThat(counter(vipd, "static-addresses-restored")).isBetween(5L, 6L);
    assertThat(counter(vipd, "static-routes-restored")).isBetween(5L, 6L);
    assertThat(vipd.state()).isEqualTo("BACKUP");
    vipd.reload(BACKUP + "\n");
    Await.until("a reload tries again", () -> kernel(host).equals(whole));
  }

  @Test
  void comeBackWithTheInterface() {
    Host host = host();
    VipdNode vipd = started(host, kernel(host));
    String whole = kernel(host);
    host.run("ip", "link", "set", "eth0", "down");
    vipd.awaitState("FAULT");
    host.run("ip", "link", "set", "eth0", "up");
    vipd.awaitState("BACKUP");
    List<String> wanted = whole.lines().filter(it -> it.contains("proto 18")).sorted().toList();
    Await.until(
        "all is back",
        () ->
            kernel(host)
                .lines()
                .filter(it -> it.contains("proto 18"))
                .sorted()
                .toList()
                .equals(wanted));
    Await.until("the address is back", () -> kernel(host).contains("2001:db8:1::5/128"));
  }

  @Test
  void surviveATakeOver() {
    Host host = host();
    String before = kernel(host);
    VipdNode vipd = started(host, before);
    String whole = kernel(host);
    vipd.takeOver().awaitExit();
    awaitAll(vipd);
    assertThat(kernel(host)).isEqualTo(whole);
    vipd.stop();
    assertThat(kernel(host)).isEqualTo(before);
  }

  /** With the first address of a network the kernel takes all others of it away. */
  @Test
  void holdTheVirtualAddressOfAnActiveThatIsStartedAgain() {
    Host host = host();
    host.run("ip", "address", "flush", "dev", Lab.INTERFACE);
    String text =
        "static_ipaddress {\n 10.66.0.1/24 dev "
            + Lab.INTERFACE
            + "\n}\n"
            + Texts.instance(255, "advert_int 10");
    VipdNode vipd = VipdNode.start(host, text);
    vipd.awaitState("MASTER");
    Await.until("the address is there", () -> host.hasAddress(Texts.VIP));
    AddressMonitor monitor = new AddressMonitor(host);
    vipd.process().kill();
    vipd.restart();
    vipd.awaitState("MASTER");
    vipd.takeOver().awaitExit();
    Await.until("the next one answers", () -> "MASTER".equals(vipd.state()));
    assertThat(monitor.holdings(Texts.VIP))
        .as(vipd.log())
        .allMatch(it -> it.toNanos() == Long.MAX_VALUE);
    vipd.awaitLog("is there from a former run");
    vipd.stop();
    assertThat(host.hasAddress("10.66.0.1")).isFalse();
  }

  @Test
  void stayWhenAnotherProgramPutItsOwnInTheirPlace() {
    Host host = host();
    VipdNode vipd = started(host, kernel(host));
    host.run("ip", "address", "replace", "10.66.0.50/24", "dev", "eth0");
    vipd.awaitLog("static address 10.66.0.50/24 on eth0 is ours no more");
    vipd.stop();
    assertThat(host.hasAddress("10.66.0.50")).isTrue();
    assertThat(host.hasAddress("10.66.1.50")).isFalse();
  }

  /** With the first address of a network the kernel takes all others of it away. */
  @Test
  void leaveTheVirtualAddressWhenAReloadRemovesTheFirstOfItsNetwork() {
    Host host = host();
    host.run("ip", "address", "flush", "dev", Lab.INTERFACE);
    host.run("sh", "-c", "echo 0 > /proc/sys/net/ipv4/conf/eth0/promote_secondaries");
    host.run("sh", "-c", "echo 0 > /proc/sys/net/ipv4/conf/all/promote_secondaries");
    String text = "static_ipaddress {\n%s\n}\n" + Texts.instance(255, "advert_int 10");
    VipdNode vipd =
        VipdNode.start(host, text.formatted("10.66.0.1/24 dev eth0\n10.66.0.3/24 dev eth0"));
    vipd.awaitState("MASTER");
    Await.until("the address is there", () -> host.hasAddress(Texts.VIP));
    AddressMonitor monitor = new AddressMonitor(host);
    vipd.reload(text.formatted("10.66.0.3/24 dev eth0"));
    Await.until("it is gone", () -> !host.hasAddress("10.66.0.1"));
    vipd.awaitLog("as generation 2");
    assertThat(monitor.holdings(Texts.VIP))
        .as(vipd.log())
        .allMatch(it -> it.toNanos() == Long.MAX_VALUE);
    assertThat(vipd.state()).isEqualTo("MASTER");
    assertThat(vipd.log()).doesNotContain("FAULT", "put back");
    assertThat(host.run("cat", "/proc/sys/net/ipv4/conf/eth0/promote_secondaries").strip())
        .isEqualTo("0");
  }

  /** Both bear the same mark. */
  @Test
  void areOfOneOfTwoDaemons() {
    Host host = host();
    VipdNode first = started(host, kernel(host));
    VipdNode second =
        VipdNode.attach(
            host,
            host.file("other.conf", BACKUP.replace("virtual_router_id 66", "virtual_router_id 67")),
            host.home().resolve("run2"));
    second.restart();
    second.awaitState("BACKUP");
    // a process that is killed while it asks for one does not know yet whose it is
    second.awaitLog(
        "from 10.76.0.0/16 table 100 priority 16384 is not installed",
        "it is there already, another vipd on this host");
    second.process().kill();
    assertThat(second.release("release").awaitExit()).isZero();
    assertThat(kernel(host)).contains("10.66.0.50/24", "10.66.1.50", "90:\tfrom 10.66.0.50");
    second.restart();
    second.awaitState("BACKUP");
    second.stop();
    assertThat(kernel(host)).contains("10.66.0.50/24", "10.66.1.50", "90:\tfrom 10.66.0.50");
    assertThat(first.log()).doesNotContain("put back");
    first.stop();
    assertThat(host.hasAddress("10.66.0.50")).isFalse();
  }

  @Test
  void areReadFromYamlToo() {
    Host host = host();
    String before = kernel(host);
    String text =
        """
        static:
          addresses:
            - address: 10.66.0.50/24
              device: eth0
          routes:
            - words: 10.70.0.0/16 via 10.66.0.254
              device: eth0
          rules:
            - words: from 10.66.0.50 priority 90
              table: 100
        """;
    VipdNode vipd = VipdNode.start(host, "vipd.yaml", text);
    Await.until("the rule is there", () -> kernel(host).contains("90:\tfrom 10.66.0.50"));
    assertThat(kernel(host)).contains("10.66.0.50/24", "10.70.0.0/16 via 10.66.0.254");
    assertThat(vipd.log()).doesNotContain("not yet effective");
    vipd.stop();
    assertThat(kernel(host)).isEqualTo(before);
  }
}
