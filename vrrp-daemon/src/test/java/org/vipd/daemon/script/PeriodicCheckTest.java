package org.vipd.daemon.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vipd.daemon.script.SupervisorFixture.SECOND;
import static org.vipd.daemon.script.SupervisorFixture.check;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vipd.daemon.config.CheckConfig;
import org.vipd.daemon.event.CheckOutcome;

class PeriodicCheckTest {

  private final SupervisorFixture fixture = new SupervisorFixture();

  private void start(int interval, int timeout) {
    fixture.supervisor.replaceChecks(List.of(check("c", interval, timeout)));
    fixture.supervisor.turn();
  }

  @Test
  void runsAtOnceAndThenEveryInterval() {
    start(2, 2);
    assertThat(fixture.started()).containsExactly("c");
    for (int i = 0; i < 5; i++) {
      fixture.processes.last().exits(0);
      fixture.runSeconds(2);
    }
    assertThat(fixture.started()).hasSize(6);
    assertThat(fixture.takeResults()).hasSize(5).allMatch("c: exit status 0"::equals);
  }

  @Test
  void wantsToWakeForTheNextStartAndTheTimeLimit() {
    start(5, 3);
    fixture.supervisor.turn();
    assertThat(fixture.processes.wantedNanos()).isEqualTo(fixture.clock.nanos() + 3 * SECOND);
    fixture.processes.last().exits(0);
    fixture.supervisor.turn();
    fixture.supervisor.turn();
    assertThat(fixture.processes.wantedNanos()).isEqualTo(fixture.clock.nanos() + 5 * SECOND);
  }

  @Test
  void leavesAStartOutWhileTheLastRunGoesOn() {
    start(1, 10);
    fixture.runSeconds(5);
    assertThat(fixture.started()).hasSize(1);
    fixture.processes.last().exits(0);
    fixture.runSeconds(1);
    assertThat(fixture.started()).hasSize(2);
  }

  @Test
  void startsAgainWhenTheLastRunEndsJustWhenTheNextIsDue() {
    start(2, 9);
    fixture.clock.advance(2 * SECOND);
    fixture.processes.last().exits(0);
    fixture.supervisor.turn();
    fixture.supervisor.turn();
    assertThat(fixture.takeResults()).containsExactly("c: exit status 0");
    assertThat(fixture.started()).hasSize(2);
  }

  @Test
  void climbsTheLadderAndTellsTheFailureOnce() {
    start(1, 2);
    fixture.runSeconds(2);
    assertThat(fixture.takeResults()).containsExactly("c: no result after 2.0 s");
    assertThat(fixture.processes.last().signals()).containsExactly("TERM");
    fixture.runSeconds(2);
    assertThat(fixture.processes.last().signals()).containsExactly("TERM", "KILL");
    fixture.runSeconds(1.9);
    assertThat(fixture.started()).hasSize(1);
    fixture.runSeconds(1.2);
    assertThat(fixture.started()).hasSize(2);
    assertThat(fixture.processes.started().get(0).isClosed()).isTrue();
    assertThat(fixture.takeResults()).isEmpty();
  }

  @Test
  void countsACommandThatCannotBeRunAsFailedWithItsReason() {
    fixture.supervisor.replaceChecks(List.of(check("c", "haprox -x", 2, 2)));
    fixture.supervisor.turn();
    CheckOutcome outcome = fixture.lastResult().orElseThrow();
    assertThat(outcome.passed()).isFalse();
    assertThat(outcome.text()).startsWith("cannot be run: no program 'haprox' in ");
    fixture.runSeconds(4);
    assertThat(fixture.takeResults()).hasSize(3);
  }

  @Test
  void countsAFailureToStartAsFailedWithItsReason() {
    fixture.processes.failToStart(Optional.of("posix_spawn: EAGAIN"));
    start(2, 2);
    assertThat(fixture.takeResults()).containsExactly("c: cannot be run: posix_spawn: EAGAIN");
    fixture.processes.failToStart(Optional.empty());
    fixture.runSeconds(2);
    assertThat(fixture.started()).hasSize(1);
  }

  @Test
  void keepsItsRhythmUnderANewScheduleOfTheSameCommand() {
    start(10, 2);
    fixture.processes.last().exits(0);
    fixture.runSeconds(1);
    fixture.supervisor.replaceChecks(List.of(check("c", 3, 2)));
    fixture.runSeconds(2.9);
    assertThat(fixture.started()).hasSize(1);
    fixture.runSeconds(0.2);
    assertThat(fixture.started()).hasSize(2);
  }

