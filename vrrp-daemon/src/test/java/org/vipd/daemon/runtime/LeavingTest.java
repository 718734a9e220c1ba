package org.vipd.daemon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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

  private static final String GIVEN_UP = "warn not left to the next process, but given up: ";

  private static String two(String... linesOfSecond) {
    return Configurations.instance(100)
        + Configurations.instance(100, linesOfSecond)
            .replace("VI_1", "VI_2")
            .replace("router_id 51", "router_id 52")
            .replace("10.0.0.100", "10.0.0.200");
  }

  /** What a host did since it was asked to leave: sent, removed. */
  private static List<String> leave(FakeHost leaving) {
    leaving.trace.take();
    leaving.queue.post(new Event.LeaveRequested(new CompletableFuture<>(), () -> true));
    leaving.turn();
    return leaving.trace.take().stream()
        .filter(it -> it.startsWith("advertise") || it.startsWith("remove"))
        .toList();
  }

  /** The next process has the whole of both. */
  @Test
  void startsTheLeaseAnewAndThePatienceOfTheOthers() {
    host.runSeconds(0.7);
    int refreshes = host.interfaces.refreshes();
    assertThat(leave(host))
        .singleElement()
        .satisfies(it -> assertThat(it).contains("priority 100 "));
    assertThat(host.interfaces.refreshes()).isEqualTo(refreshes + 1);
    assertThat(host.scripts.stopGraceNanos()).isZero();
    assertThat(host.journal.messages()).noneMatch(it -> it.startsWith(GIVEN_UP));
    assertThat(host.notices.all()).noneMatch(it -> it.state().equals("STOP"));
  }

  /** Others would claim in 0.3 s what lasts for 3 s. */
  @ParameterizedTest
  @ValueSource(strings = {"version 3\n advert_int 0.1", "vipd_lease off"})
  void givesUpInOrderWhatTheNextProcessCannotResume(String line) {
    FakeHost leaving = FakeHost.active(Configurations.instance(100, line));
    assertThat(leave(leaving))
        .satisfiesExactly(
            it -> assertThat(it).contains("priority 0 "),
            it -> assertThat(it).isEqualTo("remove 10.0.0.100/32 on eth0"));
    assertThat(leaving.interfaces.has("10.0.0.100")).isFalse();
  }

  @Test
  void saysOfWhatItGivesUpWhy() {
    String why = "its lease of 3 s is longer than the 0.3 s that others wait";
    FakeHost leaving = FakeHost.active(Configurations.instance(100, "version 3", "advert_int 0.1"));
    leave(leaving);
    assertThat(leaving.journal.messages())
        .contains(
            GIVEN_UP + "VI_1: " + why,
            "info VI_1: MASTER -> STOP (stopped by the operator, because the next process takes over"
                + " and cannot resume it: "
                + why
                + ")");
    assertThat(leaving.notices.last().causes().toString()).contains(why);
    assertThat(leaving.scripts.stopGraceNanos()).isPositive();
  }

  @Test
  void leavesWhatCanBeResumedBesideWhatCannot() {
    FakeHost leaving = FakeHost.active(two("vipd_lease off"));
    assertThat(leave(leaving)).hasSize(3).last().isEqualTo("remove 10.0.0.200/32 on eth0");
    assertThat(leaving.interfaces.has("10.0.0.100")).isTrue();
  }

  /** Members of a group resume together. */
  @Test
  void givesUpAWholeGroupOfWhichOneCannotBeResumed() {
    FakeHost leaving =
        FakeHost.active(
            two("vipd_lease off") + "vrrp_sync_group G {\n group {\n VI_1\n VI_2\n }\n}\n");
    assertThat(leave(leaving)).filteredOn(it -> it.contains("priority 0 ")).hasSize(2);
    assertThat(leaving.interfaces.has("10.0.0.100")).isFalse();
    assertThat(leaving.interfaces.has("10.0.0.200")).isFalse();
    assertThat(String.join("\n", leaving.journal.messages()))
        .contains("VI_1: VI_2 of its group cannot be resumed: vipd_lease off leaves its addresses");
  }

  @Test
  void leavesAWholeGroupThatCanBeResumed() {
    FakeHost leaving =
        FakeHost.active(two() + "vrrp_sync_group G {\n group {\n VI_1\n VI_2\n }\n}\n");
    assertThat(leave(leaving)).hasSize(2).allMatch(it -> it.contains("priority 100 "));
  }

  /** The kernel refuses one of them, so the next process would not find all. */
  @Test
  void givesUpWhatIsNotWhole() {
    FakeHost leaving =
        new FakeHost(
            Configurations.instance(100).replace("10.0.0.100", "\n10.0.0.100\n10.0.0.101\n"));
    leaving.interfaces.refuse("10.0.0.101", "no buffers");
    leaving.start().runSeconds(4);
    assertThat(leave(leaving)).isNotEmpty();
    assertThat(String.join("\n", leaving.journal.messages()))
        .contains("it has not all of its addresses");
  }

  /** An owner is Active at once in the next process, and the host has its addresses anyhow. */
  @Test
  void anOwnerOfTheAddressesOfTheHostGoesOn() {
    FakeHost leaving =
        new FakeHost(
            Configurations.instance(255, "version 3", "advert_int 0.1")
                .replace("10.0.0.100", "10.0.0.2/24"));
    leaving.start();
    assertThat(leaving.instance().state()).isEqualTo("MASTER");
    assertThat(leave(leaving)).singleElement().asString().contains("priority 255 ");
  }

  /** What the kernel has taken away must not come back by the last refresh. */
  @Test
  void renewsNothingThatIsLost() {
    host.clock.advance(4_000_000_000L);
    int refreshes = host.interfaces.refreshes();
    host.queue.post(new Event.LeaveRequested(answer, () -> true));
    host.trace.take();
    host.turn();
    assertThat(answer).isCompletedWithValue("left");
    assertThat(host.interfaces.refreshes()).isEqualTo(refreshes);
    assertThat(host.trace.lines()).noneMatch(it -> it.startsWith("advertise"));
  }

  @Test
  void takesAwayWhatCameBackWhileItWasStopped() {
    host.interfaces.beforeRefresh(() -> host.clock.advance(4_000_000_000L));
    assertThat(leave(host)).last().isEqualTo("remove 10.0.0.100/32 on eth0");
  }
}
