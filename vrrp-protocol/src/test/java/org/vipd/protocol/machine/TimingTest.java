package org.vipd.protocol.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vipd.protocol.value.AdvertInterval;
import org.vipd.protocol.value.Priority;
import org.vipd.protocol.value.VrrpVersion;

/** Skew and Active down interval; the expected nanoseconds were worked out by hand. */
class TimingTest {

  @ParameterizedTest
  @CsvSource({
    "V2, 100, 1, 996093750, 3996093750",
    "V2, 100, 100, 609375000, 3609375000",
    "V2, 100, 254, 7812500, 3007812500",
    "V2, 500, 200, 218750000, 15218750000",
    "V2, 25500, 100, 609375000, 765609375000",
    "V3, 100, 1, 996093750, 3996093750",
    "V3, 100, 100, 609375000, 3609375000",
    "V3, 100, 200, 218750000, 3218750000",
    "V3, 100, 254, 7812500, 3007812500",
    "V3, 100, 255, 3906250, 3003906250",
    "V3, 1, 100, 6093750, 36093750",
    "V3, 10, 150, 41406250, 341406250",
    "V3, 4095, 1, 40790039062, 163640039062",
    "V3, 4095, 100, 24953906250, 147803906250",
  })
  void isExactToTheNanosecond(
      VrrpVersion version, int centiseconds, int priority, long skew, long down) {
    AdvertInterval interval = AdvertInterval.ofCentiseconds(centiseconds);
    assertThat(Timing.skew(version, Priority.of(priority), interval)).isEqualTo(skew);
    assertThat(Timing.activeDownInterval(version, Priority.of(priority), interval, 3))
        .isEqualTo(down);
  }

  @Test
  void givesEveryPriorityItsOwnSkewEvenAtTheShortestInterval() {
    AdvertInterval shortest = AdvertInterval.ofCentiseconds(1);
    TreeSet<Long> skews = new TreeSet<>();
    for (int priority = 1; priority <= 255; priority++) {
      skews.add(Timing.skew(VrrpVersion.V3, Priority.of(priority), shortest));
    }
    assertThat(skews).hasSize(255);
    assertThat(skews.first()).isPositive();
  }

  @Test
  void followsTheNumberOfMissedAdvertisements() {
    assertThat(
            Timing.activeDownInterval(VrrpVersion.V3, Priority.of(100), AdvertInterval.DEFAULT, 5))
        .isEqualTo(5_609_375_000L);
  }
}
