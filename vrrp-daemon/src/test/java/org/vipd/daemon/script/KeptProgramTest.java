package org.vipd.daemon.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vipd.daemon.config.CommandConfig;
import org.vipd.daemon.port.HookJob;
import org.vipd.daemon.status.DeliveryStatus;

class KeptProgramTest {

  private final SupervisorFixture fixture = new SupervisorFixture();

  private static CommandConfig command(String... words) {
    return new CommandConfig(String.join(" ", words), List.of(words));
  }

  private void keep(String... arguments) {
    fixture.supervisor.keepRunning(
        List.of(arguments).stream().map(it -> command("/bin/sh", it)).toList());
    fixture.supervisor.turn();
  }

  @Test
  void startsAProgramAgainAfterPausesThatGrow() {
    keep("reader");
    for (int pause = 1; pause <= 4; pause *= 2) {
      int before = fixture.started().size();
      fixture.processes.last().exits(1);
      fixture.supervisor.turn();
      fixture.runSeconds(pause - 0.2);
      assertThat(fixture.started()).hasSize(before);
      fixture.runSeconds(0.3);
      assertThat(fixture.started()).hasSize(before + 1);
    }
    assertThat(fixture.journal.messages().get(0))
        .isEqualTo("warn /bin/sh reader ended (exit status 1) and is started again in 1 s");
  }

  @Test
  void neverTimesOut() {
    keep("reader");
    fixture.runSeconds(300);
    assertThat(fixture.processes.last().signals()).isEmpty();
  }

  @Test
  void asksOneThatIsNoLongerWantedToEndAndThenMakesIt() {
    keep("a", "b");
    keep("b");
    fixture.supervisor.turn();
    assertThat(fixture.processes.started().get(0).signals()).containsExactly("TERM");
    assertThat(fixture.processes.started().get(1).signals()).isEmpty();
    fixture.runSeconds(2.2);
    assertThat(fixture.processes.started().get(0).signals()).containsExactly("TERM", "KILL");
    assertThat(fixture.started()).containsExactly("a", "b");
  }

  @Test
  void triesOneThatCannotBeStartedAgain() {
    fixture.supervisor.keepRunning(List.of(command("/none", "x")));
    fixture.supervisor.turn();
    fixture.runSeconds(4);
    assertThat(fixture.journal.messages()).hasSize(3);
    assertThat(fixture.journal.messages().get(2)).contains("is started again in 4 s");
  }

  @Test
  void aHookThatCannotBeStartedIsTriedAgainUnlessThereIsNewerNews() {
    HookJob job = new HookJob("VI_1", "VI_1 MASTER", List.of(command("/none", "x")), false);
    fixture.supervisor.runHooks(job);
    fixture.supervisor.turn();
    assertThat(fixture.journal.messages()).hasSize(1);
    fixture.runSeconds(3.3);
    assertThat(fixture.journal.messages()).hasSize(3);
    fixture.supervisor.runHooks(SupervisorFixture.job("VI_1 BACKUP", false, "b"));
    fixture.supervisor.turn();
    fixture.processes.last().exits(0);
    fixture.runSeconds(60);
    assertThat(fixture.journal.messages()).hasSize(4);
    DeliveryStatus status = fixture.supervisor.hookResults().get(0);
    assertThat(status.last()).isEqualTo("VI_1 BACKUP");
    assertThat(status.result()).isEqualTo("exit status 0");
    assertThat(status.failed()).isEqualTo(3);
    assertThat(status.delivered()).isEqualTo(1);
  }

  @Test
  void aHookThatRanAndFailedIsNotRepeated() {
    fixture.supervisor.runHooks(SupervisorFixture.job("VI_1 MASTER", false, "a"));
    fixture.supervisor.turn();
    fixture.processes.last().exits(1);
    fixture.runSeconds(60);
    assertThat(fixture.started()).containsExactly("a");
  }
}
