package org.vipd.daemon.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Routes that go with the addresses, in the kernel's tables. */
@Execution(ExecutionMode.CONCURRENT)
class RoutesIT extends LabTest {

  private static final String ROUTES =
      """
      virtual_routes {
        0.0.0.0/0 via 10.66.0.9 dev eth0
        192.0.2.0/24 dev eth0 scope link
        198.51.100.0/24 via 10.66.0.9 src 10.66.0.100 metric 7 mtu 1400
        blackhole 203.0.113.0/24
        2001:db8:7::/48 dev eth0
      }
      """;

  private static String table(Host host, String table) {
    return host.run("ip", "-N", "route", "show", "table", table);
  }

  private static String routes(Host host) {
    return host.run("ip", "route", "show", "proto", "18")
        + host.run("ip", "-6", "route", "show", "proto", "18");
  }

  @Test
  void hasRoutesWhileItIsActive() {
    Host host = host();
    VipdNode vipd = VipdNode.start(host, Texts.instance(255, ROUTES));
    vipd.awaitState("MASTER");
    assertThat(routes(host))
        .contains(
            "default via 10.66.0.9 dev eth0",
            "192.0.2.0/24 dev eth0 scope link",
            "198.51.100.0/24 via 10.66.0.9 dev eth0 src 10.66.0.100 metric 7 mtu 1400",
            "blackhole 203.0.113.0/24",
            "2001:db8:7::/48 dev eth0 metric 1024");
    assertThat(vipd.ask("status")).contains("routes      0.0.0.0/0 via 10.66.0.9 dev eth0, ");
    assertThat(vipd.instance().orElseThrow().getAsJsonArray("heldRoutes")).hasSize(5);
    assertThat(vipd.stop()).isZero();
    assertThat(routes(host)).isBlank();
    assertThat(host.hasAddress(Texts.VIP)).isFalse();
    assertThat(vipd.log()).doesNotContain("cannot", "Exception");
  }

  @Test
  void releasesWhatAKilledDaemonLeftAndNothingElse() {
    Host host = host();
    host.run("ip", "route", "add", "192.0.2.128/25", "dev", "eth0", "proto", "18");
    VipdNode vipd = VipdNode.start(host, Texts.instance(255, ROUTES));
    vipd.awaitState("MASTER");
    vipd.process().kill();
    assertThat(routes(host)).contains("default via 10.66.0.9", "192.0.2.0/24");
    Launched release = vipd.release("release");
    assertThat(release.awaitExit()).as(release.output()).isZero();
    assertThat(release.output())
        .contains("removed route 0.0.0.0/0 via 10.66.0.9 dev eth0: left over from a former run");
    assertThat(routes(host).strip()).isEqualTo("192.0.2.128/25 dev eth0 scope link");
  }

  /** A keepalived of before has them with the same protocol, so the kernel cannot tell. */
  @Test
  void releasesNoRouteAndNoRuleThatWasThereBefore() {
    Host host = host();
    host.run("ip", "route", "add", "192.0.2.0/24", "dev", "eth0", "proto", "18");
    host.run(
        "ip", "rule", "add", "from", "10.66.0.100", "table", "1", "pref", "100", "proto", "18");
    String rules = "virtual_rules {\nfrom 10.66.0.100/32 table 1 priority 100\n}\n";
    VipdNode vipd = VipdNode.start(host, Texts.instance(255, ROUTES + rules));
    vipd.awaitState("MASTER");
    Await.until("both are left alone", () -> vipd.log().split("left alone", -1).length == 3);
    vipd.process().kill();
    Launched release = vipd.release("release");
    assertThat(release.awaitExit()).as(release.output()).isZero();
    assertThat(routes(host).strip()).isEqualTo("192.0.2.0/24 dev eth0 scope link");
    assertThat(host.run("ip", "rule", "show")).contains("from 10.66.0.100 lookup 1");
  }

  @Test
  void removesAtTheNextStartWhatItsConfigurationNamesNoMore() {
    Host host = host();
    VipdNode vipd = VipdNode.start(host, Texts.instance(255, ROUTES));
    vipd.awaitState("MASTER");
    vipd.process().kill();
    vipd.replaceConfiguration(Texts.instance(255, ""));
    vipd.restart();
    vipd.awaitState("MASTER");
    assertThat(routes(host)).isBlank();
  }

  @Test
  void putsBackWhatAnotherProgramRemoves() {
    Host host = host();
    VipdNode vipd = VipdNode.start(host, Texts.instance(255, ROUTES));
    vipd.awaitState("MASTER");
    host.run("ip", "route", "del", "192.0.2.0/24", "dev", "eth0");
    Await.until("the route is back", () -> routes(host).contains("192.0.2.0/24"));
    host.run("ip", "-6", "route", "del", "2001:db8:7::/48", "dev", "eth0");
    Await.until("the route is back", () -> routes(host).contains("2001:db8:7::/48"));
    vipd.awaitLog("route 192.0.2.0/24 dev eth0 was gone and is put back", "route 2001:db8:7::/48");
    assertThat(vipd.counter("routes-restored")).isEqualTo(2);
    assertThat(vipd.state()).isEqualTo("MASTER");
    vipd.stop();
    assertThat(routes(host)).isBlank();
  }

  @Test
  void takesNoNoticeOfTheSameDestinationInAnotherTable() {
    Host host = host();
    VipdNode vipd = VipdNode.start(host, Texts.instance(255, ROUTES));
    vipd.awaitState("MASTER");
    for (int i = 0; i < 8; i++) {
      for (String what : new String[] {"add", "del"}) {
        host.run("ip", "route", what, "192.0.2.0/24", "dev", "eth0", "table", "77", "proto", "18");
      }
    }
    // what is lost is looked at in order: ours comes after the others
    host.run("ip", "route", "del", "198.51.100.0/24", "metric", "7");
    Await.until("the route is back", () -> routes(host).contains("198.51.100.0/24"));
    assertThat(vipd.state()).isEqualTo("MASTER");
    assertThat(vipd.log()).doesNotContain("keeps removing", "192.0.2.0/24 dev eth0 was gone");
    vipd.stop();
  }

