package org.vipd.daemon.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vipd.daemon.status.EventRecord;
import org.vipd.daemon.testkit.RecordingJournal;

class HistoryTest {

  @TempDir private Path folder;
  private final RecordingJournal journal = new RecordingJournal();
  private final List<String> followed = new ArrayList<>();
  private Path file = Path.of("");

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("history");
  }

  /** A process that reports some events and ends. */
  private History process(int events) {
    History history = new History(file, journal, followed::add);
    for (int i = 0; i < events; i++) {
      history.accept(Notices.state("VI_1", "BACKUP", "MASTER", 100 + i % 100));
    }
    history.close();
    history.run();
    return history;
  }

  @Test
  void numbersEventsOverRestarts() throws IOException {
    process(2);
    History second = process(1);
    assertThat(second.records()).extracting(EventRecord::number).containsExactly(1L, 2L, 3L);
    assertThat(second.records().get(0).causes().get(0).text()).isEqualTo("check chk fails");
    assertThat(Files.readAllLines(file)).hasSize(3);
    assertThat(followed).hasSize(3);
    assertThat(followed.get(2)).contains("\"number\":3").contains("\"kind\":\"check\"");
  }

  @Test
  void keepsStallsOverRestartsBesideWhatAnOlderProcessWrote() throws IOException {
    Files.writeString(
        file,
        "{\"number\":41,\"at\":\"2026-11-20T10:00:00Z\",\"kind\":\"state\",\"type\":\"INSTANCE\","
            + "\"name\":\"VI_1\",\"before\":\"BACKUP\",\"state\":\"MASTER\",\"priority\":100,"
            + "\"causes\":[{\"kind\":\"silence\",\"text\":\"nobody was heard\"}]}\n");
    History first = new History(file, journal, followed::add);
    first.accept(Notices.stall("woke up 4.213 s late: a cause"));
    first.close();
    first.run();
    List<EventRecord> records = process(1).records();
    assertThat(records).extracting(EventRecord::number).containsExactly(41L, 42L, 43L);
    assertThat(records).extracting(EventRecord::lateSeconds).containsExactly(0.0, 4.213, 0.0);
    assertThat(records.get(0).causes().get(0).text()).isEqualTo("nobody was heard");
    EventRecord stall = records.get(1);
    assertThat(stall.kind() + " of " + stall.type() + " " + stall.name())
        .isEqualTo("stall of DAEMON vipd");
    assertThat(stall.causes())
        .containsExactly(new EventRecord.CauseRecord("stall", "woke up 4.213 s late: a cause"));
    assertThat(followed.get(0)).contains("\"lateSeconds\":4.213");
    assertThat(journal.messages()).isEmpty();
  }

  @Test
  void writesAgainWhatSomebodyHasRemoved() throws Exception {
    History history = new History(file, journal, followed::add);
    Thread thread = new Thread(history, "history under test");
    thread.start();
    history.accept(Notices.state("VI_1", "BACKUP", "MASTER", 100));
    while (!Files.exists(file)) {
      Thread.onSpinWait();
    }
    Files.delete(file);
    while (!Files.exists(file)) {
      Thread.onSpinWait();
    }
    history.close();
    thread.join();
    assertThat(Files.readAllLines(file)).hasSize(1);
    assertThat(journal.messages()).isEmpty();
  }

  @Test
  void keepsTheLastThousand() throws IOException {
    process(1500);
    History second = process(10);
    assertThat(second.records()).hasSize(1000);
    assertThat(second.records().get(0).number()).isEqualTo(511);
    assertThat(second.records().get(999).number()).isEqualTo(1510);
    assertThat(Files.readAllLines(file)).hasSize(1000);
    assertThat(journal.messages()).isEmpty();
  }

  /** Else the move that somebody asks for is gone after a few hours on a busy host. */
  @Test
  void aThousandStallsDoNotPushOutAChangeOfState() throws IOException {
    process(1);
    History late = new History(file, journal, followed::add);
    for (int i = 0; i < 1500; i++) {
      late.accept(Notices.stall("woke up 0.300 s late: stall " + i));
    }
    late.close();
    late.run();
    List<EventRecord> records = process(1).records();
    assertThat(records).hasSize(102);
    assertThat(records.get(0).kind()).isEqualTo("state");
    assertThat(records.get(100).causes().get(0).text()).endsWith("stall 1499");
    assertThat(records.get(1).causes().get(0).text()).endsWith("stall 1400");
  }

  @Test
  void leavesOutWhatMakesNoSenseAndSaysSo() throws IOException {
    process(2);
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    lines.add(1, "\u0000garbage {");
    lines.add("{\"number\":1}");
    lines.add("null");
    Files.write(file, lines);
    History second = process(1);
    assertThat(second.records()).extracting(EventRecord::number).containsExactly(1L, 2L, 3L);
    assertThat(journal.messages())
        .containsExactly(
            "warn " + file + ": 3 lines of the history make no sense and are left out");
  }

  @Test
  void goesOnWhenTheFileCannotBeWritten() throws IOException {
    Files.createDirectories(file.resolve("in the way"));
    History history = process(3);
    assertThat(history.records()).hasSize(3);
    assertThat(journal.messages()).hasSize(2);
    assertThat(journal.messages().get(1)).contains("will not survive a restart");
  }

  @Test
  void countsWhatComesTooFast() {
    History history = process(5000);
    assertThat(history.records()).hasSize(1000);
    assertThat(journal.messages())
        .containsExactly("warn 904 events came too fast for the history and are missing in it");
  }
}
