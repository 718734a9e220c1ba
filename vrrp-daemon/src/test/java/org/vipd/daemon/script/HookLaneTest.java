package org.vipd.daemon.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vipd.daemon.script.SupervisorFixture.check;
import static org.vipd.daemon.script.SupervisorFixture.job;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.vipd.daemon.config.CommandConfig;
import org.vipd.daemon.port.HookJob;
import org.vipd.daemon.status.DeliveryStatus;

class HookLaneTest {

  private final SupervisorFixture fixture = new SupervisorFixture();

  private void submit(HookJob job) {
    fixture.supervisor.runHooks(job);
    fixture.supervisor.turn();
  }

  private void endRunning(int code) {
    fixture.processes.last().exits(code);
    fixture.supervisor.turn();
  }

  @Test
  void runsCommandsOneAfterTheOther() {
    submit(job("VI_1 MASTER", false, "a", "b"));
    assertThat(fixture.started()).containsExactly("a");
    endRunning(0);
    assertThat(fixture.started()).containsExactly("a", "b");
    endRunning(0);
    assertThat(fixture.journal.messages())
        .containsExactly(
            "debug notify script for VI_1 MASTER done: /bin/sh a",
            "debug notify script for VI_1 MASTER done: /bin/sh b");
  }

  @Test
  void replacesAWaitingJobByANewerOneAndSaysSo() {
    submit(job("VI_1 BACKUP", false, "a"));
    submit(job("VI_1 MASTER", false, "b"));
    submit(job("VI_1 FAULT", false, "c"));
    endRunning(0);
    assertThat(fixture.started()).containsExactly("a", "c");
    assertThat(fixture.journal.messages())
        .contains(
            "warn notify scripts of VI_1 MASTER are left out: VI_1 BACKUP is still running and"
                + " VI_1 FAULT is newer");
  }

  @Test
  void whatHasNotBegunOfAnOlderJobIsLeftOutCountedAndSaid() {
    submit(job("VI_1 MASTER", false, "a", "b", "c"));
    submit(job("VI_1 BACKUP", false, "d", "e"));
    endRunning(0);
    endRunning(0);
    endRunning(0);
    assertThat(fixture.started()).containsExactly("a", "d", "e");
    assertThat(fixture.journal.messages())
        .contains(
            "warn further notify scripts of VI_1 MASTER are left out: VI_1 BACKUP is newer:"
                + " /bin/sh b, /bin/sh c");
    assertThat(fixture.supervisor.hookResults().get(0).replaced()).isEqualTo(1);
  }

  @Test
  void aFailedStartOfAnOlderJobIsNotTriedAgainWhenANewerOneWaits() {
    submit(twoOfWhichTheFirstCannotStart());
    submit(job("VI_1 BACKUP", false, "d"));
    endRunning(0);
    endRunning(0);
    fixture.runSeconds(60);
    assertThat(fixture.started()).containsExactly("b", "d");
    assertThat(fixture.journal.messages()).filteredOn(it -> it.contains("/none")).hasSize(1);
  }

  @Test
  void aFailedStartIsTriedAgainWhenNothingNewerCame() {
    submit(twoOfWhichTheFirstCannotStart());
    endRunning(0);
    fixture.runSeconds(60);
    assertThat(fixture.journal.messages()).filteredOn(it -> it.contains("/none")).hasSize(6);
  }

  private static HookJob twoOfWhichTheFirstCannotStart() {
    return new HookJob(
        "VI_1", "VI_1 MASTER", List.of(command("/none", "a"), command("/bin/sh", "b")), false);
  }

  @Test
  void ofAFinalJobThatIsUnderWayNothingIsLeftOut() {
    submit(job("VI_1 STOP", true, "a", "b"));
    submit(job("VI_1 BACKUP", false, "c"));
    endRunning(0);
    endRunning(0);
    assertThat(fixture.started()).containsExactly("a", "b");
    assertThat(fixture.journal.messages()).noneMatch(it -> it.contains("left out"));
  }

  @Test
  void ofTenThousandTransitionsWithTwoScriptsEachTheLastHasBothAndNoneComesOutOfOrder() {
    for (int i = 0; i < 10_000; i++) {
      String state = i % 2 == 0 ? "BACKUP" : "MASTER";
      submit(job("VI_1 " + state, false, "" + i, i + ".5"));
      if (i % 1000 == 500) {
        endRunning(0);
      }
    }
    endRunning(0);
    endRunning(0);
    endRunning(0);
    List<Double> order = fixture.started().stream().map(Double::valueOf).toList();
    assertThat(order).isSorted().endsWith(9999.0, 9999.5).hasSizeLessThanOrEqualTo(13);
    DeliveryStatus last = fixture.supervisor.hookResults().get(0);
    assertThat(last.replaced()).as("all but the last").isEqualTo(9_999);
    assertThat(last.isWaiting()).isFalse();
  }

  @Test
  void startsAJobOfAnIdleLaneEvenWhenTheNextComesAtOnce() {
    fixture.supervisor.runHooks(job("VI_1 BACKUP", false, "a"));
    fixture.supervisor.runHooks(job("VI_1 MASTER", false, "b"));
    fixture.supervisor.turn();
    endRunning(0);
    assertThat(fixture.started()).containsExactly("a", "b");
  }

