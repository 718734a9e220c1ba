package org.vipd.daemon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.vipd.daemon.testkit.FakeHost;
import org.vipd.daemon.testkit.Packets;

/** Addresses, routes and rules that are there whatever the state of the instances. */
class StaticEntriesTest extends StaticScene {

  @Test
  void areInstalledAtTheStartInTheOrderInWhichTheyNeedEachOther() {
    FakeHost host = started(ADDRESS, ROUTE, RULE);
    assertThat(host.instance().state()).isEqualTo("BACKUP");
    assertThat(effects(host))
        .containsExactly(
            "install 10.0.0.50/24 on eth0", "install route " + ROUTE + ", rule " + RULE);
    assertThat(host.routes.listened()).containsExactly(ROUTE, RULE);
    assertThat(host.status().statics().entries())
        .containsExactly("address 10.0.0.50/24 dev eth0", "route " + ROUTE, "rule " + RULE)
        .isEqualTo(host.status().statics().held());
  }

  @Test
  void stayWhateverTheInstanceDoes() {
    FakeHost host = started(ADDRESS, ROUTE, RULE);
    host.runSeconds(4);
    assertThat(host.instance().state()).isEqualTo("MASTER");
    host.hear("10.0.0.3", Packets.advertisement(51, 200));
    assertThat(host.instance().state()).isEqualTo("BACKUP");
    assertThat(host.interfaces.has("10.0.0.50")).isTrue();
    assertThat(host.routes.all()).containsExactly(ROUTE, RULE);
  }

  @Test
  void areRemovedAtTheStopTheLastOneFirst() {
    FakeHost host = started(ADDRESS, ROUTE, RULE);
    host.trace.take();
    host.stop();
    assertThat(effects(host))
        .containsExactly("remove rule " + RULE + ", route " + ROUTE, "remove 10.0.0.50/24 on eth0");
    assertThat(host.interfaces.has("10.0.0.2")).isTrue();
  }

  @Test
  void areAllPutBackWhenAllAreFlushed() {
    String all =
        IntStream.rangeClosed(51, 60)
            .mapToObj(i -> "10.0.0." + i + "/24")
            .collect(Collectors.joining("\n"));
    FakeHost host = started(all, ROUTE, RULE);
    host.runSeconds(1);
    IntStream.rangeClosed(51, 60)
        .forEach(i -> host.interfaces.takeAddress(2, "10.0.0." + i + "/24"));
    host.runSeconds(0.1);
    assertThat(IntStream.rangeClosed(51, 60).filter(i -> host.interfaces.has("10.0.0." + i)))
        .hasSize(10);
    assertThat(counter(host, "static-addresses-restored")).isEqualTo(10);
  }

  @Test
  void areAskedForOnceWhenTheyAreNamedTwice() {
    FakeHost host = started(ADDRESS, ROUTE + "\n" + ROUTE, RULE + "\n" + RULE);
    assertThat(effects(host)).contains("install route " + ROUTE + ", rule " + RULE);
    assertThat(host.status().statics().held())
        .containsExactly("address 10.0.0.50/24 dev eth0", "route " + ROUTE, "rule " + RULE);
    assertThat(String.join("\n", host.journal.messages())).doesNotContain("left alone");
    host.stop();
    assertThat(host.routes.all()).isEmpty();
  }

  @Test
  void arePutBackTogetherAndCountOnceWhenManyGoInOneMoment() {
    List<String> routes =
        IntStream.rangeClosed(1, 8).mapToObj(i -> "10." + i + ".0.0/16 via 10.0.0.1").toList();
    FakeHost host = started(ADDRESS, String.join("\n", routes), RULE);
    host.trace.take();
    for (int time = 0; time < 5; time++) {
      routes.forEach(host.routes::take);
      host.run(50_000_000L);
      assertThat(host.routes.all()).containsAll(routes);
      assertThat(effects(host)).containsExactly("install route " + String.join(", route ", routes));
    }
    assertThat(String.join("\n", host.journal.messages())).doesNotContain("not put back");
    host.routes.take(routes.get(0));
    host.run(50_000_000L);
    assertThat(String.join("\n", host.journal.messages()))
        .contains("static routes and rules are not put back: another program keeps removing");
  }

