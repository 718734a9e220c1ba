package org.vipd.daemon.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecondsTextTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0 s",
    "1000000000, 1 s",
    "250000000, 0.25 s",
    "100000000000, 100 s",
    "1, 0.000000001 s"
  })
  void leavesOutWhatSaysNothing(long nanos, String text) {
    assertThat(SecondsText.of(Duration.ofNanos(nanos))).isEqualTo(text);
  }
}
