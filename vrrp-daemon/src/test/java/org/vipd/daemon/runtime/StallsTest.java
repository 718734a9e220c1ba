package org.vipd.daemon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.vipd.daemon.event.Cause;
import org.vipd.daemon.event.Notice;
import org.vipd.daemon.testkit.FakeNetwork;
import org.vipd.daemon.testkit.RecordingJournal;
import org.vipd.daemon.testkit.RecordingNotices;
import org.vipd.protocol.machine.Sleep;

/** A stall is told once, to everybody in the same words. */
class StallsTest {

  private static final long SECOND = 1_000_000_000L;
  private static final long TENTH = SECOND / 10;

  private final FakeNetwork network = new FakeNetwork();
  private final RecordingJournal journal = new RecordingJournal();
  private final RecordingNotices notices = new RecordingNotices();
  private final Stalls stalls = new Stalls(network, journal, notices, () -> Instant.EPOCH);

  private List<String> events() {
    return notices.all().stream().map(Notice::explanation).toList();
  }

  private Map<String, Long> counters() {
    Map<String, Long> counters = new LinkedHashMap<>();
    stalls.describe(counters);
    return counters;
  }

  @Test
  void isOneEventOfTheDaemonWithItsLengthAndCause() {
    network.delayBecause("it waited 1.40 s for a processor");
    stalls.note(1_500_000_000L, 5 * SECOND);
    String text = "woke up 1.500 s late: it waited 1.40 s for a processor";
    assertThat(notices.all())
        .containsExactly(
            new Notice(
                Instant.EPOCH,
                Notice.Kind.STALL,
                new Notice.Subject(Notice.Subject.Type.DAEMON, "vipd"),
                "",
                "",
                0,
                Duration.ofMillis(1500),
                List.of(new Cause(Cause.Kind.STALL, text))));
    assertThat(journal.messages()).containsExactly("warn " + text);
    assertThat(counters()).isEqualTo(Map.of("stalls", 1L, "stalled-ms", 1500L));
  }

  @Test
  void saysWhatItMayBeWhenNothingIsKnown() {
    stalls.note(SECOND, 5 * SECOND);
    assertThat(events())
        .containsExactly(
            "woke up 1.000 s late: the process was stopped, or the host is overloaded or was"
                + " suspended");
  }

  @Test
  void isNothingWhenItIsShort() {
    stalls.note(Stalls.TOLD_NANOS - 1, 5 * SECOND);
    assertThat(events()).isEmpty();
    assertThat(journal.messages()).isEmpty();
    assertThat(counters()).containsEntry("stalls", 0L);
    stalls.note(Stalls.TOLD_NANOS, 6 * SECOND);
    assertThat(events()).hasSize(1);
  }

  @Test
  void isTheSameForWhoeverNoticesIt() {
    network.delayBecause("a cause");
    Sleep first = stalls.sleep(4 * SECOND, false, 9 * SECOND);
    Sleep second = stalls.sleep(4 * SECOND, true, 9 * SECOND);
    // counted from something that was due earlier, and noticed a moment later
    stalls.note(5 * SECOND, 9 * SECOND + TENTH);
    assertThat(first).isEqualTo(new Sleep(4 * SECOND, false, "a cause"));
    assertThat(second).isEqualTo(new Sleep(4 * SECOND, true, "a cause"));
    assertThat(events()).containsExactly("woke up 4.000 s late: a cause");
    assertThat(events().get(0)).startsWith(first.text());
    assertThat(counters()).isEqualTo(Map.of("stalls", 1L, "stalled-ms", 4000L));
  }

  @Test
  void isAnotherOneWhenItWentOnAfterItWasNoticed() {
    stalls.note(4 * SECOND, 9 * SECOND);
    stalls.note(7 * SECOND, 12 * SECOND);
    assertThat(counters()).isEqualTo(Map.of("stalls", 2L, "stalled-ms", 7000L));
  }

  @Test
  void tellsOfMoreThanOneInTenSecondsTogether() {
    network.delayBecause("a cause");
    stalls.note(4 * TENTH, SECOND);
    stalls.note(5 * TENTH, 2 * SECOND);
    stalls.note(6 * TENTH, 3 * SECOND);
    stalls.note(5 * TENTH, 11 * SECOND - 1);
    stalls.note(4 * TENTH, 11 * SECOND + 4 * TENTH);
    stalls.note(4 * TENTH, 22 * SECOND);
    assertThat(events())
        .containsExactly(
            "woke up 0.400 s late: a cause",
            "woke up 0.400 s late (and 3 times before, up to 0.600 s): a cause",
            "woke up 0.400 s late: a cause");
    assertThat(journal.messages())
        .containsExactlyElementsOf(events().stream().map(it -> "warn " + it).toList());
    assertThat(counters()).isEqualTo(Map.of("stalls", 6L, "stalled-ms", 2800L));
  }

  @Test
  void doesNotHideALongOneBehindAShortOne() {
    network.delayBecause("a cause");
    stalls.note(4 * TENTH, SECOND);
    stalls.note(7 * TENTH, 2 * SECOND);
    stalls.note(8 * TENTH, 3 * SECOND);
    assertThat(events())
        .containsExactly(
            "woke up 0.400 s late: a cause",
            "woke up 0.800 s late (and once before, up to 0.700 s): a cause");
  }
}
