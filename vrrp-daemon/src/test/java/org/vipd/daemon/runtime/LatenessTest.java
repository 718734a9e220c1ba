package org.vipd.daemon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The classes tell apart what the goal of one millisecond asks for. */
class LatenessTest {

  private final Lateness lateness = new Lateness();

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
      lateness.add(nanos);
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
}