  @Test
  void arePutBackWithin50Milliseconds() {
    FakeHost host = started(ADDRESS, ROUTE, RULE);
    host.interfaces.takeAddress(2, ADDRESS);
    host.routes.take(ROUTE);
    host.routes.take(RULE);
    host.runSeconds(0.05);
    assertThat(host.interfaces.has("10.0.0.50")).isTrue();
    assertThat(host.routes.all()).containsExactlyInAnyOrder(ROUTE, RULE);
    assertThat(counter(host, "static-addresses-restored")).isEqualTo(1);
    assertThat(counter(host, "static-routes-restored")).isEqualTo(2);
    assertThat(host.journal.messages())
        .contains("warn static address 10.0.0.50/24 on eth0 was gone and is put back");
  }

  @Test
  void areNotPutBackWhenNobodyWatchesThem() {
    FakeHost host = started(ADDRESS + " no_track", ROUTE + " no_track", RULE + " no_track");
    host.interfaces.takeAddress(2, ADDRESS);
    host.routes.take(ROUTE);
    host.routes.take(RULE);
    host.runSeconds(11);
    assertThat(host.interfaces.has("10.0.0.50")).isFalse();
    assertThat(host.routes.all()).isEmpty();
  }

  @Test
  void arePutBackFiveTimesAMinuteAndThenWait() {
    FakeHost host = started(ADDRESS, ROUTE, RULE);
    for (int i = 0; i < 6; i++) {
      host.interfaces.takeAddress(2, ADDRESS);
      host.routes.take(ROUTE);
      host.runSeconds(0.05);
    }
    host.runSeconds(30);
    assertThat(host.interfaces.has("10.0.0.50")).isFalse();
    assertThat(host.routes.all()).containsExactly(RULE);
    assertThat(counter(host, "static-addresses-restored")).isEqualTo(5);
    assertThat(host.journal.messages())
        .contains(
            "warn static address 10.0.0.50/24 on eth0 is not put back: another program keeps"
                + " removing it; next attempt in 1 min",
            "warn static routes and rules are not put back: another program keeps removing route "
                + ROUTE
                + "; next attempt in 1 min");
    assertThat(host.instance().state()).isEqualTo("MASTER");
    host.runSeconds(40);
    assertThat(host.interfaces.has("10.0.0.50")).isTrue();
    assertThat(host.routes.all()).containsExactlyInAnyOrder(ROUTE, RULE);
  }

  @Test
  void comeBackWithTheirInterface() {
    FakeHost host = started(ADDRESS + "\n10.3.0.1/24 dev eth1", ROUTE, RULE);
    assertThat(host.journal.messages())
        .contains(
            "error cannot install static address 10.3.0.1/24 on eth1: there is no interface eth1;"
                + " it is installed when there is");
    host.runSeconds(20);
    assertThat(host.journal.messages())
        .filteredOn(it -> it.contains("there is no interface"))
        .hasSize(1);
    host.interfaces.putLink(3, "eth1", true);
    host.settle();
    assertThat(host.interfaces.has("10.3.0.1")).isTrue();
    host.interfaces.removeLink(3);
    host.settle();
    host.interfaces.putLink(4, "eth1", true);
    host.settle();
    assertThat(host.interfaces.has("10.3.0.1")).isTrue();
  }

  @Test
  void leaveAnInterfaceThatHasAnotherNameNow() {
    FakeHost host = new FakeHost(configuration("10.3.0.1/24 dev eth1", ROUTE, RULE));
    host.interfaces.putLink(3, "eth1", true);
    host.start();
    assertThat(host.interfaces.has("10.3.0.1")).isTrue();
    host.interfaces.putLink(3, "lan", true);
    host.settle();
    assertThat(host.interfaces.has("10.3.0.1")).isFalse();
    host.interfaces.putLink(4, "eth1", true);
    host.runSeconds(0.05);
    assertThat(host.interfaces.has("10.3.0.1")).isTrue();
  }

