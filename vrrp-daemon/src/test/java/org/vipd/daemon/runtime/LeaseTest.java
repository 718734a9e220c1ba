package org.vipd.daemon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.vipd.daemon.port.LocalAddress;
import org.vipd.daemon.testkit.Configurations;
import org.vipd.daemon.testkit.FakeHost;
import org.vipd.daemon.testkit.Packets;
import org.vipd.protocol.wire.NoAuthentication;

/** Addresses that leave by themselves when nobody refreshes them. */
class LeaseTest {

  private static final String VIP = "10.0.0.100";

  private static FakeHost active(String... lines) {
    return FakeHost.active(Configurations.instance(100, lines));
  }

  private static byte[] packet(int priority) {
    return Packets.version2(priority, "10.0.0.3", NoAuthentication.INSTANCE);
  }

  /** The process is stopped for a while; the kernel removes what nobody refreshes. */
  private static void sleep(FakeHost host, double seconds, boolean endsLease) {
    host.clock.advance(Math.round(seconds * 1e9));
    if (endsLease) {
      host.interfaces.takeAddress(2, VIP + "/32");
    }
    host.network.arriveFirst(org.vipd.daemon.port.LinkListener::woken);
    host.settle();
  }

  @Test
  void refreshesOnceASecondRightAfterAnAdvertisement() {
    FakeHost host = active();
    int before = host.interfaces.refreshes();
    long sent = host.instance().counters().get("advertisement-sent");
    host.runSeconds(10);
    assertThat(host.instance().counters().get("advertisement-sent")).isEqualTo(sent + 10);
    assertThat(host.interfaces.refreshes()).isEqualTo(before + 10);
    assertThat(host.interfaces.refreshed()).containsExactly(VIP + "/32");
  }

  @Test
  void refreshesNotMoreOftenForShortIntervals() {
    FakeHost host = active("version 3", "advert_int 0.1");
    int before = host.interfaces.refreshes();
    host.runSeconds(10);
    assertThat(host.interfaces.refreshes() - before).isBetween(9, 11);
  }

  @Test
  void neverRefreshesWithoutALease() {
    FakeHost host = active("vipd_lease off");
    host.runSeconds(10);
    assertThat(host.interfaces.refreshes()).isZero();
  }

  /** Nothing tells when the kernel takes the address but the end of its lease. */
  @Test
  void givesUpWhenTheKernelExtendsNoLease() {
    FakeHost host = active();
    host.interfaces.refuse(VIP, "ENOBUFS");
    host.runSeconds(2);
    assertThat(host.instance().state()).isEqualTo("MASTER");
    host.runSeconds(2);
    assertThat(host.instance().state()).isEqualTo("FAULT");
    assertThat(host.instance().reason())
        .contains("the kernel did not extend the lease of virtual addresses: ", "ENOBUFS");
    assertThat(host.journal.messages())
        .filteredOn(it -> it.contains("without a refresh"))
        .containsExactly(
            "warn 10.0.0.100/32: ENOBUFS; without a refresh the kernel removes it when its lease"
                + " ends");
  }

  @Test
  void goesOnWhenTheKernelRefusesOnce() {
    FakeHost host = active();
    host.interfaces.refuse(VIP, "ENOBUFS");
    host.runSeconds(1);
    host.interfaces.permit(VIP);
    host.runSeconds(10);
    assertThat(host.instance().state()).isEqualTo("MASTER");
    assertThat(host.interfaces.has(VIP)).isTrue();
  }

  @Test
  void neverRefreshesAfterResigning() {
    FakeHost host = active();
    host.hear("10.0.0.3", packet(200));
    int before = host.interfaces.refreshes();
    assertThat(host.interfaces.has(VIP)).isFalse();
    host.runSeconds(2);
    assertThat(host.interfaces.refreshes()).isEqualTo(before);
    assertThat(host.interfaces.has(VIP)).isFalse();
  }

  @Test
  void neverRefreshesWhatWasNotAdvertised() {
    FakeHost host = active();
    int before = host.interfaces.refreshes();
    host.channels.failToSend(java.util.Optional.of("no buffer space"));
    host.runSeconds(2.5);
    assertThat(host.interfaces.refreshes()).isEqualTo(before);
  }