  @Test
  void endsARunWhoseCommandChangedOrWhoseCheckIsGone() {
    start(10, 9);
    fixture.supervisor.replaceChecks(List.of(check("c", "/bin/sh other", 10, 9)));
    fixture.supervisor.turn();
    assertThat(fixture.started()).containsExactly("c", "other");
    assertThat(fixture.processes.started().get(0).signals()).containsExactly("KILL");
    fixture.supervisor.replaceChecks(List.of());
    fixture.supervisor.turn();
    assertThat(fixture.processes.last().signals()).containsExactly("KILL");
    fixture.runSeconds(20);
    assertThat(fixture.started()).hasSize(2);
    assertThat(fixture.takeResults()).isEmpty();
  }

  @Test
  void catchesUpWithoutABurstAfterAStall() {
    start(1, 1);
    fixture.processes.last().exits(0);
    fixture.supervisor.turn();
    fixture.clock.advance(100 * SECOND);
    for (int i = 0; i < 10; i++) {
      fixture.supervisor.turn();
    }
    assertThat(fixture.started()).hasSize(2);
  }

  @Test
  void runsACheckThatHangsEveryIntervalAlsoWhenTheTimeLimitIsTheInterval() {
    start(2, 2);
    for (int i = 1; i <= 4; i++) {
      fixture.clock.advance(2 * SECOND);
      fixture.supervisor.turn();
      assertThat(fixture.takeResults()).containsExactly("c: no result after 2.0 s");
      assertThat(fixture.processes.last().signals()).containsExactly("TERM");
      fixture.supervisor.turn();
      assertThat(fixture.started()).hasSize(i);
      fixture.processes.last().diesOf(15);
      fixture.supervisor.turn();
      assertThat(fixture.started()).hasSize(i + 1);
    }
  }

  @Test
  void runsACheckThatHangsEveryIntervalAlsoWhenItsTurnsComeLate() {
    long late = 1_000_000;
    start(2, 2);
    fixture.clock.advance(late);
    for (int i = 1; i <= 4; i++) {
      // the next start is due a little before the time of the last run is over
      fixture.clock.advance(2 * SECOND - late);
      fixture.supervisor.turn();
      fixture.clock.advance(late);
      fixture.supervisor.turn();
      assertThat(fixture.takeResults()).hasSize(1);
      assertThat(fixture.started()).hasSize(i);
      fixture.processes.last().diesOf(15);
      fixture.supervisor.turn();
      assertThat(fixture.started()).hasSize(i + 1);
    }
  }

  /** Twelve checks, of which each takes a tenth of a second to start. */
  private List<String> startTwelveSlowly() {
    List<CheckConfig> checks = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      checks.add(check("c" + i, 1, 1));
    }
    fixture.processes.whenStarting(() -> fixture.clock.advance(SECOND / 10));
    fixture.supervisor.replaceChecks(checks);
    fixture.supervisor.turn();
    return fixture.started();
  }

  @Test
  void doesNotLetResultsWaitUntilAllOthersAreStarted() {
    assertThat(startTwelveSlowly()).containsExactly("c0", "c1", "c2", "c3");
    fixture.processes.started().forEach(it -> it.exits(0));
    fixture.supervisor.turn();
    assertThat(fixture.takeResults())
        .containsExactly(
            "c0: exit status 0", "c1: exit status 0", "c2: exit status 0", "c3: exit status 0");
    assertThat(fixture.processes.wantedNanos()).isLessThanOrEqualTo(fixture.clock.nanos());
  }

  @Test
  void theTimeLimitBeginsWhenTheProcessDoes() {
    startTwelveSlowly();
    fixture.supervisor.turn();
    fixture.supervisor.turn();
    // the last one began a tenth of a second ago, the first one 1.2 s
    fixture.supervisor.turn();
    assertThat(fixture.takeResults())
        .containsExactly(
            "c0: no result after 1.2 s", "c1: no result after 1.1 s", "c2: no result after 1.0 s");
  }

  @Test
  void startsInTurnWhenThereIsTimeForSomeOnly() {
    startTwelveSlowly();
    for (int i = 0; i < 20; i++) {
      fixture.processes.started().forEach(it -> it.exits(0));
      fixture.supervisor.turn();
    }
    for (int i = 0; i < 12; i++) {
      assertThat(Collections.frequency(fixture.started(), "c" + i)).isBetween(5, 8);
    }
  }
}
