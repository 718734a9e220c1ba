package org.vipd.daemon.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vipd.daemon.event.Event;
import org.vipd.daemon.testkit.RecordingJournal;

class InsistenceTest {

  private final RecordingJournal journal = new RecordingJournal();
  private final List<Event> taken = new ArrayList<>();
  private final Event event = new Event.StopRequested("test");
  private int pauses;

  private Insistence insistence(int roomAfter) {
    return new Insistence(it -> pauses >= roomAfter && taken.add(it), journal, () -> pauses++);
  }

  @Test
  void handsOverAtOnceWhatFindsRoom() {
    insistence(0).post(event, "the reload");
    assertThat(taken).containsExactly(event);
    assertThat(pauses).isZero();
  }

  @Test
  void triesAgainUntilThereIsRoom() {
    insistence(7).post(event, "the reload");
    assertThat(taken).containsExactly(event);
    assertThat(journal.messages()).isEmpty();
  }

  @Test
  void saysWhatIsLostWhenThereIsNone() {
    insistence(Integer.MAX_VALUE).post(event, "the reload");
    assertThat(taken).isEmpty();
    assertThat(journal.messages())
        .containsExactly(
            "error the reload is lost: too many events wait for the loop; ask for it again");
  }
}
