package org.vipd.daemon.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vipd.daemon.config.CommandConfig;
import org.vipd.daemon.event.CheckOutcome;
import org.vipd.daemon.testkit.FakeProcesses;
import org.vipd.daemon.testkit.FakeProcesses.FakeProcess;

/** The ladder of one run: result, TERM, KILL, given up. */
class RunTest {

  private static final long SECOND = 1_000_000_000L;
  private static final long START = 100 * SECOND;
  private static final long TIMEOUT = 3 * SECOND;

  private final FakeProcesses processes = new FakeProcesses();
  private Run run = null;
  private FakeProcess process = null;

  @BeforeEach
  void start() {
    CommandConfig command = new CommandConfig("/bin/sh", List.of("/bin/sh"));
    Starter.Started started = SupervisorFixture.starter(processes).start(command, START, TIMEOUT);
    run = ((Starter.Started.Running) started).run();
    process = processes.last();
  }

  private static CheckOutcome outcome(CheckOutcome.Kind kind, int code, String output, long nanos) {
    return new CheckOutcome(kind, code, output, Duration.ofNanos(nanos));
  }

  @Test
  void waitsForTheEndOrTheTimeLimit() {
    assertThat(run.deadlineNanos()).isEqualTo(START + TIMEOUT);
    assertThat(run.advance(START + SECOND)).isFalse();
    assertThat(run.outcome()).isEmpty();
    assertThat(process.signals()).isEmpty();
  }

  @Test
  void tellsExitStatusOutputAndTime() {
    process.prints("no ").prints("route\n").exits(3);
    assertThat(run.advance(START + SECOND)).isTrue();
    assertThat(run.outcome()).contains(outcome(CheckOutcome.Kind.EXITED, 3, "no route\n", SECOND));
    assertThat(process.isClosed()).isTrue();
    assertThat(process.signals()).isEmpty();
  }

  @Test
  void tellsTheSignalThatEndedIt() {
    process.diesOf(11);
    assertThat(run.advance(START)).isTrue();
    assertThat(run.outcome()).contains(outcome(CheckOutcome.Kind.KILLED_BY_SIGNAL, 11, "", 0));
  }

  @Test
  void asksTheGroupToEndWhenTheTimeIsOverAndHasItsResultAtOnce() {
    process.prints("hanging");
    assertThat(run.advance(START + TIMEOUT)).isFalse();
    assertThat(process.signals()).containsExactly("TERM");
    assertThat(run.outcome()).contains(outcome(CheckOutcome.Kind.TIMED_OUT, 0, "hanging", TIMEOUT));
    assertThat(run.deadlineNanos()).isEqualTo(START + TIMEOUT + 2 * SECOND);
  }

  @Test
  void killsTheGroupTwoSecondsLaterAndGivesUpTwoSecondsAfterThat() {
    run.advance(START + 3 * SECOND);
    assertThat(run.advance(START + 5 * SECOND - 1)).isFalse();
    assertThat(process.signals()).containsExactly("TERM");
    assertThat(run.advance(START + 5 * SECOND)).isFalse();
    assertThat(process.signals()).containsExactly("TERM", "KILL");
    assertThat(run.advance(START + 7 * SECOND - 1)).isFalse();
    assertThat(process.isClosed()).isFalse();
    assertThat(run.advance(START + 7 * SECOND)).isTrue();
    assertThat(process.isClosed()).isTrue();
  }

  @Test
  void keepsTheFirstResultAndEndsTheRestOfTheGroup() {
    run.advance(START + 3 * SECOND);
    process.exits(0);
    assertThat(run.advance(START + 4 * SECOND)).isTrue();
    assertThat(run.outcome().orElseThrow().kind()).isEqualTo(CheckOutcome.Kind.TIMED_OUT);
    assertThat(process.signals()).containsExactly("TERM", "group");
  }

  @Test
  void countsAnEndThatCameTogetherWithTheTimeLimitAsAnEnd() {
    process.exits(0);
    assertThat(run.advance(START + TIMEOUT)).isTrue();
    assertThat(run.outcome().orElseThrow().passed()).isTrue();
  }

  @Test
  void readsAtMostSoMuchInOneTurn() {
    for (int i = 0; i < 100; i++) {
      process.prints("x");
    }
    run.advance(START);
    process.exits(0);
    run.advance(START);
    assertThat(run.outcome().orElseThrow().output()).hasSize(100);
  }

  @Test
  void endsWithoutAResultWhenKilled() {
    run.kill();
    assertThat(process.signals()).containsExactly("KILL");
    assertThat(process.isClosed()).isTrue();
    assertThat(run.outcome()).isEmpty();
  }

  @Test
  void readsEndlessOutputWithPausesAndNeverEndsTheProcessForIt() {
    for (int i = 0; i < 100; i++) {
      process.prints("y\n");
    }
    assertThat(run.advance(START)).isFalse();
    assertThat(process.isListenedTo()).isFalse();
    assertThat(run.deadlineNanos()).isEqualTo(START + 50_000_000L);
    run.advance(START + 1);
    assertThat(process.readOutput(new byte[10])).isEqualTo(2);
    run.advance(START + 50_000_000L);
    assertThat(process.isListenedTo()).isTrue();
    assertThat(process.readOutput(new byte[10])).isZero();
    assertThat(run.deadlineNanos()).isEqualTo(START + TIMEOUT);
    assertThat(process.signals()).isEmpty();
  }
}
