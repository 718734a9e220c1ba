package org.vipd.daemon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.vipd.daemon.event.Event;
import org.vipd.daemon.testkit.Configurations;
import org.vipd.daemon.testkit.FakeHost;

/** A request to leave is one of the process that takes over, as long as that is there. */
class LeavingTest {

  private static final String REFUSAL =
      "warn not leaving: whoever asked for it no longer waits for the answer";

  private final FakeHost host = FakeHost.active(Configurations.instance(100));
  private final CompletableFuture<String> answer = new CompletableFuture<>();

  private void ask(BooleanSupplier isAwaited) {
    host.queue.post(new Event.LeaveRequested(answer, isAwaited));
    host.turn();
  }

  @Test
  void leavesForOneThatWaits() {
    ask(() -> true);
    assertThat(answer).isCompletedWithValue("left");
    assertThat(host.journal.messages()).contains("info leaving: the next process takes over");
    assertThat(host.interfaces.has("10.0.0.100")).isTrue();
  }

  @Test
  void goesOnWhenTheOtherHasHungUp() {
    ask(() -> false);
    assertThat(host.journal.messages())
        .contains(REFUSAL)
        .doesNotContain("info leaving: the next process takes over");
    assertThat(host.instance().state()).isEqualTo("MASTER");
  }

  @Test
  void goesOnWhenTheOtherWasToldThatNobodyAnswers() {
    answer.cancel(false);
    ask(() -> true);
    assertThat(host.journal.messages()).contains(REFUSAL);
    assertThat(host.instance().state()).isEqualTo("MASTER");
  }
}
