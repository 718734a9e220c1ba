package org.vipd.daemon.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vipd.daemon.config.CheckConfig.Thresholds;

class RiseFallTest {

  /** Results as letters, S for success and F for failure; verdicts as letters, G and B. */
  @ParameterizedTest
  @CsvSource({
    // rise, fall, results, verdicts: the first result decides, whatever the thresholds
    "1, 1, S, G",
    "1, 1, F, B",
    "5, 5, S, G",
    "5, 5, F, B",
    // from good: fall failures in a row, one success starts the count anew
    "2, 3, SFF, GGG",
    "2, 3, SFFF, GGGB",
    "2, 3, SFFSFF, GGGGGG",
    "2, 3, SFFSFFF, GGGGGGB",
    // from bad: rise successes in a row, one failure starts the count anew
    "2, 3, FS, BB",
    "2, 3, FSS, BBG",
    "2, 3, FSFS, BBBB",
    "2, 3, FSFSS, BBBBG",
    // there and back again
    "1, 1, SFSF, GBGB",
    "2, 2, SFFSSFF, GGBBGGB"
  })
  void countsResultsInARow(int rise, int fall, String results, String verdicts) {
    RiseFall state = RiseFall.start(new Thresholds(rise, fall));
    assertThat(state.verdict()).isEqualTo(Verdict.PENDING);
    StringBuilder seen = new StringBuilder();
    for (int i = 0; i < results.length(); i++) {
      state = state.accept(results.charAt(i) == 'S');
      seen.append(state.verdict().name().charAt(0));
      assertThat(state.against()).isBetween(0, Math.max(rise, fall) - 1);
    }
    assertThat(seen).hasToString(verdicts);
  }

  @Test
  void namesVerdictsInLowerCase() {
    assertThat(Verdict.values())
        .extracting(Verdict::word)
        .containsExactly("pending", "good", "bad");
  }
}