  @Test
  void tenThousandTransitionsBehindASlowScriptEndWithTheLastOne() {
    submit(job("VI_1 MASTER", false, "0"));
    for (int i = 1; i <= 10_000; i++) {
      submit(job("VI_1 " + (i % 2 == 0 ? "MASTER" : "BACKUP"), false, "" + i));
      if (i % 1000 == 0) {
        endRunning(0);
      }
    }
    endRunning(0);
    submit(job("VI_1 STOP", true, "stop"));
    endRunning(0);
    fixture.supervisor.turn();
    List<Integer> order =
        fixture.started().stream().filter(it -> !it.equals("stop")).map(Integer::valueOf).toList();
    assertThat(order).isSorted().contains(0, 10_000).hasSizeLessThanOrEqualTo(12);
    assertThat(fixture.started()).endsWith("10000", "stop");
    assertThat(fixture.supervisor.hookResults().get(0).replaced()).isGreaterThan(9_900);
    assertThat(fixture.supervisor.dropped()).isZero();
  }

  @Test
  void neverReplacesAFinalJob() {
    submit(job("VI_1 MASTER", false, "a"));
    submit(job("VI_1 STOP", true, "b"));
    submit(job("VI_1 BACKUP", false, "c"));
    endRunning(0);
    endRunning(0);
    assertThat(fixture.started()).containsExactly("a", "b");
  }

  @Test
  void runsLanesBesideEachOther() {
    submit(job("VI_1 MASTER", false, "a"));
    submit(new HookJob("VI_2", "VI_2 MASTER", List.of(command("/bin/sh", "x")), false));
    assertThat(fixture.started()).containsExactly("a", "x");
  }

  @Test
  void goesOnAfterAFailureAndSaysWhatWasPrinted() {
    submit(job("VI_1 MASTER", false, "a", "b"));
    fixture.processes.last().prints("oops\n");
    endRunning(2);
    assertThat(fixture.started()).containsExactly("a", "b");
    assertThat(fixture.journal.messages())
        .containsExactly(
            "warn notify script for VI_1 MASTER failed: exit status 2, command: /bin/sh a,"
                + " printed: oops");
  }

  @Test
  void saysWhyAScriptCannotBeRun() {
    submit(new HookJob("VI_1", "VI_1 MASTER", List.of(command("/none", "x")), false));
    assertThat(fixture.journal.messages())
        .containsExactly(
            "warn notify script for VI_1 MASTER failed: cannot be run: /none does not exist,"
                + " command: /none x");
  }

  @Test
  void endsAScriptThatHangsForAMinuteAndGoesOn() {
    submit(job("VI_1 MASTER", false, "a", "b"));
    fixture.runSeconds(59.9);
    assertThat(fixture.processes.last().signals()).isEmpty();
    fixture.runSeconds(0.1);
    assertThat(fixture.processes.last().signals()).containsExactly("TERM");
    endRunning(0);
    assertThat(fixture.started()).containsExactly("a", "b");
    assertThat(fixture.journal.messages())
        .containsExactly(
            "warn notify script for VI_1 MASTER failed: no result after 60.0 s, command: /bin/sh"
                + " a");
  }

  @Test
  void postsNothingAboutHooksToTheLoop() {
    submit(job("VI_1 MASTER", false, "a"));
    endRunning(1);
    assertThat(fixture.takeResults()).isEmpty();
  }

  @Test
  void runsChecksBesideHooks() {
    fixture.supervisor.replaceChecks(List.of(check("c", 5, 5)));
    submit(job("VI_1 MASTER", false, "a"));
    assertThat(fixture.started()).containsExactlyInAnyOrder("a", "c");
  }

  private static CommandConfig command(String... words) {
    return new CommandConfig(String.join(" ", words), List.of(words));
  }

  @Test
  void countsJobsThatFindNoRoomAndSaysWhich() {
    SupervisorFixture fixture = new SupervisorFixture();
    for (int i = 0; i < 4096; i++) {
      fixture.supervisor.runHooks(job("VI_1 BACKUP", false, "b"));
    }
    assertThat(fixture.supervisor.dropped()).isZero();
    fixture.supervisor.runHooks(job("VI_2 MASTER", false, "m"));
    assertThat(fixture.supervisor.dropped()).isEqualTo(1);
    assertThat(fixture.journal.messages())
        .containsExactly(
            "warn scripts for VI_2 MASTER are left out: 4096 others wait to be started");
  }

  @Test
  void aLaneOfWhatIsRemovedIsForgottenWhenItsScriptHasEnded() {
    fixture.supervisor.keepLanes(Set.of("VI_1"));
    submit(job("VI_1 MASTER", false, "a"));
    endRunning(0);
    assertThat(fixture.supervisor.hookResults()).hasSize(1);
    fixture.supervisor.keepLanes(Set.of("VI_2"));
    submit(job("VI_1 DELETED", false, "b"));
    assertThat(fixture.supervisor.hookResults()).hasSize(1);
    endRunning(0);
    assertThat(fixture.started()).containsExactly("a", "b");
    assertThat(fixture.supervisor.hookResults()).isEmpty();
  }
}
