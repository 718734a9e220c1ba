package org.vipd.daemon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vipd.daemon.status.InstanceStatus;
import org.vipd.daemon.testkit.Configurations;
import org.vipd.daemon.testkit.FakeHost;
import org.vipd.daemon.testkit.Packets;
import org.vipd.protocol.wire.NoAuthentication;

/**
 * The leases of all routers end in one moment, because the kernel looks for ended ones only once a
 * second.
 */
class CadenceTest {

  private static final long SECOND = 1_000_000_000L;

  /** What the kernel takes together (20 ms), less the ticks in which it counts. */
  private static final long TOGETHER = 10_000_000L;

  /** Routers whose priorities spread their claims over a second. */
  private static String instances(String interval, int... vrids) {
    StringBuilder text = new StringBuilder();
    for (int vrid : vrids) {
      text.append(
          """
          vrrp_instance VI_%1$d {
            interface eth0
            version 3
            virtual_router_id %1$d
            priority %1$d
            advert_int %2$s
            virtual_ipaddress { 10.0.1.%1$d }
          }
          """
              .formatted(vrid, interval));
    }
    return text.toString();
  }

  private static FakeHost host(String configuration) {
    FakeHost host = new FakeHost(configuration);
    host.interfaces.slowDown(host.clock, 0);
    // the claims are not to come at whole seconds by themselves
    host.clock.advance(370_000_000L);
    return host.start();
  }