  @Test
  void sayWhatTheKernelRefusesOnceAndAskAgain() {
    FakeHost host = new FakeHost(configuration(ADDRESS, ROUTE, RULE));
    host.interfaces.refuse("10.0.0.50", "EACCES");
    host.routes.refuse(ROUTE, "ENETUNREACH");
    host.start();
    host.runSeconds(30);
    assertThat(host.journal.messages())
        .filteredOn(it -> it.startsWith("error"))
        .containsExactlyInAnyOrder(
            "error 10.0.0.50/24: EACCES",
            "error static: cannot install route " + ROUTE + ": ENETUNREACH");
    host.interfaces.permit("10.0.0.50");
    host.routes.permit(ROUTE);
    host.runSeconds(6);
    assertThat(host.interfaces.has("10.0.0.50")).isTrue();
    assertThat(host.routes.all()).contains(ROUTE);
  }

  @Test
  void changeOnAReloadAndOnlyWhatDiffers() {
    FakeHost host = started(ADDRESS + "\n10.0.0.51/24", ROUTE, RULE);
    host.trace.take();
    host.reload(configuration("10.0.0.51/24\n10.0.0.52/24", ROUTE, RULE.replace("100", "90")));
    host.settle();
    assertThat(effects(host))
        .contains(
            "remove rule " + RULE, "remove 10.0.0.50/24 on eth0", "install 10.0.0.52/24 on eth0")
        .noneMatch(it -> it.contains("10.0.0.51") || it.startsWith("remove route"));
    assertThat(host.interfaces.has("10.0.0.50")).isFalse();
    assertThat(host.routes.all()).containsExactlyInAnyOrder(ROUTE, RULE.replace("100", "90"));
    assertThat(host.instance().state()).isEqualTo("BACKUP");
  }

  @Test
  void stayOnAReloadThatIsRefused() {
    FakeHost host = started(ADDRESS, ROUTE, RULE);
    host.trace.take();
    host.reload("vrrp_instance VI_1 {");
    assertThat(effects(host)).isEmpty();
    assertThat(host.interfaces.has("10.0.0.50")).isTrue();
  }

  @Test
  void leaveAVirtualAddressToTheElection() {
    FakeHost host = started("10.0.0.100/24", ROUTE, RULE);
    assertThat(host.interfaces.has("10.0.0.100")).isFalse();
    assertThat(host.journal.messages())
        .contains(
            "warn static address 10.0.0.100/24 is a virtual address, too: it is not installed as"
                + " a static one");
  }

  @Test
  void needNoInstance() {
    FakeHost host = new FakeHost(statics(ADDRESS, ROUTE, RULE)).start();
    assertThat(host.interfaces.has("10.0.0.50")).isTrue();
    assertThat(host.routes.all()).containsExactly(ROUTE, RULE);
    assertThat(host.journal.messages()).noneMatch(it -> it.contains("holds no address"));
    host.stop();
    assertThat(host.interfaces.has("10.0.0.50")).isFalse();
  }

  @Test
  void comeInPortionsWhenThereAreMany() {
    String many =
        String.join("\n", IntStream.range(0, 150).mapToObj(i -> "10.4.0." + i + "/32").toList());
    FakeHost host = started(many, ROUTE, RULE);
    List<String> installs = effects(host);
    assertThat(installs.subList(0, 4))
        .extracting(it -> it.split(",").length)
        .containsExactly(StaticEntries.PORTION, StaticEntries.PORTION, 22, 2);
    assertThat(host.interfaces.has("10.4.0.149")).isTrue();
  }

  @Test
  void comeInSmallerPortionsWhenTheKernelIsSlow() {
    String many =
        String.join("\n", IntStream.range(1, 300).mapToObj(i -> "2001:db8::" + i + "/64").toList());
    FakeHost host = new FakeHost(configuration(many, ROUTE, RULE));
    host.interfaces.slowDown(host.clock, 1_000_000L);
    host.start();
    assertThat(host.interfaces.longestCallNanos()).isBetween(1_000_000L, 20_000_000L);
    assertThat(host.interfaces.has("2001:db8::299")).isTrue();
    assertThat(host.routes.all()).containsExactly(ROUTE, RULE);
  }

  @Test
  void areFoundAgainAfterReportsWereLost() {
    FakeHost host = started(ADDRESS, ROUTE, RULE);
    host.interfaces.loseReports(true);
    host.interfaces.takeAddress(2, ADDRESS);
    host.interfaces.loseReports(false);
    host.interfaces.askToResynchronize();
    host.settle();
    assertThat(host.interfaces.has("10.0.0.50")).isTrue();
  }
}
