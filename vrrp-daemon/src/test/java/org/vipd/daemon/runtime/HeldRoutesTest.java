package org.vipd.daemon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.vipd.daemon.config.Prefix;
import org.vipd.daemon.config.RoutingEntry;
import org.vipd.daemon.config.VirtualRoute;
import org.vipd.daemon.testkit.Configurations;
import org.vipd.daemon.testkit.FakeHost;
import org.vipd.daemon.testkit.Packets;

class HeldRoutesTest {

  private static final String FIRST = "10.1.0.0/16 via 10.0.0.1 dev eth0";
  private static final String SECOND = "0.0.0.0/0 via 10.0.0.1";

  private static String configuration(String... routes) {
    return Configurations.instance(100, "virtual_routes {", String.join("\n", routes), "}");
  }

  private static FakeHost active(String... routes) {
    return FakeHost.active(configuration(routes));
  }

  private static List<String> effects(FakeHost host) {
    return host.trace.lines().stream()
        .filter(
            line ->
                line.startsWith("install")
                    || line.startsWith("remove")
                    || line.startsWith("announce"))
        .toList();
  }

  @Test
  void installsRoutesInTheirOrderAfterTheAddressesAndBeforeTheAnnouncement() {
    FakeHost host = active(FIRST, SECOND);
    assertThat(host.routes.prepared()).containsExactly(FIRST, SECOND);
    List<String> lines = effects(host);
    assertThat(lines.subList(0, 2))
        .containsExactly(
            "install 10.0.0.100/32 on eth0", "install route " + FIRST + ", route " + SECOND);
    assertThat(lines.get(2)).startsWith("announce");
    assertThat(host.routes.all()).containsExactly(FIRST, SECOND);
    assertThat(host.instance().heldRoutes()).containsExactly(FIRST, SECOND);
    assertThat(host.instance().routes()).containsExactly(FIRST, SECOND);
  }

  @Test
  void asksForNothingWithoutRoutes() {
    FakeHost host = new FakeHost(Configurations.instance(100)).start();
    host.runSeconds(20);
    assertThat(host.trace.lines()).noneMatch(line -> line.contains("route"));
  }

  @Test
  void removesRoutesBeforeAddressesTheLastOneFirst() {
    FakeHost host = active(FIRST, SECOND);
    host.hear("10.0.0.3", Packets.advertisement(51, 200));
    assertThat(host.instance().state()).isEqualTo("BACKUP");
    List<String> lines = effects(host);
    assertThat(lines.subList(lines.size() - 2, lines.size()))
        .containsExactly(
            "remove route " + SECOND + ", route " + FIRST, "remove 10.0.0.100/32 on eth0");
    assertThat(host.routes.all()).isEmpty();
    assertThat(host.instance().heldRoutes()).isEmpty();
  }

  @Test
  void leavesARouteThatWasThereBeforeAndSaysSoOnce() {
    FakeHost host = new FakeHost(configuration(FIRST, SECOND)).start();
    host.routes.put(SECOND);
    host.runSeconds(20);
    assertThat(host.instance().state()).isEqualTo("MASTER");
    assertThat(host.instance().heldRoutes()).containsExactly(FIRST);
    assertThat(host.journal.messages())
        .filteredOn(it -> it.contains("is left alone"))
        .containsExactly(
            "warn VI_1: route "
                + SECOND
                + " is not installed: there is one already with this table, destination and"
                + " metric, which somebody else added; it is left alone");
    host.stop();
    assertThat(host.routes.all()).containsExactly(SECOND + " of an operator");
  }

  @Test
  void takesThePlaceOfARouteThatGoesAway() {
    FakeHost host = new FakeHost(configuration(SECOND)).start();
    host.routes.put(SECOND);
    host.runSeconds(4);
    host.routes.drop(SECOND);
    host.runSeconds(6);
    assertThat(host.instance().heldRoutes()).containsExactly(SECOND);
    assertThat(host.instance().counters()).containsEntry("routes-restored", 0L);
  }

