package org.vipd.daemon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.vipd.daemon.testkit.Configurations;
import org.vipd.daemon.testkit.FakeHost;
import org.vipd.daemon.testkit.Packets;
import org.vipd.protocol.wire.NoAuthentication;

/** Leases of many IPv6 addresses take several turns, in and out. */
class ManyLeasesTest {

  private static FakeHost active(String... lines) {
    return FakeHost.active(Configurations.instance(100, lines));
  }

  private static byte[] packet(int priority) {
    return Packets.version2(priority, "10.0.0.3", NoAuthentication.INSTANCE);
  }

  @Test
  void installsManyIpv6AddressesInPortions() {
    FakeHost host = active("virtual_ipaddress_excluded {\n" + many(100) + "\n}");
    assertThat(host.instance().heldAddresses()).hasSize(101);
    assertThat(host.trace.lines().stream().filter(it -> it.startsWith("install ")))
        .hasSizeBetween(3, 7);
    assertThat(host.trace.lines().stream().filter(it -> it.startsWith("announce ")))
        .hasSize(101 * 5);
  }

  @Test
  void forgetsThePortionsThatWaitWhenItResigns() {
    FakeHost host =
        new FakeHost(
            Configurations.instance(255, "virtual_ipaddress_excluded {\n" + many(100) + "\n}"));
    host.beginOnly();
    assertThat(host.interfaces.has("2001:db8::1")).isTrue();
    assertThat(host.interfaces.has("2001:db8::64")).isFalse();
    host.stop();
    assertThat(host.interfaces.has("2001:db8::1")).isFalse();
    assertThat(host.interfaces.has("2001:db8::64")).isFalse();
  }

  private static String many(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "2001:db8::" + Integer.toHexString(i + 1))
        .collect(Collectors.joining("\n"));
  }

  private static final long BATCH_NANOS = 20_000_000L;

  /** An Active of so many IPv6 addresses, each of which the kernel takes a while for. */
  private static FakeHost slow(int count, long nanosForEach) {
    FakeHost host =
        new FakeHost(
            Configurations.instance(100, "virtual_ipaddress_excluded {\n" + many(count) + "\n}"));
    host.interfaces.slowDown(host.clock, nanosForEach);
    host.beginOnly();
    host.runBusySeconds(7);
    return host;
  }

  @Test
  void refreshesManyIpv6AddressesInSmallBatches() {
    FakeHost host = slow(100, 300_000L);
    int before = host.interfaces.refreshes();
    host.runBusySeconds(1);
    assertThat(host.interfaces.refreshes()).isBetween(before + 2, before + 4);
    host.runBusySeconds(5);
    assertThat(host.interfaces.longestCallNanos()).isBetween(1L, BATCH_NANOS);
    assertThat(host.instance().state()).isEqualTo("MASTER");
  }

  /** Eight at once would hold the loop for too long. */
  @Test
  void refreshesFewAtATimeWhenTheKernelTakesMillisecondsForEach() {
    FakeHost host = slow(150, 3_500_000L);
    host.interfaces.slowDown(host.clock, 3_500_000L);
    host.runBusySeconds(10);
    assertThat(host.instance().state()).isEqualTo("MASTER");
    assertThat(host.interfaces.expired()).isZero();
    assertThat(host.interfaces.longestCallNanos()).isBetween(1L, BATCH_NANOS);
  }

  /** As on a machine with 8 times the work that it can do: a round takes longer than a second. */
  @Test
  void keepsThousandIpv6AddressesAlthoughARoundTakesLongerThanAnInterval() {
    FakeHost host = slow(1000, 1_200_000L);
    long sent = host.instance().counters().get("advertisement-sent");
    host.runBusySeconds(60);
    assertThat(host.instance().state()).isEqualTo("MASTER");
    assertThat(host.interfaces.expired()).isZero();
    assertThat(host.interfaces.longestCallNanos()).isBetween(1L, BATCH_NANOS);
    assertThat(host.instance().counters().get("advertisement-sent"))
        .isBetween(sent + 59, sent + 61);
  }

  @Test
  void saysThatTheKernelIsTooSlow() {
    FakeHost host = slow(1000, 80_000L);
    host.interfaces.slowDown(host.clock, 5_000_000L);
    host.runBusySeconds(10);
    assertThat(host.instance().state()).isEqualTo("FAULT");
    assertThat(host.instance().waitingFor().toString())
        .contains("of 1001 virtual addresses ended before the kernel could be asked", "5.00 ms");
    assertThat(host.interfaces.expired()).isZero();
  }

  /** Others count from the advertisement, not from the refresh. */
  @Test
  void noLeaseEndsLongAfterOneThatBeganWithTheAdvertisement() {
    FakeHost host = slow(1000, 600_000L);
    long end = host.clock.nanos() + 10_000_000_000L;
    long advertised = host.clock.nanos();
    host.trace.take();
    while (host.clock.nanos() < end) {
      long before = host.clock.nanos();
      host.turnAndWait();
      if (host.trace.take().stream().anyMatch(it -> it.startsWith("advertise"))) {
        advertised = before;
      }
      long leased = host.interfaces.latestEndNanos() - advertised;
      assertThat(leased).isLessThan(3_000_000_000L + 100_000_000L + 2 * BATCH_NANOS);
    }
    assertThat(host.instance().state()).isEqualTo("MASTER");
    assertThat(host.interfaces.expired()).isZero();
  }

  @Test
  void removesManyIpv6AddressesInPortionsAfterPriorityZero() {
    FakeHost host = slow(1000, 60_000L);
    host.trace.take();
    host.hear("10.0.0.3", packet(200));
    assertThat(host.interfaces.has("2001:db8::3e8")).isFalse();
    assertThat(host.interfaces.longestCallNanos()).isBetween(1L, BATCH_NANOS);
    assertThat(host.instance().state()).isEqualTo("BACKUP");
  }

  /** What waits to be removed may be what somebody else installs now. */
  @Test
  void installsNothingBeforeAllOfThemAreRemoved() {
    String many = "virtual_ipaddress_excluded {\n" + many(1000) + "\n}";
    FakeHost host = slow(1000, 60_000L);
    host.channels.deliver(Packets.from("10.0.0.3"), packet(200));
    host.turn();
    assertThat(host.instance().state()).isEqualTo("BACKUP");
    assertThat(host.interfaces.has("2001:db8::3e8")).isTrue();
    String owner =
        Configurations.instance(255, "virtual_ipaddress_excluded {\n2001:db8::3e8\n}")
            .replace("VI_1", "VI_2")
            .replace("router_id 51", "router_id 52")
            .replace("10.0.0.100", "10.0.0.101");
    host.reload(Configurations.instance(100, many) + owner);
    host.runSeconds(1);
    assertThat(host.instance("VI_2").state()).isEqualTo("MASTER");
    assertThat(host.interfaces.has("2001:db8::3e8")).isTrue();
    assertThat(host.interfaces.has("2001:db8::3e7")).isFalse();
  }
}
