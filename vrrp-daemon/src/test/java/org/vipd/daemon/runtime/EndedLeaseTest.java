package org.vipd.daemon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.vipd.daemon.config.keepalived.KeepalivedReader;
import org.vipd.daemon.event.Event;
import org.vipd.daemon.event.ReloadMode;
import org.vipd.daemon.port.LinkListener;
import org.vipd.daemon.port.LocalAddress;
import org.vipd.daemon.testkit.Configurations;
import org.vipd.daemon.testkit.FakeHost;

/** The host stands still at the worst moment, and the kernel takes the addresses meanwhile. */
class EndedLeaseTest {

  private static final String VIP = "10.0.0.100";
  private static final long SECOND = 1_000_000_000L;

  private static void takeInSilence(FakeHost host) {
    host.interfaces.loseReports(true);
    host.interfaces.takeAddress(2, VIP + "/32");
    host.interfaces.loseReports(false);
  }

  /** Between looking at the clock and asking the kernel: what it adds again is given up. */
  @Test
  void whatARefreshBroughtBackIsGivenUp() {
    FakeHost host = new FakeHost(Configurations.instance(100)).start();
    host.runSeconds(6);
    assertThat(host.instance().state()).isEqualTo("MASTER");
    long sent = host.instance().counters().get("advertisement-sent");
    host.interfaces.beforeRefresh(
        () -> {
          host.clock.advance(5 * SECOND);
          takeInSilence(host);
        });
    while (host.instance().counters().get("advertisement-sent") == sent) {
      host.clock.advance(1_000_000L);
      host.settle();
    }
    host.clock.advance(100_000_000L);
    host.network.arriveFirst(LinkListener::woken);
    host.settle();
    assertThat(host.instance().state()).isEqualTo("BACKUP");
    assertThat(host.interfaces.has(VIP)).isFalse();
  }

  /**
   * Late by 0.5 s, which changes nothing, and then stopped in the refresh until the lease has just
   * ended and the next advertisement is just due: a stall like any other, no fault of the kernel.
   */
  @Test
  void aStallInARefreshIsNoReasonToStayAwayForAMinute() {
    FakeHost host = new FakeHost(Configurations.instance(100)).start();
    while (!host.interfaces.has(VIP)) {
      host.clock.advance(1_000_000L);
      host.settle();
    }
    host.clock.advance(3 * SECOND / 2);
    host.interfaces.beforeRefresh(() -> host.clock.advance(520_000_000L));
    host.network.arriveFirst(LinkListener::woken);
    host.settle();
    assertThat(host.instance().state()).isEqualTo("BACKUP");
    assertThat(host.interfaces.has(VIP)).isFalse();
    host.runSeconds(5);
    assertThat(host.instance().state()).isEqualTo("MASTER");
  }

  /**
   * A reload that adds an address comes before the router has given up: what is lost stays lost.
   */
  @Test
  void whatARefreshBroughtBackIsGivenUpAlsoWhenAnotherAddressComes() {
    FakeHost host = new FakeHost(Configurations.instance(100, "advert_int 10")).start();
    host.runSeconds(65);
    assertThat(host.instance().state()).isEqualTo("MASTER");
    boolean[] hasEnded = {false};
    host.interfaces.beforeRefresh(
        () -> {
          hasEnded[0] = true;
          host.clock.advance(25 * SECOND);
          takeInSilence(host);
        });
    while (!hasEnded[0]) {
      host.clock.advance(1_000_000L);
      host.turn();
    }
    assertThat(host.interfaces.has(VIP)).as("the refresh has added it again").isTrue();
    String more =
        Configurations.instance(100, "advert_int 10", "virtual_ipaddress_excluded { 10.0.0.101 }");
    host.queue.post(
        new Event.ConfigurationRead(
            KeepalivedReader.parse("test.conf", more),
            ReloadMode.APPLY,
            new CompletableFuture<>()));
    host.settle();
    assertThat(host.instance().state()).isEqualTo("BACKUP");
    assertThat(host.interfaces.has(VIP)).isFalse();
    assertThat(host.interfaces.has("10.0.0.101")).isFalse();
  }

  /** Not longer than the loop may be held: no stall, so it is said what took too long. */
  @Test
  void aLeaseThatEndsWhileTheKernelIsAskedIsNoLeaseOfNone() {
    FakeHost host = new FakeHost(Configurations.instance(100)).start();
    while (!host.interfaces.has(VIP)) {
      host.clock.advance(1_000_000L);
      host.settle();
    }
    host.clock.advance(1_980_000_000L);
    host.interfaces.beforeRefresh(() -> host.clock.advance(40_000_000L));
    host.network.arriveFirst(LinkListener::woken);
    host.settle();
    assertThat(host.instance().state()).isEqualTo("FAULT");
    assertThat(host.instance().reason())
        .contains("a lease of the 1 virtual addresses ended while the kernel was asked to extend");
  }

  /** Between the listing of addresses and the start of the router: others have claimed them. */
  @Test
  void doesNotResumeWhatHasLeftSinceItWasListed() {
    FakeHost host = new FakeHost(Configurations.instance(100));
    host.interfaces.loseReports(true);
    host.interfaces.putAddress(2, VIP + "/32");
    host.interfaces.markAll(LocalAddress.Origin.VIPD_LEASED);
    host.interfaces.loseReports(false);
    host.interfaces.afterListing(
        () -> {
          host.clock.advance(SECOND);
          takeInSilence(host);
        });
    host.start();
    assertThat(host.instance().state()).isEqualTo("BACKUP");
    assertThat(host.interfaces.has(VIP)).isFalse();
    assertThat(host.instance().counters()).containsEntry("advertisement-sent", 0L);
  }
}
