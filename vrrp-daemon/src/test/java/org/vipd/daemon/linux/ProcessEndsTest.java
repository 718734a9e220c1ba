package org.vipd.daemon.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vipd.daemon.port.PortException;
import org.vipd.daemon.port.WatchPort;
import org.vipd.daemon.runtime.MonotonicClock;

/** Real processes end while the kernel is not asked to tell of all. */
class ProcessEndsTest {

  private static final long PATIENCE_NANOS = 20_000_000_000L;
  private static final long MOMENT_NANOS = 50_000_000L;

  private final MonotonicClock clock = new MonotonicClock();
  private final List<Process> started = new ArrayList<>();
  private final Ends ends = new Ends();
  private LinuxWatch watch;

  @BeforeEach
  void open() throws PortException {
    watch = LinuxWatch.open(clock);
  }

  @AfterEach
  void endAll() {
    watch.close();
    started.forEach(Process::destroyForcibly);
  }

  private Process sleeping() throws IOException {
    Process process = new ProcessBuilder("sleep", "600").start();
    started.add(process);
    return process;
  }

  private static int pid(Process process) {
    return Math.toIntExact(process.pid());
  }

  private void awaitEnds(int count) {
    long end = clock.nanos() + PATIENCE_NANOS;
    while (ends.pids.size() < count && clock.nanos() < end) {
      watch.await(end, ends);
    }
  }

  @Test
  void tellsOfTheEndOfAProcessOnce() throws IOException {
    Process first = sleeping();
    Process second = sleeping();
    assertThat(watch.watchEnds(Set.of(pid(first), pid(second)))).isEmpty();
    second.destroyForcibly();
    awaitEnds(1);
    assertThat(ends.pids).containsExactly(pid(second));
    watch.await(clock.nanos() + MOMENT_NANOS, ends);
    assertThat(ends.pids).hasSize(1);
    first.destroyForcibly();
    awaitEnds(2);
    assertThat(ends.pids).containsExactly(pid(second), pid(first));
  }

  @Test
  void doesNotTellOfOneThatIsNoLongerWatched() throws IOException {
    Process first = sleeping();
    Process second = sleeping();
    assertThat(watch.watchEnds(Set.of(pid(first), pid(second)))).isEmpty();
    assertThat(watch.watchEnds(Set.of(pid(second)))).isEmpty();
    first.destroyForcibly();
    first.onExit().join();
    second.destroyForcibly();
    awaitEnds(1);
    assertThat(ends.pids).containsExactly(pid(second));
  }

  @Test
  void answersAtOnceForOneThatHasEndedBefore() throws IOException {
    Process process = sleeping();
    process.destroyForcibly();
    process.onExit().join();
    assertThat(watch.watchEnds(Set.of(pid(process)))).containsExactly(pid(process));
  }

  /** What was told. */
  private static final class Ends implements WatchPort.Listener {

    private final List<Integer> pids = new ArrayList<>();

    @Override
    public void ended(int pid) {
      pids.add(pid);
    }

    @Override
    public void filesChanged() {
      throw new AssertionError("no file is watched");
    }

    @Override
    public void directoriesEnded() {
      throw new AssertionError("no directory is watched");
    }

    @Override
    public void forked(int parent, int child) {
      throw new AssertionError("nobody asked for all processes");
    }

    @Override
    public void changed(int pid) {
      throw new AssertionError("nobody asked for all processes");
    }

    @Override
    public void lost() {
      throw new AssertionError("nobody asked for all processes");
    }
  }
}