  private static List<Long> phasesOfEnds(FakeHost host) {
    return host.interfaces.endsNanos().values().stream()
        .map(it -> Math.floorMod(it, SECOND))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({"1, 8", "2, 12", "0.1, 5", "0.2, 5", "0.5, 6", "10, 50"})
  void leasesEndTogetherWheneverTheClaimsWere(String interval, double seconds) {
    FakeHost host = host(instances(interval, 10, 60, 130, 200, 254));
    host.runSeconds(seconds);
    assertThat(phasesOfEnds(host)).hasSize(5).allMatch(it -> it < TOGETHER);
  }

  @Test
  void differentIntervalsEndTogether() {
    FakeHost host = host(instances("1", 10, 60) + instances("2", 130) + instances("0.1", 200, 201));
    host.runSeconds(12);
    assertThat(phasesOfEnds(host)).hasSize(5).allMatch(it -> it < TOGETHER);
  }

  @Test
  void advertisesEarlyOnceAndThenAsOftenAsBefore() {
    FakeHost host = host(instances("1", 100));
    host.runSeconds(3.7);
    assertThat(first(host).state()).isEqualTo("MASTER");
    List<Long> times = new ArrayList<>();
    long sent = sent(host);
    for (long end = host.clock.nanos() + 10 * SECOND; host.clock.nanos() < end; ) {
      host.run(1_000_000L);
      if (sent(host) > sent) {
        sent = sent(host);
        times.add(host.clock.nanos());
      }
    }
    assertThat(times).hasSizeBetween(10, 11);
    for (int i = 1; i < times.size(); i++) {
      assertThat(times.get(i) - times.get(i - 1))
          .isBetween(SECOND - 2_000_000L, SECOND + 2_000_000L);
    }
  }

  private static InstanceStatus first(FakeHost host) {
    return host.status().instances().get(0);
  }

  private static long sent(FakeHost host) {
    return first(host).counters().get("advertisement-sent");
  }

  @Test
  void routersAdvertiseOneAfterAnother() {
    FakeHost host = host(instances("1", 10, 60, 130, 200, 254));
    host.runSeconds(8);
    Map<Long, Integer> perMillisecond = new TreeMap<>();
    for (int i = 0; i < 1000; i++) {
      host.trace.take();
      host.run(1_000_000L);
      int count = (int) host.trace.take().stream().filter(it -> it.startsWith("advertise")).count();
      if (count > 0) {
        perMillisecond.merge(host.clock.nanos() / 1_000_000L, count, Integer::sum);
      }
    }
    assertThat(perMillisecond).hasSize(5).allSatisfy((when, count) -> assertThat(count).isOne());
    assertThat(perMillisecond.keySet()).allMatch(it -> it % 1000 >= 920);
  }

  @Test
  void withoutALeaseItIsLeftAlone() {
    FakeHost host = host(Configurations.instance(100, "vipd_lease off"));
    host.runSeconds(4);
    long sent = sent(host);
    long phase = Math.floorMod(host.clock.nanos(), SECOND);
    host.runSeconds(5);
    assertThat(sent(host)).isEqualTo(sent + 5);
    assertThat(phase).isBetween(100_000_000L, 900_000_000L);
  }

  /** 0.3 s and whole seconds never meet; such routers keep their own time. */
  @ParameterizedTest
  @ValueSource(strings = {"0.3", "1.5"})
  void intervalsThatDoNotFitAreLeftAlone(String interval) {
    FakeHost host = host(instances(interval, 100));
    host.runSeconds(8);
    long sent = sent(host);
    host.runSeconds(15);
    assertThat(sent(host) - sent).isEqualTo(Math.round(15 / Double.parseDouble(interval)));
    assertThat(first(host).state()).isEqualTo("MASTER");
  }

  /** An answer to a rival moves the time of the next advertisement. */
  @Test
  void findsItsPlaceAgainAfterAnAnswer() {
    FakeHost host = host(Configurations.instance(100));
    host.runSeconds(8.2);
    host.hear("10.0.0.3", Packets.version2(50, "10.0.0.3", NoAuthentication.INSTANCE));
    host.runSeconds(1.4);
    host.hear("10.0.0.3", Packets.version2(0, "10.0.0.3", NoAuthentication.INSTANCE));
    host.runSeconds(3);
    assertThat(phasesOfEnds(host)).hasSize(1).allMatch(it -> it < TOGETHER);
  }

  /** A loop that is late once is not late for ever. */
  @Test
  void findsItsPlaceAgainAfterADelay() {
    FakeHost host = host(instances("1", 100, 200));
    host.runSeconds(8);
    host.clock.advance(1_450_000_000L);
    host.network.arriveFirst(org.vipd.daemon.port.LinkListener::woken);
    host.runSeconds(2.5);
    assertThat(first(host).state()).isEqualTo("MASTER");
    assertThat(phasesOfEnds(host)).hasSize(2).allMatch(it -> it < TOGETHER);
  }

  @Test
  void noLeaseEndsLaterThanOneThatBeganWithTheAdvertisementByMoreThanATenth() {
    FakeHost host = host(instances("1", 1, 100, 255));
    long advertised = 0;
    long sent = 0;
    for (int i = 0; i < 9000; i++) {
      host.run(1_000_000L);
      if (sent(host) > sent) {
        sent = sent(host);
        advertised = host.clock.nanos();
      }
      Long end = host.interfaces.endsNanos().get("10.0.1.1/32");
      if (end != null) {
        assertThat(end).isLessThanOrEqualTo(advertised + 3_100_000_000L);
      }
    }
  }

  /** Their refresh takes many turns, and would be late for the last of them. */
  @Test
  void manyIpv6AddressesAreLeftAlone() {
    String many =
        IntStream.rangeClosed(1, 5)
            .mapToObj(i -> "2001:db8::" + i)
            .collect(Collectors.joining("\n"));
    FakeHost host =
        host(Configurations.instance(100, "virtual_ipaddress_excluded {\n" + many + "\n}"));
    host.runSeconds(4);
    long sent = sent(host);
    host.runSeconds(5);
    assertThat(sent(host)).isEqualTo(sent + 5);
    assertThat(phasesOfEnds(host)).hasSize(6).noneMatch(it -> it < TOGETHER);
  }

  /** Stopped between an advertisement and its refresh, and awake again shortly before the end. */
  @Test
  void aLeaseThatEndsSoonDoesNotWaitForTheSecond() {
    FakeHost host = host(instances("1", 1));
    host.runSeconds(8);
    long sent = sent(host);
    while (sent(host) == sent) {
      host.run(100_000L);
    }
    assertThat(Math.floorMod(host.clock.nanos(), SECOND)).isGreaterThan(990_000_000L);
    host.clock.advance(1_975_000_000L);
    host.network.arriveFirst(org.vipd.daemon.port.LinkListener::woken);
    host.runSeconds(5);
    assertThat(first(host).state()).isEqualTo("MASTER");
    assertThat(first(host).counters()).containsEntry("released-master", 0L);
    assertThat(host.interfaces.expired()).isZero();
    assertThat(phasesOfEnds(host)).hasSize(1).allMatch(it -> it < TOGETHER);
  }

  @Test
  void aReloadThatTurnsLeasesOnFindsThePlace() {
    FakeHost host =
        host(Configurations.instance(100, "vipd_lease off", "version 3", "advert_int 10"));
    host.runSeconds(40);
    host.reload(Configurations.instance(100, "version 3", "advert_int 10"));
    host.runSeconds(2);
    assertThat(phasesOfEnds(host)).hasSize(1).allMatch(it -> it < TOGETHER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.01", "0.05", "0.1"})
  void refreshesOnceASecondHoweverOftenItAdvertises(String interval) {
    FakeHost host = host(instances(interval, 100));
    host.runSeconds(5);
    int before = host.interfaces.refreshes();
    host.runSeconds(10);
    assertThat(host.interfaces.refreshes() - before).isBetween(10, 11);
  }
}
