package org.vipd.daemon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.vipd.daemon.event.CheckOutcome;
import org.vipd.daemon.event.Event;
import org.vipd.daemon.status.InstanceStatus;
import org.vipd.daemon.testkit.Configurations;
import org.vipd.daemon.testkit.FakeHost;

/** Results of health checks and what they do to an instance. */
class CheckTest {

  private static final CheckOutcome PASSED =
      new CheckOutcome(CheckOutcome.Kind.EXITED, 0, "", Duration.ofMillis(5));
  private static final CheckOutcome FAILED =
      new CheckOutcome(CheckOutcome.Kind.EXITED, 1, "no route to host\n", Duration.ofMillis(5));

  private static String tracked(String scriptLines, String track) {
    return "vrrp_script c {\nscript \"/bin/check it\"\n"
        + scriptLines
        + "\n}\n"
        + Configurations.instance(100, "track_script { " + track + " }", "notify_fault /f");
  }

  private static FakeHost host(String scriptLines, String track) {
    return new FakeHost(tracked(scriptLines, track)).start();
  }

  @Test
  void waitsForTheFirstResultOfAnUnweightedCheck() {
    FakeHost host = host("", "c");
    assertThat(host.instance().state()).isEqualTo("INIT");
    assertThat(host.instance().waitingFor())
        .containsExactly("waiting for the first result of check c");
    assertThat(host.trace.lines()).noneMatch(it -> it.startsWith("hooks"));
    host.check("c", PASSED);
    assertThat(host.instance().state()).isEqualTo("BACKUP");
  }

  @Test
  void goesToFaultWhenTheFirstResultIsAFailure() {
    FakeHost host = host("fall 3", "c");
    host.check("c", FAILED);
    InstanceStatus instance = host.instance();
    assertThat(instance.state()).isEqualTo("FAULT");
    assertThat(instance.reason())
        .isEqualTo("check c fails (1 in a row, last: exit status 1), command: /bin/check it");
    assertThat(instance.checks())
        .containsExactly(
            new InstanceStatus.CheckStatus(
                "c",
                "/bin/check it",
                0,
                "bad",
                1,
                1,
                1,
                "exit status 1",
                0.005,
                "no route to host\n"));
    assertThat(host.trace.lines()).contains("hooks VI_1 FAULT: /f");
  }

  @Test
  void saysHowOftenItFailedAndNamesTheOutputOnce() {
    FakeHost host = host("", "c");
    host.check("c", FAILED);
    host.check("c", FAILED);
    assertThat(host.instance().reason()).contains("2 in a row");
    assertThat(host.journal.messages())
        .filteredOn(it -> it.contains("check c is now"))
        .containsExactly("warn check c is now bad: exit status 1, printed: no route to host");
  }

  @Test
  void saysWhyACheckCannotBeRunOnlyOnce() {
    FakeHost host = host("", "c");
    host.check(
        "c", new CheckOutcome(CheckOutcome.Kind.UNRUNNABLE, 0, "no program 'x'", Duration.ZERO));
    assertThat(host.instance().state()).isEqualTo("FAULT");
    assertThat(host.journal.messages())
        .contains("warn check c is now bad: cannot be run: no program 'x'");
  }

  @Test
  void resignsAnActiveWhoseCheckFailsOftenEnough() {
    FakeHost host = host("fall 2\nrise 2", "c");
    host.check("c", PASSED);
    host.runSeconds(4);
    assertThat(host.instance().state()).isEqualTo("MASTER");
    host.trace.take();
    host.check("c", FAILED);
    assertThat(host.instance().state()).isEqualTo("MASTER");
    assertThat(host.trace.lines()).isEmpty();
    host.check("c", FAILED);
    assertThat(host.trace.take())
        .containsExactly(
            "advertise VRID 51 priority 0 10.0.0.2 to 224.0.0.18",
            "remove 10.0.0.100/32 on eth0",
            "hooks VI_1 FAULT: /f");
    host.check("c", PASSED);
    assertThat(host.instance().state()).isEqualTo("FAULT");
    host.check("c", PASSED);
    assertThat(host.instance().state()).isEqualTo("BACKUP");
  }

