package org.vipd.daemon.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vipd.daemon.config.Place;
import org.vipd.daemon.config.track.FileTracker;
import org.vipd.daemon.config.track.TrackerConfig;
import org.vipd.daemon.event.Event;
import org.vipd.daemon.port.PortException;
import org.vipd.daemon.runtime.MonotonicClock;
import org.vipd.daemon.testkit.RecordingJournal;
import org.vipd.daemon.watch.TrackerSupervisor;

/** Directories of tracked files come and go; what has the name then is what is read. */
class TrackedDirectoriesTest {

  private final BlockingQueue<Integer> values = new LinkedBlockingQueue<>();
  @TempDir private Path folder;
  private Path hints;
  private TrackerSupervisor supervisor;
  private Thread thread;

  @BeforeEach
  void start() throws PortException, IOException {
    MonotonicClock clock = new MonotonicClock();
    hints = folder.resolve("hints");
    write(hints, 1);
    supervisor =
        new TrackerSupervisor(
            LinuxWatch.open(clock),
            clock,
            event -> values.add(((Event.TrackerReported) event).reading().value()),
            new RecordingJournal());
    thread = new Thread(supervisor, "trackers");
    thread.start();
  }

  @AfterEach
  void end() throws InterruptedException {
    supervisor.stop();
    thread.join();
  }

  private void track(Path directory) throws InterruptedException {
    FileTracker file =
        new FileTracker(
            "hint",
            Place.ofFile("f"),
            directory.resolve("hint").toString(),
            1,
            false,
            FileTracker.Initial.NONE);
    supervisor.replaceTrackers(
        new TrackerConfig(List.of(file), List.of(), List.of(), List.of(), List.of()));
    assertNext(1);
  }

  private static void write(Path directory, int value) throws IOException {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve("hint"), Integer.toString(value));
  }

  /** A file that is seen while it is made, or gone, reads as 0. */
  private void assertNext(int wanted) throws InterruptedException {
    int found = 0;
    while (found == 0) {
      found = Optional.ofNullable(values.poll(20, TimeUnit.SECONDS)).orElse(-1);
    }
    assertThat(found).isEqualTo(wanted);
  }

  @Test
  void oneThatIsRemovedAndMadeAgainIsWatchedAgain() throws Exception {
    track(hints);
    for (int value = 2; value < 6; value++) {
      Files.delete(hints.resolve("hint"));
      Files.delete(hints);
      write(hints, value);
      assertNext(value);
    }
    write(hints, 9);
    assertNext(9);
  }

  @Test
  void oneThatTakesTheNameOfAnotherIsWatched() throws Exception {
    track(hints);
    write(folder.resolve("next"), 7);
    Files.move(hints, folder.resolve("previous"), StandardCopyOption.ATOMIC_MOVE);
    Files.move(folder.resolve("next"), hints, StandardCopyOption.ATOMIC_MOVE);
    assertNext(7);
    write(folder.resolve("previous"), 8);
    write(hints, 9);
    assertNext(9);
  }

  @Test
  void whereALinkOrADirectoryAboveLeadsIsSeenWithinASecond() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder);
    track(link.resolve("hints"));
    write(folder.resolve("other/hints"), 7);
    Path turned = Files.createSymbolicLink(folder.resolve("turned"), folder.resolve("other"));
    Files.move(turned, link, StandardCopyOption.ATOMIC_MOVE);
    assertNext(7);
    write(folder.resolve("other/hints"), 8);
    assertNext(8);
  }
}
