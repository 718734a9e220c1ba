package org.vipd.daemon.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.vipd.daemon.config.CommandConfig;
import org.vipd.daemon.config.Place;
import org.vipd.daemon.config.track.ProcessTracker;
import org.vipd.daemon.config.track.ProcessTracker.Parameters;

class ProcessPatternTest {

  private static ProcessTracker tracker(Parameters parameters, boolean full, String... words) {
    return new ProcessTracker(
        "p",
        Place.ofFile("k"),
        new CommandConfig(String.join(" ", words), List.of(words)),
        new ProcessTracker.Match(parameters, full),
        ProcessTracker.Quorum.ONE,
        new ProcessTracker.Delays(Duration.ofSeconds(2), Duration.ofSeconds(1)),
        0,
        false);
  }

  private static boolean matches(ProcessTracker tracker, String name, String... arguments) {
    return new ProcessPattern(tracker).matches(name, List.of(arguments));
  }

  @Test
  void comparesTheNameWhenThereAreNoParameters() {
    ProcessTracker tracker = tracker(Parameters.AUTOMATIC, false, "haproxy");
    assertThat(matches(tracker, "haproxy")).isTrue();
    assertThat(matches(tracker, "haproxy", "/sbin/haproxy", "-W")).isTrue();
    assertThat(matches(tracker, "haproxy2", "haproxy")).isFalse();
  }

  @Test
  void comparesTheCommandLineWhenTheNameIsTooLongForTheKernel() {
    ProcessTracker tracker = tracker(Parameters.AUTOMATIC, false, "kube-controller-manager");
    assertThat(matches(tracker, "kube-controller", "/bin/kube-controller-manager", "-x")).isTrue();
    assertThat(matches(tracker, "kube-controller", "/bin/kube-controller-other")).isFalse();
  }

  @Test
  void comparesParametersAsAsked() {
    ProcessTracker exact = tracker(Parameters.EXACT, false, "d", "-f", "x");
    assertThat(matches(exact, "d", "/d", "-f", "x")).isTrue();
    assertThat(matches(exact, "d", "/d", "-f", "x", "y")).isFalse();
    ProcessTracker initial = tracker(Parameters.INITIAL, false, "d", "-f");
    assertThat(matches(initial, "d", "/d", "-f", "x")).isTrue();
    assertThat(matches(initial, "d", "/d", "-fx")).isFalse();
    ProcessTracker partial = tracker(Parameters.PARTIAL, false, "d", "-f");
    assertThat(matches(partial, "d", "/d", "-fx", "y")).isTrue();
    assertThat(matches(partial, "d", "/d", "-x")).isFalse();
    assertThat(matches(tracker(Parameters.EXACT, false, "d"), "d", "/d", "-x")).isFalse();
  }

  @Test
  void comparesTheWholePathWhenAsked() {
    ProcessTracker full = tracker(Parameters.AUTOMATIC, true, "/usr/sbin/d");
    assertThat(matches(full, "d", "/usr/sbin/d")).isTrue();
    assertThat(matches(full, "d", "/opt/d")).isFalse();
  }

  @Test
  void reportsAtOnceFirstAndThenAfterTheDelayOfTheDirection() {
    TrackedProcess process = new TrackedProcess(tracker(Parameters.AUTOMATIC, false, "d"));
    assertThat(process.advance(0).orElseThrow().value()).isEqualTo(1);
    process.note(7, true);
    assertThat(process.advance(1)).isEmpty();
    assertThat(process.deadlineNanos()).isEqualTo(2_000_000_001L);
    process.note(7, false);
    assertThat(process.advance(1_000_000_000L)).isEmpty();
    process.note(8, true);
    assertThat(process.advance(1_500_000_000L)).isEmpty();
    assertThat(process.advance(2_600_000_000L)).isEmpty();
    assertThat(process.advance(3_500_000_000L).orElseThrow().value()).isZero();
    process.replace(Set.of());
    assertThat(process.advance(4_000_000_000L)).isEmpty();
    assertThat(process.advance(5_000_000_000L).orElseThrow().text())
        .isEqualTo("0 processes d run, wanted: at least 1");
  }
}
