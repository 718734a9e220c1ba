package org.vipd.daemon.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vipd.daemon.config.CheckConfig;
import org.vipd.daemon.config.CheckTrack;
import org.vipd.daemon.config.CommandConfig;
import org.vipd.daemon.config.Place;

class TrackRuleTest {

  private static CheckConfig check(int weight, boolean reversed) {
    return new CheckConfig(
        "c",
        Place.ofFile("k.conf"),
        new CommandConfig("x", List.of("x")),
        new CheckConfig.Schedule(Duration.ofSeconds(1), Duration.ofSeconds(1)),
        new CheckConfig.Thresholds(1, 1),
        weight,
        reversed);
  }

  @ParameterizedTest
  @CsvSource({
    "0, false, PENDING, 0, false/true",
    "0, false, GOOD, 0, false/false",
    "0, false, BAD, 0, true/false",
    "0, true, PENDING, 0, false/true",
    "0, true, GOOD, 0, true/false",
    "0, true, BAD, 0, false/false",
    "10, false, PENDING, 0, false/false",
    "10, false, GOOD, 10, false/false",
    "10, false, BAD, 0, false/false",
    "10, true, GOOD, -10, false/false",
    "10, true, BAD, 0, false/false",
    "-10, false, PENDING, 0, false/false",
    "-10, false, GOOD, 0, false/false",
    "-10, false, BAD, -10, false/false",
    "-10, true, GOOD, 0, false/false",
    "-10, true, BAD, 10, false/false"
  })
  void turnsAVerdictIntoPriorityOrFault(
      int weight, boolean reversed, Verdict verdict, int adds, String faultAndAwaited) {
    TrackRule rule = new TrackRule("c", weight, reversed);
    assertThat(rule.contribution(verdict)).isEqualTo(adds);
    assertThat(rule.isFault(verdict) + "/" + rule.isAwaited(verdict)).isEqualTo(faultAndAwaited);
  }

  @Test
  void takesTheOwnWeightOfTheInstanceFirst() {
    CheckTrack own = new CheckTrack("c", OptionalInt.of(7), true);
    CheckTrack none = new CheckTrack("c", OptionalInt.empty(), false);
    assertThat(TrackRule.of(own, check(-2, true))).isEqualTo(new TrackRule("c", 7, true));
    assertThat(TrackRule.of(none, check(-2, true))).isEqualTo(new TrackRule("c", -2, true));
    assertThat(TrackRule.of(none, check(0, false))).isEqualTo(new TrackRule("c", 0, false));
  }

  @Test
  void turnsAReversedCheckBackWhenTheInstanceReversesIt() {
    CheckTrack reversed = new CheckTrack("c", OptionalInt.empty(), true);
    assertThat(TrackRule.of(reversed, check(3, true)).isReversed()).isFalse();
    assertThat(TrackRule.of(reversed, check(3, false)).isReversed()).isTrue();
  }
}