  @Test
  void lowersThePriorityOfAnActiveThatStaysActiveAndAdvertisesIt() {
    FakeHost host = host("weight -20", "c");
    host.runSeconds(4);
    host.trace.take();
    host.check("c", FAILED);
    assertThat(host.instance().state()).isEqualTo("MASTER");
    assertThat(host.instance().priorityArithmetic()).isEqualTo("80 = 100 - 20 c");
    host.runSeconds(1);
    assertThat(host.trace.lines())
        .containsExactly("advertise VRID 51 priority 80 10.0.0.2 to 224.0.0.18");
    host.check("c", PASSED);
    assertThat(host.instance().effectivePriority()).isEqualTo(100);
    assertThat(host.journal.messages())
        .contains(
            "info VI_1: effective priority is now 80 = 100 - 20 c",
            "info VI_1: effective priority is now 100");
  }

  @Test
  void usesTheWeightOfTheInstanceBeforeThatOfTheCheck() {
    FakeHost host = host("weight -20", "c weight 30");
    host.check("c", PASSED);
    assertThat(host.instance().priorityArithmetic()).isEqualTo("130 = 100 + 30 c");
    host.check("c", FAILED);
    assertThat(host.instance().effectivePriority()).isEqualTo(100);
  }

  @Test
  void shortensTheWaitWhenThePriorityRises() {
    FakeHost host = host("weight 100", "c");
    host.run(3_300_000_000L);
    assertThat(host.instance().state()).isEqualTo("BACKUP");
    host.check("c", PASSED);
    // priority 200: 3 s + 56 / 256 s, counted anew but never extended
    host.run(310_000_000L);
    assertThat(host.instance().state()).isEqualTo("MASTER");
  }

  @Test
  void statusCountsNoticesThatAreLost() {
    FakeHost host = host("", "c");
    host.notices.lose(3);
    assertThat(host.status().daemon()).containsEntry("notices-refused", 3L);
  }

  @Test
  void dropsEventsThatDoNotFitAndCountsThem() {
    FakeHost host = host("", "c");
    for (int i = 0; i < 1100; i++) {
      host.queue.post(new Event.CheckFinished("c", PASSED));
    }
    host.settle();
    assertThat(host.status().daemon()).containsEntry("events-dropped", 76L);
    assertThat(host.instance().checks().get(0).runs()).isEqualTo(1024);
  }

  @Test
  void findsRoomForAStopInAFullQueue() {
    FakeHost host = host("", "c");
    for (int i = 0; i < 1100; i++) {
      host.queue.post(new Event.CheckFinished("c", PASSED));
    }
    host.stop();
    assertThat(host.trace.lines()).contains("stop scripts");
  }

  @Test
  void doesNotLeaveItsStateForTheFirstResultOfAnAddedCheck() {
    FakeHost host = host("", "c");
    host.check("c", PASSED);
    host.reload("vrrp_script d {\nscript \"/bin/check d\"\n}\n" + tracked("", "c\nd"));
    assertThat(host.instance().state()).isEqualTo("BACKUP");
    host.check("d", FAILED);
    assertThat(host.instance().state()).isEqualTo("FAULT");
  }

  @Test
  void ignoresResultsOfChecksThatAreNoLongerKnown() {
    FakeHost host = host("", "c");
    host.check("ghost", FAILED);
    assertThat(host.instance().state()).isEqualTo("INIT");
  }

  @Test
  void keepsTheVerdictOfACheckOverAReload() {
    FakeHost host = host("fall 3", "c");
    host.check("c", PASSED);
    host.reload(tracked("fall 2\ninterval 9", "c"));
    assertThat(host.instance().state()).isEqualTo("BACKUP");
    assertThat(host.instance().checks().get(0).runs()).isEqualTo(1);
    host.reload(tracked("", "c").replace("/bin/check it", "/bin/other"));
    assertThat(host.instance().checks().get(0).state()).isEqualTo("good");
    assertThat(host.instance().state()).isEqualTo("BACKUP");
  }

  @Test
  void doesNotHoldAgainstANewCommandWhatTheOldOneFound() {
    FakeHost host = host("weight -20", "c");
    host.check("c", FAILED);
    host.runSeconds(5);
    assertThat(host.instance().state()).isEqualTo("MASTER");
    assertThat(host.instance().effectivePriority()).isEqualTo(80);
    host.reload(tracked("", "c").replace("/bin/check it", "/bin/other"));
    assertThat(host.instance().state()).isEqualTo("MASTER");
    host.check("c", FAILED);
    assertThat(host.instance().state()).isEqualTo("FAULT");
  }

  @Test
  void holdsAgainstTheSameCommandThatItFails() {
    FakeHost host = host("weight -20", "c");
    host.check("c", FAILED);
    host.runSeconds(5);
    host.reload(tracked("", "c"));
    assertThat(host.instance().state()).isEqualTo("FAULT");
  }
}
