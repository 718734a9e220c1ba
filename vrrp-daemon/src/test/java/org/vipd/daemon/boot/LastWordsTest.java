package org.vipd.daemon.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vipd.daemon.event.Event;
import org.vipd.daemon.testkit.RecordingJournal;

class LastWordsTest {

  @Test
  void saysWhichThreadDiedOfWhatAndStopsTheDaemon() {
    RecordingJournal journal = new RecordingJournal();
    List<Event> posted = new ArrayList<>();
    LastWords handler = new LastWords(journal, posted::add);
    Thread thread = new Thread("vipd-control");
    handler.uncaughtException(thread, new NoClassDefFoundError("org/vipd/Gone"));
    assertThat(posted)
        .containsExactly(Event.StopRequested.failed("thread vipd-control ended unexpectedly"));
    assertThat(journal.messages())
        .singleElement()
        .asString()
        .startsWith(
            "error thread vipd-control ended unexpectedly: java.lang.NoClassDefFoundError:"
                + " org/vipd/Gone at ");
  }

  @Test
  void namesTheDirectoryAndTheRemedyWhenTheNativeLibraryIsMissing() {
    LinkageError failure =
        (LinkageError)
            new NoClassDefFoundError("Could not initialize class X")
                .initCause(new UnsatisfiedLinkError("libjffi.so: failed to map segment\nmore"));
    assertThat(NativeLibrary.complaint(failure))
        .startsWith(
            "the native library for system calls cannot be loaded: libjffi.so: failed to map"
                + " segment; it is unpacked into "
                + System.getProperty("java.io.tmpdir"))
        .contains("vipd --make-archive")
        .doesNotContain("\n");
  }
}
