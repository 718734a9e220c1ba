package org.vipd.daemon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.vipd.daemon.event.Event;
import org.vipd.daemon.testkit.Configurations;
import org.vipd.daemon.testkit.FakeHost;

/** What the loop does about failures that nobody expected. */
@Timeout(60)
class SurvivalTest {

  private static void fail(FakeHost host, Runnable next) {
    host.network.arrive(
        listener -> {
          next.run();
          throw new IllegalStateException("a bug");
        });
  }

  @Test
  void goesOnAfterAFailureAndSaysWhatItWas() {
    FakeHost host = new FakeHost(Configurations.instance(255));
    Runnable stop = () -> host.queue.post(new Event.StopRequested("signal TERM"));
    fail(host, () -> fail(host, stop));
    assertThat(host.runLoop()).isTrue();
    assertThat(host.journal.messages())
        .anyMatch(it -> it.startsWith("error ") && it.contains("a bug"));
    assertThat(host.trace.lines())
        .endsWith(
            "advertise VRID 51 priority 0 10.0.0.2 to 224.0.0.18",
            "remove 10.0.0.100/32 on eth0",
            "close eth0 ipv4 group 224.0.0.18",
            "stop scripts");
  }

  @Test
  void resignsWhenEveryTurnFails() {
    FakeHost host = new FakeHost(Configurations.instance(255));
    failForEver(host);
    assertThat(host.runLoop()).isFalse();
    assertThat(host.trace.lines())
        .contains(
            "advertise VRID 51 priority 0 10.0.0.2 to 224.0.0.18", "remove 10.0.0.100/32 on eth0");
    assertThat(host.journal.messages()).contains("info stopping: too many failures in a row");
  }

  private static void failForEver(FakeHost host) {
    fail(host, () -> failForEver(host));
  }

  @Test
  void resignsAfterAnErrorThatNoTurnGetsOver() {
    FakeHost host = new FakeHost(Configurations.instance(255));
    host.network.arrive(
        listener -> {
          throw new NoClassDefFoundError("a/replaced/Jar");
        });
    assertThat(host.runLoop()).isFalse();
    assertThat(host.trace.lines())
        .endsWith(
            "advertise VRID 51 priority 0 10.0.0.2 to 224.0.0.18",
            "remove 10.0.0.100/32 on eth0",
            "close eth0 ipv4 group 224.0.0.18",
            "stop scripts");
    assertThat(host.journal.messages())
        .anyMatch(it -> it.contains("which ends") && it.contains("a/replaced/Jar"))
        .contains("info stopping: a failure that cannot be got over");
  }

  @Test
  void endsWhenTheStartFailsInsteadOfTurningWithoutRouters() {
    FakeHost host = new FakeHost(Configurations.instance(255));
    host.notices.breakDown();
    assertThat(host.runLoop()).isFalse();
    assertThat(host.service.told()).containsExactly("stopping");
    assertThat(host.journal.messages())
        .anyMatch(it -> it.contains("failure at the start") && it.contains("a bug"))
        .contains("info stopping: the start failed");
  }

  @Test
  void stopsInOrderAndAsAFailureWhenAnotherThreadDied() {
    FakeHost host = new FakeHost(Configurations.instance(255));
    host.queue.post(Event.StopRequested.failed("thread vipd-scripts ended unexpectedly"));
    assertThat(host.runLoop()).isFalse();
    assertThat(host.trace.lines()).contains("remove 10.0.0.100/32 on eth0");
  }
}
