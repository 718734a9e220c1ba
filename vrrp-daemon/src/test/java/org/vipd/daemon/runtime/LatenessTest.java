package org.vipd.daemon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.vipd.daemon.testkit.RecordingJournal;

/** The classes tell apart what the goal of one millisecond asks for. */
class LatenessTest {

  private final RecordingJournal journal = new RecordingJournal();
  private final Lateness lateness = new Lateness(journal);

  private Map<String, Long> counters() {
    Map<String, Long> counters = new LinkedHashMap<>();
    lateness.describe(counters);
    return counters;
  }

  @Test
  void classesAreNamedByTheirUpperBoundInOrder() {
    assertThat(counters().keySet())
        .containsExactly(
            "wake-ups-late-up-to-100-us",
            "wake-ups-late-up-to-250-us",
            "wake-ups-late-up-to-500-us",
            "wake-ups-late-up-to-1-ms",
            "wake-ups-late-up-to-2-ms",
            "wake-ups-late-up-to-5-ms",
            "wake-ups-late-up-to-20-ms",
            "wake-ups-late-up-to-50-ms",
            "wake-ups-late-up-to-100-ms",
            "wake-ups-late-up-to-250-ms",
            "wake-ups-late-up-to-500-ms",
            "wake-ups-late-up-to-1000-ms",
            "wake-ups-late-up-to-3000-ms",
            "wake-ups-later",
            "longest-lateness-ms");
  }

  @Test
  void aBoundBelongsToTheClassThatItNames() {
    for (long nanos : List.of(0L, 100_000L, 100_001L, 1_000_000L, 1_000_001L, 3_000_000_001L)) {
      lateness.add(nanos, "", 0);
    }
    Map<String, Long> counters = counters();
    assertThat(counters)
        .containsEntry("wake-ups-late-up-to-100-us", 2L)
        .containsEntry("wake-ups-late-up-to-250-us", 1L)
        .containsEntry("wake-ups-late-up-to-500-us", 0L)
        .containsEntry("wake-ups-late-up-to-1-ms", 1L)
        .containsEntry("wake-ups-late-up-to-2-ms", 1L)
        .containsEntry("wake-ups-later", 1L)
        .containsEntry("longest-lateness-ms", 3000L);
  }

  @Test
  void saysWhyALongOneWasLong() {
    lateness.add(249_999_999L, "it waited 0.24 s for a processor", 0);
    lateness.add(1_500_000_000L, "it waited 1.40 s for a processor", 0);
    lateness.add(1_500_000_000L, "", 20_000_000_000L);
    assertThat(journal.messages())
        .containsExactly(
            "warn woke up 1.500 s late: it waited 1.40 s for a processor",
            "warn woke up 1.500 s late: the process was stopped, or the host is overloaded or was"
                + " suspended");
  }
}
