package org.vipd.daemon.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vipd.daemon.script.SupervisorFixture.SECOND;
import static org.vipd.daemon.script.SupervisorFixture.check;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.vipd.daemon.config.CheckConfig;
import org.vipd.daemon.config.CommandConfig;
import org.vipd.daemon.event.Event;
import org.vipd.daemon.port.HookJob;
import org.vipd.daemon.testkit.FakeClock;
import org.vipd.daemon.testkit.FakeProcesses;
import org.vipd.daemon.testkit.FakeProcesses.FakeProcess;
import org.vipd.daemon.testkit.RecordingJournal;

/** Starting that takes long, as on a file system that does not answer, holds up nobody else. */
class StarterTest {

  private final FakeClock clock = new FakeClock();
  private final FakeProcesses processes = new FakeProcesses();
  private final RecordingJournal journal = new RecordingJournal();
  private final List<String> results = new ArrayList<>();
  private final List<Runnable> handedOut = new ArrayList<>();
  private int threads = Integer.MAX_VALUE;
  private final ScriptSupervisor supervisor =
      new ScriptSupervisor(
          processes,
          clock,
          this::note,
          journal,
          new Starter(processes, new CommandResolver("/nonexistent"), this::handOut));

  private boolean note(Event event) {
    Event.CheckFinished it = (Event.CheckFinished) event;
    return results.add(it.checkName() + ": " + it.outcome().text());
  }

  private void handOut(Runnable start) {
    if (handedOut.size() >= threads) {
      throw new RejectedExecutionException("full");
    }
    handedOut.add(start);
  }

  private void startChecks(int count) {
    List<CheckConfig> checks = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      checks.add(check("c" + i, 10, 1));
    }
    supervisor.replaceChecks(checks);
    pass(0);
  }

  private void pass(double seconds) {
    clock.advance((long) (seconds * SECOND));
    supervisor.turn();
    supervisor.turn();
  }

  private static String silent(String name, String seconds) {
    return name
        + ": cannot be run: /bin/sh has not started for "
        + seconds
        + " s: a file system does not answer (df /bin/sh hangs, too), or the host is overloaded";
  }

  @Test
  void startsTwoAtOnceAndTheNextWhenOneHasComeBack() {
    startChecks(3);
    assertThat(handedOut).hasSize(2);
    handedOut.get(0).run();
    assertThat(processes.last().isFollowed()).isFalse();
    pass(0);
    assertThat(processes.last().isFollowed()).isTrue();
    assertThat(handedOut).hasSize(3);
    processes.last().exits(0);
    pass(0);
    assertThat(results).containsExactly("c1: exit status 0");
  }

  @Test
  void oneThatHangsHoldsUpTheOthersForAMoment() {
    startChecks(5);
    supervisor.turn();
    assertThat(handedOut).hasSize(2);
    assertThat(processes.wantedNanos()).isEqualTo(clock.nanos() + SECOND / 10);
    pass(0.1);
    assertThat(handedOut).hasSize(4);
    pass(0.1);
    assertThat(handedOut).hasSize(5);
  }

  @Test
  void countsAsFailedWhenItsTimeIsOverAndRecovers() {
    startChecks(1);
    pass(1);
    assertThat(results).containsExactly(silent("c1", "1.0"));
    pass(9);
    assertThat(results).containsExactly(silent("c1", "1.0"), silent("c1", "10.0"));
    assertThat(handedOut).as("not started again while it hangs").hasSize(1);
    handedOut.get(0).run();
    assertThat(processes.started()).as("nobody waits for it any more").isEmpty();
    results.clear();
    pass(10);
    handedOut.get(1).run();
    processes.last().exits(0);
    pass(0);
    assertThat(results).containsExactly("c1: exit status 0");
  }

  @Test
  void whatStartedForNobodyIsEnded() {
    processes.whenStarting(() -> pass(1));
    startChecks(1);
    handedOut.get(0).run();
    FakeProcess late = processes.last();
    assertThat(late.signals()).containsExactly("KILL");
    assertThat(late.isClosed()).isTrue();
  }

  @Test
  void whatStartedAndWasNotSeenYetIsEndedWithItsCheck() {
    startChecks(1);
    handedOut.get(0).run();
    supervisor.replaceChecks(List.of());
    supervisor.turn();
    assertThat(processes.last().isClosed()).isTrue();
  }

  @Test
  void aWaitForOthersIsNoTimeOfItsOwn() {
    startChecks(3);
    pass(0.05);
    handedOut.get(0).run();
    pass(0);
    assertThat(handedOut).hasSize(3);
    pass(0.95);
    assertThat(results).contains(silent("c2", "1.0")).noneMatch(it -> it.startsWith("c3"));
    pass(0.05);
    assertThat(results).contains(silent("c3", "1.0"));
  }

  @Test
  void tooManyThatHangAreSaid() {
    threads = 1;
    startChecks(2);
    assertThat(results).containsExactly("c2: cannot be run: the starts of 1 others hang");
  }

  @Test
  void aNotifyScriptThatCannotBeRunIsTriedAgain() {
    CommandConfig command = new CommandConfig("/none x", List.of("/none", "x"));
    supervisor.runHooks(new HookJob("VI_1", "VI_1 MASTER", List.of(command), false));
    pass(0);
    handedOut.get(0).run();
    pass(0);
    assertThat(journal.messages())
        .containsExactly(
            "warn notify script for VI_1 MASTER failed: cannot be run: /none does not exist,"
                + " command: /none x");
    pass(1);
    assertThat(handedOut).hasSize(2);
  }

  @Test
  void aNotifyScriptThatCannotBeRunIsNotTriedAgainOverANewerState() {
    CommandConfig missing = new CommandConfig("/none x", List.of("/none", "x"));
    CommandConfig present = new CommandConfig("/bin/sh y", List.of("/bin/sh", "y"));
    supervisor.runHooks(new HookJob("VI_1", "VI_1 MASTER", List.of(missing), false));
    pass(0);
    supervisor.runHooks(new HookJob("VI_1", "VI_1 BACKUP", List.of(present), false));
    pass(0);
    handedOut.get(0).run();
    pass(0);
    handedOut.get(1).run();
    processes.last().exits(0);
    pass(60);
    assertThat(handedOut).hasSize(2);
    assertThat(journal.messages()).filteredOn(it -> it.contains("/none")).hasSize(1);
  }
}