  @Test
  void putsBackAtOnceWhatIsFlushedAndCountsItOnce() {
    Host host = host();
    StringBuilder routes = new StringBuilder("virtual_routes {\n");
    for (int i = 1; i <= 8; i++) {
      routes.append("192.0.2.").append(8 * i).append("/29 dev eth0 table 77\n");
    }
    VipdNode vipd =
        VipdNode.start(host, Texts.instance(255, "advert_int 10\n" + routes.append("}\n")));
    vipd.awaitState("MASTER");
    for (int i = 1; i <= 2; i++) {
      // ip removes one by one until none is left, and would remove again what is put back meanwhile
      vipd.process().signal("STOP");
      host.run("ip", "route", "flush", "table", "77");
      vipd.process().signal("CONT");
      int restored = 8 * i;
      Await.until("all are back", () -> vipd.counter("routes-restored") == restored);
    }
    assertThat(vipd.state()).isEqualTo("MASTER");
    assertThat(table(host, "77").lines()).hasSize(8);
    assertThat(vipd.log()).doesNotContain("keeps removing");
    vipd.stop();
  }

  @Test
  void yieldsWhenAnotherProgramKeepsRemovingARoute() {
    Host host = host();
    VipdNode vipd = VipdNode.start(host, Texts.instance(255, ROUTES));
    vipd.awaitState("MASTER");
    for (int i = 0; i < 5; i++) {
      host.run("ip", "route", "del", "192.0.2.0/24", "dev", "eth0");
      Await.until("the route is back", () -> routes(host).contains("192.0.2.0/24"));
    }
    assertThat(vipd.state()).isEqualTo("MASTER");
    host.run("ip", "route", "del", "192.0.2.0/24", "dev", "eth0");
    vipd.awaitState("FAULT");
    assertThat(routes(host)).isBlank();
    assertThat(host.hasAddress(Texts.VIP)).isFalse();
    vipd.awaitLog("another program keeps removing route 192.0.2.0/24 dev eth0");
  }

  @Test
  void hasThemAgainAfterTheInterfaceWasDown() {
    Host host = host();
    VipdNode vipd = VipdNode.start(host, Texts.instance(255, ROUTES));
    vipd.awaitState("MASTER");
    host.run("ip", "link", "set", "eth0", "down");
    vipd.awaitState("FAULT");
    assertThat(routes(host)).doesNotContain("192.0.2.0");
    host.run("ip", "link", "set", "eth0", "up");
    vipd.awaitState("MASTER");
    Await.until(
        "all routes are back",
        () -> vipd.instance().orElseThrow().getAsJsonArray("heldRoutes").size() == 5);
    assertThat(routes(host)).contains("default via 10.66.0.9", "192.0.2.0/24");
  }

  @Test
  void leavesARouteThatWasThereBefore() {
    Host host = host();
    host.run("ip", "route", "add", "default", "via", "10.66.0.77");
    VipdNode vipd = VipdNode.start(host, Texts.instance(255, ROUTES));
    vipd.awaitState("MASTER");
    assertThat(host.run("ip", "route", "show", "default").strip())
        .isEqualTo("default via 10.66.0.77 dev eth0");
    vipd.awaitLog("is not installed: there is one already");
    vipd.stop();
    assertThat(host.run("ip", "route", "show", "default").strip())
        .isEqualTo("default via 10.66.0.77 dev eth0");
  }

  @Test
  void saysWhatTheKernelRefusesAndStaysActive() {
    Host host = host();
    String text = "virtual_routes {\n192.0.2.0/24 via 10.77.0.1\n198.51.100.0/24 dev eth0\n}";
    VipdNode vipd = VipdNode.start(host, Texts.instance(255, text));
    vipd.awaitState("MASTER");
    assertThat(routes(host)).contains("198.51.100.0/24").doesNotContain("192.0.2.0");
    vipd.awaitLog("lab: cannot install route 192.0.2.0/24 via 10.77.0.1: ENETUNREACH", "onlink");
    host.run("ip", "address", "add", "10.77.0.2/24", "dev", "eth0");
    Await.until("the route is there", () -> routes(host).contains("192.0.2.0/24 via 10.77.0.1"));
  }

  /** As octavia's template for an amphora writes them. */
  @Test
  void installsWhatOctaviaWrites() {
    Host host = host();
    String text =
        """
        virtual_routes {
          10.66.0.0/24 dev eth0 src 10.66.0.100 scope link table 1
          default via 10.66.0.254 dev eth0 onlink table 1
        }
        virtual_rules {
          from 10.66.0.100/32 table 1 priority 100
        }
        """;
    VipdNode vipd = VipdNode.start(host, Texts.instance(255, text));
    vipd.awaitState("MASTER");
    assertThat(table(host, "1"))
        .contains(
            "default via 10.66.0.254 dev eth0 proto 18 onlink",
            "10.66.0.0/24 dev eth0 proto 18 scope 253 src 10.66.0.100");
    vipd.reload(Texts.instance(255, "virtual_routes {\n192.0.2.0/24 dev eth0 table 1\n}"));
    Await.until("the new route is there", () -> table(host, "1").contains("192.0.2.0/24"));
    assertThat(table(host, "1")).doesNotContain("10.66.0");
    vipd.stop();
    assertThat(host.run("sh", "-c", "ip route show table 1 2>&1 || true")).doesNotContain("dev");
  }
}
