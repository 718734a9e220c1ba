package org.vipd.daemon.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.vipd.protocol.value.AdvertInterval;
import org.vipd.protocol.value.VrrpVersion;

class LeaseTest {

  private static Lease.Patience v2(int seconds) {
    return new Lease.Patience(VrrpVersion.V2, AdvertInterval.ofSeconds(seconds));
  }

  private static Lease.Patience v3(int centiseconds) {
    return new Lease.Patience(VrrpVersion.V3, AdvertInterval.ofCentiseconds(centiseconds));
  }

  private static int longest(int centiseconds) {
    return Lease.longest(v3(centiseconds)).seconds();
  }

  @Test
  void isTheLongestWholeNumberOfSecondsBeforeABackupMayClaim() {
    assertThat(longest(100)).isEqualTo(3);
    assertThat(longest(132)).isEqualTo(3);
    assertThat(longest(133)).isEqualTo(4);
    assertThat(longest(150)).isEqualTo(4);
    assertThat(longest(200)).isEqualTo(6);
    assertThat(longest(4095)).isEqualTo(123);
    assertThat(Lease.longest(v2(255)).seconds()).isEqualTo(765);
  }

  @Test
  void hasThreeSecondsAtLeastUnlessConfiguredShorter() {
    assertThat(longest(1)).isEqualTo(3);
    assertThat(longest(10)).isEqualTo(3);
    assertThat(longest(99)).isEqualTo(3);
    assertThat(Lease.objection(2, v3(10))).isEmpty();
    assertThat(Lease.objection(3, v3(10))).isEmpty();
  }

  @Test
  void refusesOneThatOutlivesThePatienceOfABackupWithTheArithmetic() {
    assertThat(Lease.objection(4, v2(1)).orElseThrow())
        .isEqualTo(
            "a lease of 4 s is too long: after the last advertisement a Backup may claim the"
                + " addresses in 3 x 1 s + 0.008 s (skew of priority 254) = 3.008 s, so this node"
                + " could still have them; the longest is 3 s");
    assertThat(Lease.objection(7, v3(200)).orElseThrow())
        .contains("3 x 2 s + 0.016 s", "= 6.016 s", "the longest is 6 s");
  }

  @Test
  void refusesOneThatEndsBetweenTwoRefreshes() {
    assertThat(Lease.objection(1, v2(1)).orElseThrow())
        .isEqualTo(
            "a lease of 1 s is too short: it is refreshed every 1 s, so a healthy node would lose"
                + " its addresses; the shortest is 2 s");
    assertThat(Lease.objection(0, v2(1))).isPresent();
    assertThat(Lease.objection(1, v3(70)).orElseThrow())
        .contains("refreshed every 1.4 s", "the shortest is 2 s");
  }

  @Test
  void canBeOff() {
    assertThat(Lease.OFF.isOn()).isFalse();
    assertThat(Lease.OFF.nanos()).isEqualTo(Long.MAX_VALUE);
    assertThat(new Lease(3).nanos()).isEqualTo(3_000_000_000L);
    assertThatThrownBy(() -> new Lease(-1)).hasMessageContaining("-1");
  }

  @Test
  void isShorterWhenOthersWaitForFewerAdvertisements() {
    AdvertInterval second = AdvertInterval.ofSeconds(1);
    Lease.Patience two = new Lease.Patience(VrrpVersion.V2, second, 2);
    assertThat(Lease.longest(two).seconds()).isEqualTo(2);
    assertThat(Lease.objection(3, two).orElseThrow()).contains("2 x 1 s + 0.008 s");
    // one second would end between two refreshes
    Lease.Patience one = new Lease.Patience(VrrpVersion.V2, second, 1);
    assertThat(Lease.longest(one).seconds()).isEqualTo(3);
    assertThat(Lease.longest(new Lease.Patience(VrrpVersion.V2, second, 5)).seconds()).isEqualTo(5);
  }
}