  @Test
  void staysActiveWhenTheKernelRefusesARouteAndAsksAgain() {
    FakeHost host = new FakeHost(configuration(FIRST, SECOND)).start();
    host.routes.refuse(SECOND, "ENETUNREACH (Network is unreachable)");
    host.runSeconds(4);
    assertThat(host.instance().state()).isEqualTo("MASTER");
    assertThat(host.instance().heldRoutes()).containsExactly(FIRST);
    assertThat(host.journal.messages())
        .contains(
            "error VI_1: cannot install route "
                + SECOND
                + ": ENETUNREACH (Network is unreachable)");
    host.routes.permit(SECOND);
    host.runSeconds(6);
    assertThat(host.instance().heldRoutes()).containsExactlyInAnyOrder(FIRST, SECOND);
  }

  @Test
  void putsBackARouteThatAnotherProgramRemoves() {
    FakeHost host = active(FIRST, SECOND);
    host.routes.take(FIRST);
    host.run(50_000_000L);
    assertThat(host.routes.all()).contains(FIRST);
    assertThat(host.instance().state()).isEqualTo("MASTER");
    assertThat(host.instance().counters()).containsEntry("routes-restored", 1L);
    assertThat(host.journal.messages())
        .contains("warn VI_1: route " + FIRST + " was gone and is put back");
  }

  @Test
  void doesNotPutBackWhatIsNotTracked() {
    FakeHost host = active(FIRST + " no_track");
    host.routes.take(FIRST);
    host.runSeconds(11);
    assertThat(host.routes.all()).isEmpty();
  }

  @Test
  void findsWhatTheKernelDroppedWithoutAWord() {
    FakeHost host = active(FIRST);
    host.routes.drop(FIRST);
    host.runSeconds(6);
    assertThat(host.routes.all()).containsExactly(FIRST);
    host.routes.drop(FIRST);
    host.interfaces.putLink(3, "eth1", true);
    host.settle();
    assertThat(host.routes.all()).containsExactly(FIRST);
  }

  /** With each address that is put back the kernel may have dropped a route. */
  @Test
  void asksOnceForTheRoutesOfManyAddressesThatAreFlushed() {
    List<String> all = IntStream.rangeClosed(101, 150).mapToObj(i -> "10.0.0." + i).toList();
    FakeHost host =
        new FakeHost(configuration(FIRST).replace("10.0.0.100", String.join("\n", all))).start();
    host.runSeconds(5.5);
    host.trace.take();
    all.forEach(it -> host.interfaces.takeAddress(2, it + "/32"));
    host.routes.drop(FIRST);
    host.run(50_000_000L);
    assertThat(all).allMatch(host.interfaces::has);
    assertThat(effects(host)).containsOnlyOnce("install route " + FIRST);
    assertThat(host.routes.all()).containsExactly(FIRST);
  }

  @Test
  void yieldsWhenAnotherProgramKeepsRemovingARoute() {
    FakeHost host = active(FIRST);
    for (int i = 0; i < 6; i++) {
      host.routes.take(FIRST);
      host.run(50_000_000L);
    }
    assertThat(host.instance().state()).isEqualTo("FAULT");
    assertThat(host.instance().reason())
        .contains("another program keeps removing route " + FIRST + "; next attempt in 1 min");
    assertThat(host.interfaces.has("10.0.0.100")).isFalse();
    host.runSeconds(70);
    assertThat(host.instance().state()).isEqualTo("MASTER");
    assertThat(host.routes.all()).containsExactly(FIRST);
  }

  @Test
  void takesNoNoticeOfTheSameDestinationInAnotherTableOrWithAnotherMetric() {
    String ours = FIRST + " table 7 metric 5";
    FakeHost host = active(FIRST, ours);
    host.trace.take();
    for (int i = 0; i < 6; i++) {
      host.routes.take(FIRST + " table 8");
      host.routes.take(FIRST + " metric 9");
      host.routes.take(FIRST + " table 7 metric 6");
      host.run(50_000_000L);
    }
    assertThat(effects(host)).noneMatch(it -> it.startsWith("install"));
    assertThat(host.instance().state()).isEqualTo("MASTER");
    host.routes.take(ours);
    host.run(50_000_000L);
    assertThat(effects(host)).contains("install route " + ours);
  }

