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
    ProcessTracker exact = tracker(Parameters.EXACT, false, "/d", "-f", "x");
    assertThat(matches(exact, "d", "/d", "-f", "x")).isTrue();
    assertThat(matches(exact, "d", "/d", "-f", "x", "y")).isFalse();
    ProcessTracker partial = tracker(Parameters.PARTIAL, false, "/d", "-f");
    assertThat(matches(partial, "d", "/d", "-f", "x")).isTrue();
    assertThat(matches(partial, "d", "/d", "-fx")).isFalse();
    ProcessTracker initial = tracker(Parameters.INITIAL, false, "/d", "-f");
    assertThat(matches(initial, "d", "/d", "-fx", "y")).isTrue();
    assertThat(matches(initial, "d", "/d", "-x")).isFalse();
    assertThat(matches(tracker(Parameters.EXACT, false, "/d"), "d", "/d", "-x")).isFalse();
  }

  @Test
  void comparesTheProgramAsItWasCalled() {
    for (Parameters parameters : Parameters.values()) {
      ProcessTracker named = tracker(parameters, false, "d", "-f");
      assertThat(matches(named, "d", "/usr/sbin/d", "-f")).isFalse();
      assertThat(matches(named, "d", "d", "-f")).isTrue();
    }
    ProcessTracker full = tracker(Parameters.AUTOMATIC, true, "/usr/sbin/d");
    assertThat(matches(full, "d", "/usr/sbin/d", "-x")).isTrue();
    assertThat(matches(full, "d", "/opt/d")).isFalse();
    assertThat(matches(full, "d", "d")).isFalse();
  }

  private static boolean isGood(TrackedProcess process, long nowNanos) {
    return process.advance(nowNanos).orElseThrow().value() == 0;
  }

  @Test
  void countsAtOnceWhatIsStartedAndLaterWhatEnds() {
    TrackedProcess process = new TrackedProcess(tracker(Parameters.AUTOMATIC, false, "d"));
    assertThat(isGood(process, 0)).isFalse();
    process.note(7, true);
    assertThat(isGood(process, 1)).isTrue();
    process.note(7, false);
    assertThat(process.advance(10)).isEmpty();
    assertThat(process.deadlineNanos()).isEqualTo(1_000_000_010L);
    process.note(8, true);
    assertThat(process.advance(20)).isEmpty();
    assertThat(process.deadlineNanos()).isEqualTo(Long.MAX_VALUE);
    process.replace(Set.of());
    assertThat(process.advance(30)).isEmpty();
    assertThat(process.advance(1_000_000_030L).orElseThrow().text())
        .isEqualTo("0 processes d run, wanted: at least 1");
  }

  @Test
  void countsWhatIsForkedAfterItsDelay() {
    TrackedProcess process = new TrackedProcess(quorum(2, 65_535));
    process.note(7, true);
    assertThat(isGood(process, 0)).isFalse();
    process.noteForked(8);
    assertThat(process.advance(1)).isEmpty();
    assertThat(process.deadlineNanos()).isEqualTo(2_000_000_001L);
    // it has become another program
    process.note(8, false);
    assertThat(process.advance(2)).isEmpty();
    assertThat(process.deadlineNanos()).isEqualTo(Long.MAX_VALUE);
    process.noteForked(9);
    assertThat(process.advance(3)).isEmpty();
    assertThat(isGood(process, 2_000_000_003L)).isTrue();
  }

  @Test
  void whatIsForkedAndThenStartedCountsAtOnce() {
    TrackedProcess process = new TrackedProcess(quorum(2, 65_535));
    process.note(7, true);
    assertThat(isGood(process, 0)).isFalse();
    process.noteForked(8);
    assertThat(process.advance(1)).isEmpty();
    process.note(8, true);
    assertThat(isGood(process, 2)).isTrue();
  }

  @Test
  void tooManyOfWhatIsForkedAreToleratedForItsDelay() {
    TrackedProcess process = new TrackedProcess(quorum(1, 1));
    process.note(7, true);
    assertThat(isGood(process, 0)).isTrue();
    process.noteForked(8);
    assertThat(process.advance(1)).isEmpty();
    assertThat(isGood(process, 2_000_000_001L)).isFalse();
    process.note(8, false);
    assertThat(process.advance(2_000_000_002L)).isEmpty();
    assertThat(isGood(process, 3_000_000_002L)).isTrue();
    process.note(9, true);
    assertThat(isGood(process, 3_000_000_003L)).isFalse();
  }

  private static ProcessTracker quorum(int lowest, int highest) {
    ProcessTracker one = tracker(Parameters.AUTOMATIC, false, "d");
    return new ProcessTracker(
        one.name(),
        one.place(),
        one.command(),
        one.match(),
        new ProcessTracker.Quorum(lowest, highest),
        one.delays(),
        one.weight(),
        one.isReversed());
  }
}
