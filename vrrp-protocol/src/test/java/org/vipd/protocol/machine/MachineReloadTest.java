package org.vipd.protocol.machine;

import static org.assertj.core.api.Assertions.assertThat;

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

/** What a running router keeps when its settings change. */
class MachineReloadTest {
  private static final long SECOND = 1_000_000_000L;
  private static final IpAddress PEER = IpAddress.parse("192.0.2.11").orElseThrow();
  private static final AdvertInterval TWO_SECONDS = AdvertInterval.ofSeconds(2);
  private static final AdvertInterval THREE_SECONDS = AdvertInterval.ofSeconds(3);
  private static final RouterConfig CONFIG = config(VrrpVersion.V3);

  @Test
  void aShorterPreemptDelayCountsFromTheReload() {
    VirtualRouter router = waiting(100);
    router.reconfigure(delaying(10), 2 * SECOND);
    assertThat(followsLowerAt(router, 12 * SECOND - 1)).isTrue();
    assertThat(followsLowerAt(router, 12 * SECOND)).isFalse();
  }

  @Test
  void aLongerPreemptDelayDoesNotPutOffTheOneThatRuns() {
    VirtualRouter router = waiting(10);
    router.reconfigure(delaying(100), 2 * SECOND);
    assertThat(followsLowerAt(router, 11 * SECOND - 1)).isTrue();
    assertThat(followsLowerAt(router, 11 * SECOND)).isFalse();
  }

  @Test
  void aReloadBeforeALowerActiveIsHeardStartsNoDelay() {
    VirtualRouter router = new VirtualRouter(delaying(100));
    router.startup(0);
    router.reconfigure(delaying(10), SECOND);
    assertThat(((Backup) router.state()).preemptAtNanos()).isEqualTo(Backup.NOT_WAITING);
    assertThat(followsLowerAt(router, 2 * SECOND)).isTrue();
    assertThat(((Backup) router.state()).preemptAtNanos()).isEqualTo(12 * SECOND);
  }

  @Test
  void keepsTheLearnedIntervalOverAReload() {
    VirtualRouter router = new VirtualRouter(CONFIG);
    router.startup(0);
    router.onAdvertisement(advertisement(VrrpVersion.V3, 150, TWO_SECONDS), PEER, SECOND);
    long deadline = router.deadlineNanos();

    router.reconfigure(CONFIG.withInterval(THREE_SECONDS), SECOND);

    assertThat(((Backup) router.state()).activeInterval()).isEqualTo(TWO_SECONDS);
    assertThat(router.deadlineNanos()).isEqualTo(deadline).isEqualTo(8_218_750_000L);
  }

  @Test
  void takesTheNewIntervalOfItsOwnWhileNobodyWasHeard() {
    VirtualRouter router = new VirtualRouter(CONFIG.withInterval(THREE_SECONDS));
    router.startup(0);
    router.reconfigure(CONFIG, SECOND);
    assertThat(((Backup) router.state()).activeInterval()).isEqualTo(AdvertInterval.DEFAULT);
    assertThat(router.deadlineNanos()).isEqualTo(4_609_375_000L);
  }

  @Test
  void takesTheNewIntervalInVersion2WhereNoneIsLearned() {
    RouterConfig config = config(VrrpVersion.V2).withInterval(THREE_SECONDS);
    VirtualRouter router = new VirtualRouter(config);
    router.startup(0);
    router.onAdvertisement(advertisement(VrrpVersion.V2, 150, THREE_SECONDS), PEER, SECOND);
    router.reconfigure(config.withInterval(AdvertInterval.DEFAULT), SECOND);
    assertThat(router.deadlineNanos()).isEqualTo(4_609_375_000L);
  }

  @Test
  void anActiveAnnouncesByTheNewPolicyAfterAReload() {
    RouterConfig owner = CONFIG.withPriority(Priority.OWNER).withInterval(TWO_SECONDS);
    VirtualRouter router = new VirtualRouter(owner);
    router.startup(0);
    AnnouncePolicy refreshing =
        new AnnouncePolicy(5, 0, SECOND / 2, 4, new AnnouncePolicy.Rival(0, 0));

    router.reconfigure(owner.withAnnouncePolicy(refreshing), SECOND);

    assertThat(router.deadlineNanos()).isEqualTo(SECOND + SECOND / 2);
    assertThat(router.tick(router.deadlineNanos()).actions())
        .isEqualTo(List.of(new Action.Announce(4)));
    assertThat(router.deadlineNanos()).isEqualTo(2 * SECOND);
  }

  @Test
  void anActiveTellsALongerIntervalAtOnce() {
    RouterConfig owner = CONFIG.withPriority(Priority.OWNER);
    VirtualRouter router = new VirtualRouter(owner);
    router.startup(0);

    Step step = router.reconfigure(owner.withInterval(THREE_SECONDS), SECOND / 2);

    assertThat(step.actions()).isEqualTo(List.of(new Action.SendAdvertisement(Priority.OWNER)));
    assertThat(((Active) router.state()).advertiseAtNanos()).isEqualTo(3 * SECOND + SECOND / 2);
  }

  @Test
  void anActiveTellsAShorterIntervalWhenItsNextAdvertisementIsDue() {
    RouterConfig owner = CONFIG.withPriority(Priority.OWNER).withInterval(THREE_SECONDS);
    VirtualRouter router = new VirtualRouter(owner);
    router.startup(0);

    Step step = router.reconfigure(owner.withInterval(TWO_SECONDS), SECOND / 2);

    assertThat(step.actions()).isEmpty();
    assertThat(((Active) router.state()).advertiseAtNanos()).isEqualTo(2 * SECOND + SECOND / 2);
    router.reconfigure(owner.withInterval(AdvertInterval.DEFAULT), 2 * SECOND);
    assertThat(((Active) router.state()).advertiseAtNanos()).isEqualTo(2 * SECOND + SECOND / 2);
  }

  @Test
  void aBackupSaysNothingOfALongerInterval() {
    VirtualRouter router = new VirtualRouter(CONFIG);
    router.startup(0);

    assertThat(router.reconfigure(CONFIG.withInterval(THREE_SECONDS), SECOND).actions()).isEmpty();
  }

  /** A router that hears a lower Active at 1 s for the first time. */
  private static VirtualRouter waiting(int delaySeconds) {
    VirtualRouter router = new VirtualRouter(delaying(delaySeconds));
    router.startup(0);
    assertThat(followsLowerAt(router, SECOND)).isTrue();
    return router;
  }

  private static boolean followsLowerAt(VirtualRouter router, long now) {
    long before = router.deadlineNanos();
    router.onAdvertisement(
        advertisement(VrrpVersion.V3, 50, AdvertInterval.ofSeconds(30)), PEER, now);
    return router.deadlineNanos() != before;
  }

  private static RouterConfig delaying(int seconds) {
    return CONFIG.withPreemption(new Preemption(true, seconds * SECOND));
  }

  private static RouterConfig config(VrrpVersion version) {
    return RouterConfig.of(
        version,
        Vrid.of(1),
        AddressList.of(AddressFamily.IPV4, List.of(IpAddress.parse("192.0.2.1").orElseThrow())),
        IpAddress.parse("192.0.2.12").orElseThrow());
  }

  private static Advertisement advertisement(
      VrrpVersion version, int priority, AdvertInterval interval) {
    return new Advertisement(
        version, Vrid.of(1), Priority.of(priority), interval, CONFIG.addresses());
  }
}