  @Test
  void knowsATableByItsNameAndItsNumber() {
    String ours = FIRST + " table vpn";
    FakeHost host = new FakeHost(configuration(ours));
    host.routes.name("7", "vpn");
    host.start();
    host.runSeconds(4);
    host.routes.take(FIRST + " table 8");
    host.run(50_000_000L);
    assertThat(host.instance().counters()).containsEntry("routes-restored", 0L);
    host.routes.take(ours);
    host.run(50_000_000L);
    assertThat(host.instance().counters()).containsEntry("routes-restored", 1L);
  }

  @Test
  void knowsWhatTheKernelGivesToAnIpv6RouteWithoutAMetric() {
    VirtualRoute route = VirtualRoute.parse("2001:db8:7::/48 dev eth0").orElseThrow();
    Prefix destination = new Prefix(route.destination(), route.prefixLength());
    assertThat(route.losses())
        .containsExactly(
            new RoutingEntry.Loss.OfRoute(destination, "254", 0),
            new RoutingEntry.Loss.OfRoute(destination, "254", 1024));
  }

  /** {@code ip route flush} takes one after the other. */
  @Test
  void countsOnceWhatIsRemovedInOneMoment() {
    String[] routes = new String[8];
    for (int i = 0; i < routes.length; i++) {
      routes[i] = "10." + (i + 1) + ".0.0/16 via 10.0.0.1 dev eth0 table 7";
    }
    FakeHost host = active(routes);
    host.trace.take();
    for (int time = 0; time < 5; time++) {
      for (String route : routes) {
        host.routes.take(route);
      }
      host.run(50_000_000L);
      assertThat(host.routes.all()).containsExactly(routes);
    }
    assertThat(host.instance().state()).isEqualTo("MASTER");
    assertThat(effects(host))
        .filteredOn(it -> it.startsWith("install"))
        .containsOnly("install route " + String.join(", route ", routes))
        .hasSize(5);
    host.routes.take(routes[0]);
    host.run(50_000_000L);
    assertThat(host.instance().state()).isEqualTo("FAULT");
  }

  @Test
  void takesAnInterfaceThatComesAndGoesForNobodysFault() {
    String route = "10.3.0.0/16 dev eth9";
    FakeHost host = new FakeHost(configuration(route)).start();
    host.interfaces.putLink(9, "eth9", true);
    host.runSeconds(4);
    for (int i = 0; i < 8; i++) {
      host.routes.take(route);
      host.interfaces.putLink(9, "eth9", false);
      host.routes.refuse(route, "ENETDOWN");
      host.run(50_000_000L);
      host.routes.permit(route);
      host.interfaces.putLink(9, "eth9", true);
      host.run(50_000_000L);
      assertThat(host.routes.all()).containsExactly(route);
    }
    assertThat(host.instance().state()).isEqualTo("MASTER");
  }

  @Test
  void changesOnlyTheRoutesThatDiffer() {
    FakeHost host = active(FIRST, SECOND);
    String other = "10.2.0.0/16 via 10.0.0.1";
    String text = configuration(FIRST, other);
    assertThat(host.plan(text).changes())
        .containsExactly("VI_1: removes route " + SECOND + "; installs route " + other);

    int before = host.trace.lines().size();
    host.reload(text);
    List<String> lines = host.trace.lines().subList(before, host.trace.lines().size());
    assertThat(lines.get(0)).isEqualTo("remove route " + SECOND);
    assertThat(lines).noneMatch(it -> it.contains("10.0.0.100") && !it.startsWith("install route"));
    assertThat(host.routes.all()).containsExactly(FIRST, other);
    assertThat(host.instance().heldRoutes()).containsExactly(FIRST, other);
  }

  @Test
  void waitsForTheInterfaceOfARoute() {
    FakeHost host = active("10.3.0.0/16 dev eth9");
    assertThat(host.journal.messages())
        .contains(
            "error VI_1: cannot install route 10.3.0.0/16 dev eth9: there is no interface eth9; it"
                + " is installed when there is");
    host.interfaces.putLink(9, "eth9", true);
    host.settle();
    assertThat(host.routes.all()).containsExactly("10.3.0.0/16 dev eth9");
  }

