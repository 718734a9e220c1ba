package org.vipd.protocol.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.AddressList;
import org.vipd.protocol.value.AdvertInterval;
import org.vipd.protocol.value.IpAddress;
import org.vipd.protocol.value.Priority;
import org.vipd.protocol.value.Vrid;
import org.vipd.protocol.value.VrrpVersion;
import org.vipd.protocol.wire.Advertisement;

class VirtualRouterTest {
  private static final long SECOND = 1_000_000_000L;
  private static final IpAddress OURS = address("192.0.2.12");
  private static final IpAddress PEER = address("192.0.2.11");
  private static final RouterConfig CONFIG =
      RouterConfig.of(
          VrrpVersion.V3,
          Vrid.of(1),
          AddressList.of(AddressFamily.IPV4, List.of(address("192.0.2.1"))),
          OURS);

  @Test
  void showsWhomItHeardLast() {
    VirtualRouter router = new VirtualRouter(CONFIG);
    assertThat(router.activeRouter()).isEmpty();
    router.startup(0);
    assertThat(router.activeRouter()).isEmpty();
    router.onAdvertisement(advertisement(150), PEER, SECOND);
    assertThat(router.activeRouter())
        .contains(new ActiveRouter(PEER, Priority.of(150), AdvertInterval.DEFAULT, SECOND));
    router.tick(router.deadlineNanos());
    assertThat(router.kind()).isEqualTo(StateKind.ACTIVE);
    assertThat(router.activeRouter().orElseThrow().address()).isEqualTo(PEER);
    router.shutdown(ShutdownCause.STOPPED, 9 * SECOND);
    assertThat(router.activeRouter()).isEmpty();
    assertThat(router.deadlineNanos()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void anActiveAdvertisesEarlyAndCountsFromThere() {
    VirtualRouter router = new VirtualRouter(CONFIG.withPriority(Priority.OWNER));
    router.startup(0);
    assertThat(router.deadlineNanos()).isEqualTo(SECOND);
    Step step = router.advertiseEarly(SECOND / 2, SECOND / 2 + 100);
    assertThat(step.actions()).containsExactly(new Action.SendAdvertisement(Priority.OWNER));
    assertThat(((Active) router.state()).advertiseAtNanos()).isEqualTo(SECOND / 2 + SECOND);
    // long after the time it was to count from, it counts from now
    router.advertiseEarly(-SECOND, SECOND);
    assertThat(((Active) router.state()).advertiseAtNanos()).isEqualTo(2 * SECOND);
    // what is due is not early
    assertThat(router.advertiseEarly(2 * SECOND, 2 * SECOND).actions()).isEmpty();
  }

  @Test
  void onlyAnActiveAdvertisesEarly() {
    VirtualRouter router = new VirtualRouter(CONFIG);
    assertThat(router.advertiseEarly(0, 0).actions()).isEmpty();
    router.startup(0);
    long deadline = router.deadlineNanos();
    assertThat(router.advertiseEarly(SECOND, SECOND).actions()).isEmpty();
    assertThat(router.kind()).isEqualTo(StateKind.BACKUP);
    assertThat(router.deadlineNanos()).isEqualTo(deadline);
  }

  @Test
  void anActiveResignsForItsGroupAndGoesOnAsABackup() {
    VirtualRouter router = new VirtualRouter(CONFIG.withPriority(Priority.OWNER));
    router.startup(0);
    assertThat(ActionText.of(router.resign("B", SECOND / 2).actions()))
        .containsExactly(
            "advertise(0)",
            "remove",
            "publish(ACTIVE->BACKUP SYNC_GROUP: B of the same group is not MASTER, and members are"
                + " together)");
    assertThat(router.deadlineNanos()).isEqualTo(SECOND / 2 + router.activeDownNanos());
    assertThat(router.resign("B", SECOND).actions()).as("a Backup has nothing to give").isEmpty();
  }

  @Test
  void waitsForAnActiveByTheIntervalThatItHears() {
    VirtualRouter router = new VirtualRouter(CONFIG);
    assertThat(router.activeDownNanos()).isEqualTo(3 * SECOND + 609_375_000);
    router.startup(0);
    router.onAdvertisement(
        new Advertisement(
            VrrpVersion.V3,
            Vrid.of(1),
            Priority.of(150),
            AdvertInterval.ofSeconds(2),
            CONFIG.addresses()),
        PEER,
        SECOND);
    assertThat(router.activeDownNanos()).isEqualTo(2 * (3 * SECOND + 609_375_000));
  }

  @Test
  void refusesToBecomeAnotherRouter() {
    VirtualRouter router = new VirtualRouter(CONFIG);
    RouterConfig other = RouterConfig.of(VrrpVersion.V3, Vrid.of(2), CONFIG.addresses(), OURS);
    assertThatThrownBy(() -> router.reconfigure(other, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("keeps its identity");
    assertThat(router.config()).isEqualTo(CONFIG);
  }

  @Test
  void keepsItsStateOverAReload() {
    VirtualRouter router = new VirtualRouter(CONFIG.withPriority(Priority.OWNER));
    router.startup(0);
    Step step =
        router.reconfigure(
            CONFIG.withPriority(Priority.of(7)).withPrimaryAddress(PEER), SECOND / 2);
    assertThat(step.actions()).isEmpty();
    assertThat(router.kind()).isEqualTo(StateKind.ACTIVE);
    assertThat(router.config().priority()).isEqualTo(Priority.of(7));
  }

  @Test
  void ignoresASecondStartupAndASecondShutdown() {
    VirtualRouter router = new VirtualRouter(CONFIG);
    router.startup(0);
    long deadline = router.deadlineNanos();
    assertThat(router.startup(SECOND).actions()).isEmpty();
    assertThat(router.deadlineNanos()).isEqualTo(deadline);
    router.shutdown(ShutdownCause.STOPPED, SECOND);
    assertThat(router.shutdown(ShutdownCause.STOPPED, SECOND).actions()).isEmpty();
  }

  @Test
  void dropsAPreemptDelayThatIsConfiguredAway() {
    VirtualRouter router =
        new VirtualRouter(CONFIG.withPreemption(new Preemption(true, 100 * SECOND)));
    router.startup(0);
    router.onAdvertisement(advertisement(50), PEER, SECOND);
    long followed = router.deadlineNanos();
    router.reconfigure(CONFIG, 2 * SECOND);
    router.onAdvertisement(advertisement(50), PEER, 2 * SECOND);
    assertThat(router.deadlineNanos()).isEqualTo(followed);
  }

  @Test
  void explainsEveryTransitionInWords() {
    ActiveRouter active = new ActiveRouter(PEER, Priority.of(150), AdvertInterval.DEFAULT, 0);
    assertThat(
            List.of(
                new TransitionReason.Startup(Priority.of(100)).text(),
                new TransitionReason.ActiveDown(active, 3_609_375_000L, 0).text(),
                new TransitionReason.NobodyHeard(3_609_375_000L, 0).text(),
                new TransitionReason.PeerResigned(PEER).text(),
                new TransitionReason.Outranked(PEER, Priority.of(150), Priority.of(100)).text(),
                new TransitionReason.Outranked(PEER, Priority.of(100), Priority.of(100)).text(),
                new TransitionReason.Shutdown(ShutdownCause.REMOVED).text()))
        .containsExactly(
            "started with priority 100",
            "no advertisement from 192.0.2.11 for 3.609 s (Active down interval)",
            "no advertisement from anyone for 3.609 s (Active down interval)",
            "192.0.2.11 resigned (priority 0)",
            "192.0.2.11 has priority 150, higher than ours 100",
            "192.0.2.11 has our priority 100 and a higher address",
            "removed from the configuration");
  }

  @Test
  void tellsWhoSleptHowLongItListenedAfterThat() {
    VirtualRouter router = new VirtualRouter(CONFIG);
    router.startup(0);
    router.tick(4 * SECOND);
    assertThat(router.kind()).isEqualTo(StateKind.ACTIVE);
    long woke = 1000 * SECOND;
    router.wokeLate(new Sleep(995 * SECOND, true), woke);
    assertThat(reason(router.tick(woke + 3_700_000_000L)))
        .isEqualTo(
            "no advertisement from anyone for 3.700 s (Active down interval)"
                + " since this host woke up 995.000 s late");
  }

  @Test
  void countsNoSleepAsSilenceOfAnother() {
    VirtualRouter router = new VirtualRouter(CONFIG);
    router.startup(0);
    router.onAdvertisement(advertisement(150), PEER, SECOND);
    long woke = 60 * SECOND;
    router.wokeLate(new Sleep(56 * SECOND, false), woke);
    assertThat(reason(router.tick(woke + 3_700_000_000L)))
        .isEqualTo(
            "no advertisement from 192.0.2.11 for 3.700 s (Active down interval)"
                + " since this host woke up 56.000 s late");
  }

  @Test
  void forgetsItsSleepWhenItHearsSomebody() {
    VirtualRouter router = new VirtualRouter(CONFIG);
    router.startup(0);
    long woke = 60 * SECOND;
    router.wokeLate(new Sleep(56 * SECOND, false), woke);
    router.onAdvertisement(advertisement(150), PEER, woke + SECOND);
    assertThat(reason(router.tick(woke + 5 * SECOND)))
        .isEqualTo("no advertisement from 192.0.2.11 for 4.000 s (Active down interval)");
  }

  @Test
  void doesNotRiseBecauseSomebodyResignedLongAgo() {
    VirtualRouter router = new VirtualRouter(CONFIG);
    router.startup(0);
    router.onAdvertisement(advertisement(150), PEER, SECOND);
    router.onAdvertisement(advertisement(0), PEER, 2 * SECOND);
    assertThat(reason(router.tick(3 * SECOND))).isEqualTo("192.0.2.11 resigned (priority 0)");
    long woke = 60 * SECOND;
    router.wokeLate(new Sleep(56 * SECOND, true), woke);
    assertThat(router.kind()).isEqualTo(StateKind.BACKUP);
    assertThat(reason(router.tick(woke + 3_700_000_000L)))
        .isEqualTo(
            "no advertisement from 192.0.2.11 for 3.700 s (Active down interval)"
                + " since this host woke up 56.000 s late");
  }

  private static String reason(Step step) {
    return step.actions().stream()
        .filter(Action.PublishTransition.class::isInstance)
        .map(it -> ((Action.PublishTransition) it).reason().text())
        .findFirst()
        .orElse("no transition");
  }

  @Test
  void refusesImpossibleConfigurations() {
    assertThatThrownBy(() -> CONFIG.withPriority(Priority.RESIGN))
        .hasMessage("priority of a router must be 1..255, got 0");
    assertThatThrownBy(() -> CONFIG.withInterval(AdvertInterval.ofSeconds(41)))
        .hasMessageContaining("1..4095 cs, got 4100 cs");
    assertThatThrownBy(() -> CONFIG.withPrimaryAddress(address("fe80::1")))
        .hasMessageContaining("must be IPV4");
    assertThatThrownBy(() -> new Identity(VrrpVersion.V2, AddressFamily.IPV6, Vrid.of(1)))
        .hasMessageContaining("IPv4 only");
    assertThatThrownBy(() -> new Preemption(true, -1)).hasMessageContaining("got -1");
    assertThatThrownBy(() -> new Behaviour(0, true, true, 0)).hasMessageContaining("1..100");
    assertThatThrownBy(() -> new AnnouncePolicy(0, 0, 0, 1, new AnnouncePolicy.Rival(0, 0)))
        .hasMessageContaining("repeat 0");
    assertThatThrownBy(() -> new AnnouncePolicy.Rival(-1, 0)).hasMessageContaining("repeat -1");
  }

  private static Advertisement advertisement(int priority) {
    return new Advertisement(
        VrrpVersion.V3,
        Vrid.of(1),
        Priority.of(priority),
        AdvertInterval.DEFAULT,
        CONFIG.addresses());
  }

  private static IpAddress address(String literal) {
    return IpAddress.parse(literal).orElseThrow();
  }
}
