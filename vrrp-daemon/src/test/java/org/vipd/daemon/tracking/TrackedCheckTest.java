package org.vipd.daemon.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vipd.daemon.config.CheckConfig;
import org.vipd.daemon.config.CommandConfig;
import org.vipd.daemon.config.Place;
import org.vipd.daemon.event.CheckOutcome;

class TrackedCheckTest {

  private static final CheckOutcome PASSED = outcome(CheckOutcome.Kind.EXITED, 0);
  private static final CheckOutcome FAILED = outcome(CheckOutcome.Kind.EXITED, 1);

  private static CheckOutcome outcome(CheckOutcome.Kind kind, int code) {
    return new CheckOutcome(kind, code, "out", Duration.ofMillis(2500));
  }

  private static CheckConfig config(int rise, int fall) {
    return new CheckConfig(
        "c",
        Place.ofFile("k.conf"),
        new CommandConfig("x", List.of("x")),
        new CheckConfig.Schedule(Duration.ofSeconds(1), Duration.ofSeconds(1)),
        new CheckConfig.Thresholds(rise, fall),
        0,
        false);
  }

  @Test
  void tellsOnlyChangesOfTheVerdict() {
    TrackedCheck check = new TrackedCheck(config(1, 2));
    assertThat(check.accept(PASSED)).isTrue();
    assertThat(check.accept(PASSED)).isFalse();
    assertThat(check.accept(FAILED)).isFalse();
    assertThat(check.accept(FAILED)).isTrue();
    assertThat(check.verdict()).isEqualTo(Verdict.BAD);
  }

  @Test
  void countsRunsAndFailures() {
    TrackedCheck check = new TrackedCheck(config(1, 1));
    check.accept(FAILED);
    check.accept(PASSED);
    check.accept(FAILED);
    check.accept(FAILED);
    assertThat(check.runs()).isEqualTo(4);
    assertThat(check.failures()).isEqualTo(3);
    assertThat(check.failuresInARow()).isEqualTo(2);
    assertThat(check.last()).contains(FAILED);
    check.accept(PASSED);
    assertThat(check.failuresInARow()).isZero();
  }

  @Test
  void keepsVerdictAndCountersUnderANewDefinition() {
    TrackedCheck check = new TrackedCheck(config(1, 5));
    check.accept(PASSED);
    check.accept(FAILED);
    check.redefine(config(1, 2));
    assertThat(check.verdict()).isEqualTo(Verdict.GOOD);
    assertThat(check.runs()).isEqualTo(2);
    assertThat(check.accept(FAILED)).isFalse();
    assertThat(check.accept(FAILED)).isTrue();
  }

  @Test
  void passesOnlyWithExitStatusZeroInTime() {
    assertThat(PASSED.passed()).isTrue();
    assertThat(FAILED.passed()).isFalse();
    assertThat(outcome(CheckOutcome.Kind.KILLED_BY_SIGNAL, 0).passed()).isFalse();
    assertThat(outcome(CheckOutcome.Kind.TIMED_OUT, 0).passed()).isFalse();
    assertThat(outcome(CheckOutcome.Kind.UNRUNNABLE, 0).passed()).isFalse();
  }

  @Test
  void saysHowARunEnded() {
    assertThat(FAILED.text()).isEqualTo("exit status 1");
    assertThat(outcome(CheckOutcome.Kind.KILLED_BY_SIGNAL, 9).text())
        .isEqualTo("killed by signal 9");
    assertThat(outcome(CheckOutcome.Kind.TIMED_OUT, 0).text()).isEqualTo("no result after 2.5 s");
    assertThat(outcome(CheckOutcome.Kind.UNRUNNABLE, 0).text()).isEqualTo("cannot be run: out");
  }
}
