package org.vipd.daemon.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vipd.daemon.config.CommandConfig;
import org.vipd.daemon.event.Event;
import org.vipd.daemon.port.ReleaseJob;
import org.vipd.daemon.testkit.FakeClock;
import org.vipd.daemon.testkit.FakeProcesses;
import org.vipd.daemon.testkit.RecordingJournal;

/** Scripts before a release: started beside all others, ended in time, always with an answer. */
class ReleaseRunsTest {

  private final FakeClock clock = new FakeClock();
  private final FakeProcesses processes = new FakeProcesses();
  private final List<String> answers = new ArrayList<>();
  private final ScriptSupervisor supervisor =
      new ScriptSupervisor(
          processes,
          clock,
          this::take,
          new RecordingJournal(),
          SupervisorFixture.starter(processes));

  private boolean take(Event event) {
    Event.ReleasePrepared prepared = (Event.ReleasePrepared) event;
    return answers.add(prepared.instance() + ": " + prepared.outcome().text());
  }

  private static ReleaseJob job(String instance, String program) {
    return new ReleaseJob(
        instance, new CommandConfig(program, List.of(program)), Duration.ofSeconds(1));
  }

  private void pass(long seconds) {
    clock.advance(seconds * SupervisorFixture.SECOND);
    supervisor.turn();
  }

  @Test
  void runsThemTogetherBesideAHangingHook() {
    supervisor.runHooks(SupervisorFixture.job("VI_1 MASTER", false, "a"));
    supervisor.prepareRelease(job("A", SupervisorFixture.PROGRAM));
    supervisor.prepareRelease(job("B", SupervisorFixture.PROGRAM));
    supervisor.turn();
    assertThat(processes.started()).hasSize(3);
    processes.last().exits(3);
    supervisor.turn();
    assertThat(answers).containsExactly("B: exit status 3");
    assertThat(processes.wantedNanos()).isLessThanOrEqualTo(clock.nanos() + 1_000_000_000L);
  }

  @Test
  void answersInTimeAndEndsTheGroupOfOneThatHangs() {
    supervisor.prepareRelease(job("A", SupervisorFixture.PROGRAM));
    supervisor.turn();
    pass(1);
    assertThat(answers).containsExactly("A: no result after 1.0 s");
    assertThat(processes.last().signals()).containsExactly("TERM");
    pass(2);
    assertThat(processes.last().signals()).containsExactly("TERM", "KILL");
    processes.last().diesOf(9);
    pass(1);
    assertThat(answers).hasSize(1);
    assertThat(processes.last().isClosed()).isTrue();
  }

  @Test
  void answersWhenItCannotBeStarted() {
    supervisor.prepareRelease(job("A", "/no/where"));
    supervisor.turn();
    processes.failToStart(Optional.of("no memory"));
    supervisor.prepareRelease(job("B", SupervisorFixture.PROGRAM));
    supervisor.turn();
    assertThat(answers)
        .containsExactly(
            "A: cannot be run: /no/where does not exist", "B: cannot be run: no memory");
  }
}
