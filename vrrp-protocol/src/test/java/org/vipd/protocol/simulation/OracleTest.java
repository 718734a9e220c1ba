package org.vipd.protocol.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vipd.protocol.machine.Preemption;
import org.vipd.protocol.machine.RouterConfig;
import org.vipd.protocol.machine.Sleep;
import org.vipd.protocol.machine.VirtualRouter;
import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.AddressList;
import org.vipd.protocol.value.AdvertInterval;
import org.vipd.protocol.value.IpAddress;
import org.vipd.protocol.value.Priority;
import org.vipd.protocol.value.Vrid;
import org.vipd.protocol.value.VrrpVersion;
import org.vipd.protocol.wire.Advertisement;

/**
 * What the expectation says at places where it was wrong once. Of the first 300,000 seeds 120762,
 * 130982, 184420, 200048 and 237298 showed the first; of the first million 663316 the last, when a
 * LAN with more faults was simulated.
 */
class OracleTest {
  private static final long MILLISECOND = 1_000_000L;
  private static final AddressList ADDRESSES = Scenario.addresses(AddressFamily.IPV4, 1);
  private static final IpAddress FAST = IpAddress.parse("192.0.2.11").orElseThrow();
  private static final IpAddress SLOW = IpAddress.parse("192.0.2.12").orElseThrow();
  private static final RouterConfig DELAYING =
      RouterConfig.of(
              VrrpVersion.V3, Vrid.of(7), ADDRESSES, IpAddress.parse("192.0.2.10").orElseThrow())
          .withPriority(Priority.of(200))
          .withInterval(AdvertInterval.ofCentiseconds(20))
          .withPreemption(new Preemption(true, 10_000 * MILLISECOND));

  private final VirtualRouter router = new VirtualRouter(DELAYING);
  private final Oracle oracle = new Oracle();

  @Test
  void trustsASleepShorterThanTheIntervalOfTheLowerActiveThatItFollows() {
    long late = 300 * MILLISECOND;
    assertThat(late).isBetween(200 * MILLISECOND, 500 * MILLISECOND);
    long now = sleepBeyondTheDeadlineBehindALowerActive(late);
    assertThat(oracle.duePromotion()).isLessThan(now).isEqualTo(router.deadlineNanos());
  }

  @Test
  void waitsAgainAfterASleepAsLongAsTheIntervalOfTheLowerActiveThatItFollows() {
    long now = sleepBeyondTheDeadlineBehindALowerActive(500 * MILLISECOND);
    assertThat(oracle.duePromotion()).isGreaterThan(now).isEqualTo(router.deadlineNanos());
  }

  /** Follows an Active with an interval of 0.5 s, and wakes late; returns when. */
  private long sleepBeyondTheDeadlineBehindALowerActive(long late) {
    start();
    hear(20, FAST, 100 * MILLISECOND);
    hear(50, SLOW, 300 * MILLISECOND);
    long now = router.deadlineNanos() + late;
    router.wokeLate(new Sleep(late, false), now);
    oracle.wokeLateAsBackup(DELAYING, late, now);
    return now;
  }

  @Test
  void followsALowerActiveDuringTheDelayOnly() {
    start();
    hear(50, SLOW, 100 * MILLISECOND);
    for (int i = 0; i < 30; i++) {
      hear(50, SLOW, (600 + i * 500) * MILLISECOND);
      assertThat(oracle.duePromotion()).isEqualTo(router.deadlineNanos());
    }
    // The delay began at 0.1 s; the last one followed is that of 9.6 s + 3 intervals and the skew.
    assertThat(router.deadlineNanos()).isEqualTo(11_209_375_000L);
  }

  @Test
  void expectsNoSpacingFromTheAnswersOfAnEarlierProcess() {
    oracle.answered(100 * MILLISECOND);
    assertThat(oracle.sinceAnswer(103 * MILLISECOND)).isEqualTo(3 * MILLISECOND);
    oracle.becameActive();
    assertThat(oracle.sinceAnswer(103 * MILLISECOND)).isGreaterThan(10 * MILLISECOND);
  }

  private void start() {
    router.startup(0);
    oracle.started(DELAYING, 0);
  }

  private void hear(int centiseconds, IpAddress source, long now) {
    Advertisement lower =
        new Advertisement(
            VrrpVersion.V3,
            DELAYING.vrid(),
            Priority.of(100),
            AdvertInterval.ofCentiseconds(centiseconds),
            ADDRESSES);
    router.onAdvertisement(lower, source, now);
    oracle.heardAsBackup(DELAYING, lower, now);
    assertThat(List.of(oracle.duePromotion())).containsExactly(router.deadlineNanos());
  }
}