  @Test
  void anActiveThatIsNotHeardStaysAwayForAWhile() {
    FakeHost host = active();
    host.channels.failToSend(java.util.Optional.of("operation not permitted"));
    host.runSeconds(4);
    assertThat(host.instance().state()).isEqualTo("FAULT");
    assertThat(host.instance().waitingFor().toString())
        .contains("no advertisement could be sent during the lease");
    assertThat(host.interfaces.has(VIP)).isFalse();
    host.channels.failToSend(java.util.Optional.empty());
    host.runSeconds(70);
    assertThat(host.instance().state()).isEqualTo("MASTER");
  }

  @Test
  void anActiveThatSleptLongerThanItsLeaseListensFirst() {
    FakeHost host = active();
    int before = host.interfaces.refreshes();
    long sent = host.instance().counters().get("advertisement-sent");
    host.network.delayBecause("it waited 9.00 s for a processor");
    sleep(host, 10, true);
    assertThat(host.instance().state()).isEqualTo("BACKUP");
    assertThat(host.instance().reason())
        .contains("s late (it waited 9.00 s for a processor) and had not advertised for")
        .contains("it listens first");
    assertThat(host.interfaces.has(VIP)).isFalse();
    assertThat(host.interfaces.refreshes()).isEqualTo(before);
    assertThat(host.instance().counters().get("advertisement-sent")).isEqualTo(sent);
    assertThat(host.status().daemon()).containsEntry("wake-ups-later", 1L);
    host.runSeconds(3.7);
    assertThat(host.instance().state()).isEqualTo("MASTER");
    assertThat(host.interfaces.has(VIP)).isTrue();
  }

  @Test
  void anActiveThatSleptForASecondGoesOn() {
    FakeHost host = active();
    sleep(host, 1.9, false);
    assertThat(host.instance().state()).isEqualTo("MASTER");
    assertThat(host.instance().counters()).containsEntry("released-master", 0L);
  }

  @Test
  void whatArrivedDuringASleepIsNotAnsweredByAnActiveThatLostItsAddresses() {
    FakeHost host = active();
    long sent = host.instance().counters().get("advertisement-sent");
    host.clock.advance(10_000_000_000L);
    host.interfaces.takeAddress(2, VIP + "/32");
    // nobody said that the wait has ended: as if the sleep came in the middle of a turn
    host.hear("10.0.0.3", packet(50));
    assertThat(host.instance().counters().get("advertisement-sent")).isEqualTo(sent);
    assertThat(host.interfaces.has(VIP)).isFalse();
    assertThat(host.instance().state()).isEqualTo("BACKUP");
  }

  @Test
  void aBackupThatSleptWaitsOnceMore() {
    FakeHost host = new FakeHost(Configurations.instance(100)).start();
    host.hear("10.0.0.3", packet(200));
    sleep(host, 20, false);
    assertThat(host.instance().state()).isEqualTo("BACKUP");
    host.runSeconds(3.6);
    assertThat(host.instance().state()).isEqualTo("BACKUP");
    host.runSeconds(0.1);
    assertThat(host.instance().state()).isEqualTo("MASTER");
  }

  @Test
  void aBackupThatIsALittleLateClaims() {
    FakeHost host = new FakeHost(Configurations.instance(100)).start();
    host.hear("10.0.0.3", packet(200));
    // until it asks nobody any more, and waits for nothing else
    host.runSeconds(3.5);
    sleep(host, 1, false);
    assertThat(host.instance().state()).isEqualTo("MASTER");
  }

  @Test
  void takesAnotherLeaseOverOnReload() {
    FakeHost host = active();
    host.reload(Configurations.instance(100, "vipd_lease off"));
    assertThat(host.interfaces.refreshed()).containsExactly(VIP + "/32");
    int before = host.interfaces.refreshes();
    host.runSeconds(5);
    assertThat(host.interfaces.refreshes()).isEqualTo(before);
    host.reload(Configurations.instance(100, "vipd_lease 2"));
    host.runSeconds(5);
    assertThat(host.interfaces.refreshes()).isGreaterThan(before + 4);
    assertThat(host.instance().state()).isEqualTo("MASTER");
  }

