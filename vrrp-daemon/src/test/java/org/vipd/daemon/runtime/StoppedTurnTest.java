package org.vipd.daemon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vipd.daemon.event.CheckOutcome;
import org.vipd.daemon.event.Event;
import org.vipd.daemon.port.LinkListener;
import org.vipd.daemon.testkit.Configurations;
import org.vipd.daemon.testkit.FakeHost;
import org.vipd.daemon.testkit.Packets;

/** The process is stopped in the middle of a turn, when some of what is due is done. */
class StoppedTurnTest {

  private static final String VIP = "10.0.0.100";
  private static final long SECOND = 1_000_000_000L;

  private static final CheckOutcome PASSED =
      new CheckOutcome(CheckOutcome.Kind.EXITED, 0, "", Duration.ofMillis(100));

  private static final String TWO =
      """
      vrrp_instance A {
        interface eth0
        virtual_router_id 51
        virtual_ipaddress { 10.0.0.100 }
      }
      vrrp_instance B {
        interface eth0
        virtual_router_id 52
        virtual_ipaddress { 10.0.0.101 }
      }
      """;

  private boolean hasSlept;

  /** Stops the process for so long once, right after the first advertisement. */
  private void stopAtFirstAdvertisement(FakeHost host, long nanos) {
    host.channels.connect(
        (envelope, payload) -> {
          if (!hasSlept) {
            hasSlept = true;
            host.clock.advance(nanos);
          }
        });
  }

  private static List<String> claims(FakeHost host) {
    return host.trace.lines().stream().filter(it -> it.startsWith("advertise")).toList();
  }

  private static void runUntilClaim(FakeHost host) {
    while (claims(host).isEmpty()) {
      host.clock.advance(1_000_000L);
      host.turn();
    }
  }

  @Test
  void whatWasDueBeforeIsNotClaimedWithoutListening() {
    FakeHost host = new FakeHost(TWO).start();
    stopAtFirstAdvertisement(host, 6 * SECOND);
    runUntilClaim(host);
    // that something else is to be done at once must not hide the sleep
    host.queue.post(new Event.CheckFinished("c", PASSED));
    host.network.arriveFirst(LinkListener::woken);
    host.turn();
    assertThat(claims(host)).singleElement().asString().contains("VRID 51");
    assertThat(host.instance("B").state()).isEqualTo("BACKUP");
    assertThat(host.interfaces.has("10.0.0.101")).isFalse();
    host.runSeconds(4);
    assertThat(host.instance("B").state()).isEqualTo("MASTER");
  }

  @Test
  void aShortBreakOnlyEndsTheTurn() {
    FakeHost host = new FakeHost(TWO).start();
    stopAtFirstAdvertisement(host, SECOND / 2);
    runUntilClaim(host);
    assertThat(claims(host)).hasSize(1);
    host.turn();
    assertThat(claims(host)).hasSize(2);
    assertThat(host.instance("B").state()).isEqualTo("MASTER");
  }

  /** It wakes up between its advertisement and the installation, and another has claimed. */
  @Test
  void whatAnotherHasClaimedMeanwhileIsNotInstalled() {
    FakeHost host = new FakeHost(Configurations.instance(100)).start();
    stopAtFirstAdvertisement(host, SECOND / 2);
    runUntilClaim(host);
    assertThat(host.interfaces.has(VIP)).isFalse();
    host.network.arriveFirst(LinkListener::woken);
    host.hear("10.0.0.9", Packets.advertisement(51, 150));
    host.settle();
    assertThat(host.instance().state()).isEqualTo("BACKUP");
    assertThat(host.trace.lines()).noneMatch(it -> it.startsWith("install"));
  }

  @Test
  void whatNobodyElseHasClaimedIsInstalledAndAnnouncedInTheNextTurn() {
    FakeHost host = new FakeHost(Configurations.instance(100)).start();
    stopAtFirstAdvertisement(host, SECOND / 2);
    runUntilClaim(host);
    host.trace.take();
    host.network.arriveFirst(LinkListener::woken);
    host.turn();
    assertThat(host.instance().state()).isEqualTo("MASTER");
    assertThat(host.trace.lines())
        .anyMatch(it -> it.startsWith("install"))
        .anyMatch(it -> it.startsWith("announce"));
    // counted from the claim: 3 s, less half a second
    assertThat(host.interfaces.lease(VIP + "/32").seconds()).isEqualTo(2);
  }

  @Test
  void anActiveThatMayGoOnAdvertisesBeforeItInstalls() {
    FakeHost host = new FakeHost(Configurations.instance(100)).start();
    stopAtFirstAdvertisement(host, 2_300_000_000L);
    runUntilClaim(host);
    host.trace.take();
    host.network.arriveFirst(LinkListener::woken);
    host.turn();
    assertThat(host.trace.lines().get(0)).startsWith("advertise");
    assertThat(host.trace.lines().get(1)).startsWith("install");
    assertThat(host.interfaces.lease(VIP + "/32").seconds()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(longs = {4_100, 6_000, 60_000})
  void whatWasClaimedBeforeALongSleepIsGivenUp(long millis) {
    FakeHost host = new FakeHost(Configurations.instance(100)).start();
    stopAtFirstAdvertisement(host, millis * 1_000_000L);
    runUntilClaim(host);
    host.network.arriveFirst(LinkListener::woken);
    host.settle();
    assertThat(host.instance().state()).isEqualTo("BACKUP");
    assertThat(host.trace.lines()).noneMatch(it -> it.startsWith("install"));
    host.runSeconds(5);
    assertThat(host.instance().state()).isEqualTo("MASTER");
    assertThat(host.interfaces.has(VIP)).isTrue();
  }
}
