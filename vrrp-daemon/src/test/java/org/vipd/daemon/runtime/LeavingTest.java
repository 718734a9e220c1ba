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

  /** By then all leases have been refreshed once; the loop may have ended before. */
  private static void runRound(FakeHost leaving) {
    for (int i = 0; i < 1200; i++) {
      leaving.clock.advance(1_000_000L);
      leaving.turn();
    }
  }

  private final FakeHost host = FakeHost.active(Configurations.instance(100));
  private final CompletableFuture<String> answer = new CompletableFuture<>();

  private void ask(BooleanSupplier isAwaited) {
    host.queue.post(new Event.LeaveRequested(answer, isAwaited));
    runRound(host);
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

  /** What a host gave up since it was asked to leave: resignations and removals. */
  private static List<String> leave(FakeHost leaving) {
    leaving.trace.take();
    leaving.queue.post(new Event.LeaveRequested(new CompletableFuture<>(), () -> true));
    runRound(leaving);
    return leaving.trace.take().stream()
        .filter(it -> it.contains("priority 0 ") || it.startsWith("remove"))
        .toList();
  }

  /** On the second on which all leases of this machine end: the next process has all of them. */
  @Test
  void waitsForTheNextRefreshAndLeavesRightAfterIt() {
    host.runSeconds(0.3);
    int refreshes = host.interfaces.refreshes();
    host.queue.post(new Event.LeaveRequested(answer, () -> true));
    host.turn();
    assertThat(answer).isNotDone();
    while (host.interfaces.refreshes() == refreshes) {
      assertThat(answer).isNotDone();
      host.clock.advance(1_000_000L);
      host.turn();
    }
    assertThat(answer).isCompletedWithValue("left");
    assertThat(host.scripts.stopGraceNanos()).isZero();
    assertThat(host.journal.messages()).noneMatch(it -> it.startsWith(GIVEN_UP));
    assertThat(host.notices.all()).noneMatch(it -> it.state().equals("STOP"));
    assertThat(host.interfaces.has("10.0.0.100")).isTrue();
  }

  /** Its lease of 30 s is refreshed each 10 s. */
  @Test
  void waitsForNoRefreshThatIsFarAway() {
    FakeHost leaving = new FakeHost(Configurations.instance(100, "advert_int 10")).start();
    leaving.runSeconds(42);
    assertThat(leaving.instance().state()).isEqualTo("MASTER");
    leaving.queue.post(new Event.LeaveRequested(answer, () -> true));
    runRound(leaving);
    assertThat(answer).isCompletedWithValue("left");
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
    assertThat(leave(leaving)).hasSize(2).last().isEqualTo("remove 10.0.0.200/32 on eth0");
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
    assertThat(leave(leaving)).isEmpty();
    assertThat(leaving.interfaces.has("10.0.0.200")).isTrue();
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
    assertThat(leave(leaving)).isEmpty();
    assertThat(leaving.journal.messages()).contains("info leaving: the next process takes over");
  }

  /** One address is the host's, the other has a lease, and the next owner goes on with both. */
  @Test
  void anOwnerOfOneMoreAddressGoesOn() {
    FakeHost leaving =
        new FakeHost(Configurations.instance(255, "virtual_ipaddress { 10.0.0.2/24 }"));
    leaving.start().runSeconds(2);
    assertThat(leave(leaving)).isEmpty();
    assertThat(leaving.interfaces.has("10.0.0.100")).isTrue();
  }

  /** It could not be advertised for a while, and the kernel takes the address: not to be left. */
  @Test
  void leavesNothingThatIsLost() {
    host.clock.advance(4_000_000_000L);
    ask(() -> true);
    assertThat(answer).isCompletedWithValue("left");
    assertThat(host.interfaces.has("10.0.0.100")).isFalse();
  }
}