  /** The others wait by the interval that they know: they must know the new one first. */
  @Test
  void tellsALongerIntervalBeforeTheLeaseIsLonger() {
    FakeHost host = active("version 3");
    host.runSeconds(0.3);
    host.trace.take();
    host.reload(Configurations.instance(100, "version 3", "advert_int 10"));
    assertThat(host.trace.take())
        .containsExactly(
            "advertise VRID 51 priority 100 10.0.0.2 to 224.0.0.18", "lease " + VIP + "/32 30 s");
    host.runSeconds(9.9);
    // once early, see Cadence
    assertThat(host.trace.take()).filteredOn(it -> it.startsWith("advertise")).hasSize(1);
    host.reload(Configurations.instance(100, "version 3"));
    assertThat(host.trace.take()).containsExactly("lease " + VIP + "/32 3 s");
  }

  @Test
  void tellsALongerIntervalAlsoWhenTheAddressGetsAnotherForm() {
    FakeHost host = active("version 3");
    host.trace.take();
    String wider = Configurations.instance(100, "version 3", "advert_int 10");
    host.reload(wider.replace("10.0.0.100", "10.0.0.100/24"));
    assertThat(host.instance().state()).isEqualTo("MASTER");
    assertThat(host.trace.take())
        .filteredOn(it -> it.startsWith("advertise"))
        .containsExactly("advertise VRID 51 priority 100 10.0.0.2 to 224.0.0.18");
  }

  @Test
  void leavesTheHostsOwnAddressesAlone() {
    FakeHost host = new FakeHost(Configurations.instance(255));
    host.interfaces.putAddress(2, VIP + "/32");
    host.start();
    host.runSeconds(5);
    assertThat(host.instance().state()).isEqualTo("MASTER");
    assertThat(host.interfaces.refreshes()).isZero();
  }

  private static FakeHost restarted(LocalAddress.Origin origin, String... lines) {
    FakeHost host = new FakeHost(Configurations.instance(100, lines));
    host.interfaces.loseReports(true);
    host.interfaces.putAddress(2, VIP + "/32");
    host.interfaces.markAll(origin);
    host.interfaces.loseReports(false);
    return host.start();
  }

  @Test
  void resumesWhatAProcessBeforeItHeldAMomentAgo() {
    FakeHost host = restarted(LocalAddress.Origin.VIPD_LEASED);
    assertThat(host.instance().state()).isEqualTo("MASTER");
    assertThat(host.instance().reason()).startsWith("resumed: ");
    assertThat(host.interfaces.refreshed()).containsExactly(VIP + "/32");
    assertThat(host.instance().counters()).containsEntry("advertisement-sent", 1L);
    host.runSeconds(10);
    assertThat(host.instance().state()).isEqualTo("MASTER");
  }

  @Test
  void resumesNothingThatHasNoLeaseOrALeaseThatOthersDoNotWaitFor() {
    assertThat(restarted(LocalAddress.Origin.VIPD).instance().state()).isEqualTo("BACKUP");
    assertThat(restarted(LocalAddress.Origin.OTHER).instance().state()).isEqualTo("BACKUP");
    FakeHost fast = restarted(LocalAddress.Origin.VIPD_LEASED, "version 3", "advert_int 0.5");
    assertThat(fast.instance().state()).isEqualTo("BACKUP");
    assertThat(fast.interfaces.has(VIP)).isFalse();
  }

  @Test
  void aRouterThatAReloadAddsListensFirst() {
    FakeHost host = active();
    host.interfaces.markAll(LocalAddress.Origin.VIPD_LEASED);
    host.interfaces.askToResynchronize();
    host.settle();
    host.reload(Configurations.instance(100).replace("router_id 51", "router_id 52"));
    assertThat(host.instance().state()).isEqualTo("BACKUP");
  }
}
