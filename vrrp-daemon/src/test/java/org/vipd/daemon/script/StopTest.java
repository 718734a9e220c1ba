package org.vipd.daemon.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vipd.daemon.script.SupervisorFixture.SECOND;
import static org.vipd.daemon.script.SupervisorFixture.check;
import static org.vipd.daemon.script.SupervisorFixture.job;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.vipd.daemon.config.CommandConfig;

/** How the supervisor ends; its loop runs on a real thread here, in virtual time. */
@Timeout(60)
class StopTest {

  private final SupervisorFixture fixture = new SupervisorFixture();

  private Thread startLoop() {
    Thread thread = new Thread(fixture.supervisor, "supervisor under test");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  @Test
  void endsAtOnceWhenNothingRuns() throws InterruptedException {
    Thread thread = startLoop();
    fixture.supervisor.stop(30 * SECOND);
    thread.join();
    assertThat(fixture.processes.isClosed()).isTrue();
    assertThat(fixture.journal.messages()).isEmpty();
  }

  @Test
  void endsChecksWithoutWaitingForThem() throws InterruptedException {
    fixture.supervisor.replaceChecks(List.of(check("c", 5, 5)));
    fixture.supervisor.turn();
    Thread thread = startLoop();
    fixture.supervisor.stop(30 * SECOND);
    thread.join();
    assertThat(fixture.processes.last().signals()).containsExactly("KILL");
    assertThat(fixture.takeResults()).isEmpty();
  }

  @Test
  void endsARunningHookForTheFinalOne() {
    fixture.supervisor.runHooks(job("VI_1 MASTER", false, "a"));
    fixture.supervisor.turn();
    fixture.supervisor.runHooks(job("VI_1 STOP", true, "b"));
    fixture.supervisor.turn();
    assertThat(fixture.started()).containsExactly("a");
    Thread thread = startLoop();
    Thread stopper = new Thread(() -> fixture.supervisor.stop(30 * SECOND), "stopper under test");
    stopper.setDaemon(true);
    stopper.start();
    awaitSecondProcess();
    assertThat(fixture.processes.started().get(0).signals()).containsExactly("KILL");
    fixture.processes.last().exits(0);
    join(stopper, thread);
    assertThat(fixture.started()).containsExactly("a", "b");
    assertThat(fixture.processes.last().signals()).isEmpty();
  }

  @Test
  void killsAFinalHookThatTakesTooLong() {
    fixture.supervisor.runHooks(job("VI_1 STOP", true, "b"));
    fixture.supervisor.turn();
    Thread thread = startLoop();
    Thread stopper = new Thread(() -> fixture.supervisor.stop(SECOND), "stopper under test");
    stopper.setDaemon(true);
    stopper.start();
    while (thread.isAlive()) {
      fixture.clock.advance(SECOND / 10);
      Thread.onSpinWait();
    }
    join(stopper, thread);
    assertThat(fixture.processes.last().signals()).endsWith("KILL");
  }

  private Thread startReaderAndStop(long graceNanos) {
    fixture.supervisor.keepRunning(
        List.of(new CommandConfig("/bin/sh reader", List.of("/bin/sh", "reader"))));
    fixture.supervisor.turn();
    Thread thread = startLoop();
    Thread stopper = new Thread(() -> fixture.supervisor.stop(graceNanos), "stopper under test");
    stopper.setDaemon(true);
    stopper.start();
    // it waits for the half of the time in which readers are left alone
    long halfTime = fixture.clock.nanos() + graceNanos / 2;
    while (thread.isAlive() && fixture.processes.wantedNanos() != halfTime) {
      Thread.onSpinWait();
    }
    return thread;
  }

  @Test
  void leavesAReaderAloneThatEndsWithItsPipe() {
    Thread thread = startReaderAndStop(30 * SECOND);
    assertThat(thread.isAlive()).isTrue();
    fixture.processes.last().exits(0);
    join(thread);
    assertThat(fixture.processes.last().signals()).isEmpty();
    assertThat(fixture.started()).containsExactly("reader");
  }

  @Test
  void asksAReaderThatGoesOnToEndAndThenMakesIt() {
    Thread thread = startReaderAndStop(SECOND);
    fixture.clock.advance(SECOND / 2);
    while (fixture.processes.last().signals().isEmpty()) {
      Thread.onSpinWait();
    }
    fixture.clock.advance(SECOND / 2);
    join(thread);
    assertThat(fixture.processes.last().signals()).containsExactly("TERM", "KILL");
  }

  private void awaitSecondProcess() {
    while (fixture.started().size() < 2) {
      Thread.onSpinWait();
    }
  }

  private static void join(Thread... threads) {
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