  /** The loop must not be held for long, nor one line written for each. */
  @Test
  void putsBackManyInPortionsThatCountOnce() {
    List<String> routes =
        IntStream.range(0, 2 * HeldRoutes.PORTION + 1)
            .mapToObj(
                i -> "10.%d.%d.0/24 via 10.0.0.1 dev eth0 table 7".formatted(1 + i / 256, i % 256))
            .toList();
    FakeHost host = new FakeHost(configuration(routes.toArray(String[]::new))).start();
    host.runSeconds(4);
    for (int time = 0; time < 5; time++) {
      host.trace.take();
      routes.forEach(host.routes::take);
      host.run(50_000_000L);
      assertThat(host.routes.all()).hasSameSizeAs(routes);
      assertThat(host.trace.take().stream().filter(it -> it.startsWith("install")))
          .hasSize(3)
          .allMatch(it -> it.split("route ", -1).length - 1 <= HeldRoutes.PORTION);
    }
    assertThat(host.instance().state()).isEqualTo("MASTER");
    assertThat(host.instance().counters()).containsEntry("routes-restored", 5L * routes.size());
    assertThat(host.journal.messages())
        .filteredOn(it -> it.contains("put back"))
        .hasSize(15)
        .contains(
            "warn VI_1: route " + routes.get(0) + " and 255 others were gone and are put back");
    host.routes.take(routes.get(0));
    host.run(50_000_000L);
    assertThat(host.instance().state()).isEqualTo("FAULT");
  }

  /** It begins again as long as it finds one, so what comes back too early is removed again. */
  @Test
  void waitsForTheEndOfAFlush() {
    List<String> routes =
        IntStream.range(0, 200)
            .mapToObj(i -> "10.1.%d.0/24 via 10.0.0.1 dev eth0 table 7".formatted(i))
            .toList();
    FakeHost host = new FakeHost(configuration(routes.toArray(String[]::new))).start();
    host.runSeconds(5.5);
    host.trace.take();
    for (String route : routes.subList(63, 200)) {
      host.routes.take(route);
    }
    for (String route : routes.subList(0, 63)) {
      host.routes.take(route);
      host.run(5_000_000L);
    }
    assertThat(host.trace.take()).noneMatch(it -> it.startsWith("install"));
    host.run(30_000_000L);
    assertThat(host.routes.all()).hasSize(200);
    assertThat(host.instance().counters()).containsEntry("routes-restored", 200L);
    assertThat(host.instance().state()).isEqualTo("MASTER");
  }

  /** The kernel does not tell all that it drops, so all are asked for, again and again. */
  @Test
  void asksForManyInPortions() {
    List<String> routes =
        IntStream.range(0, 2 * HeldRoutes.PORTION + 1)
            .mapToObj(i -> "10.%d.%d.0/24 via 10.0.0.1".formatted(1 + i / 256, i % 256))
            .toList();
    FakeHost host = new FakeHost(configuration(routes.toArray(String[]::new))).start();
    for (double seconds : new double[] {4.5, 4.5, 5}) {
      host.runSeconds(seconds);
      assertThat(host.trace.take().stream().filter(it -> it.startsWith("install route")))
          .hasSize(3)
          .allMatch(it -> it.split("route ", -1).length - 1 <= HeldRoutes.PORTION);
      assertThat(host.instance().heldRoutes()).containsExactlyElementsOf(routes);
    }
    host.routes.drop(routes.get(300));
    host.runSeconds(5);
    assertThat(host.routes.all()).hasSameSizeAs(routes);
    host.stop();
    assertThat(host.routes.all()).isEmpty();
  }

  /** The reports of thousands are read in many turns of the loop. */
  @Test
  void countsOnceWhatGoesOneAfterTheOtherWithinASecond() {
    String[] routes = new String[12];
    for (int i = 0; i < routes.length; i++) {
      routes[i] = "10." + (i + 1) + ".0.0/16 via 10.0.0.1 dev eth0 table 7";
    }
    FakeHost host = new FakeHost(configuration(routes)).start();
    host.runSeconds(4);
    for (String route : routes) {
      host.routes.take(route);
      host.run(50_000_000L);
    }
    assertThat(host.routes.all()).hasSize(routes.length);
    assertThat(host.instance().state()).isEqualTo("MASTER");
    for (int time = 0; time < 5; time++) {
      host.routes.take(routes[0]);
      host.run(50_000_000L);
    }
    assertThat(host.instance().state()).isEqualTo("FAULT");
  }
}
