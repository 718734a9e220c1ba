package org.vipd.netlink.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vipd.netlink.libc.SyscallException;

/** Events of real processes; only the first network namespace has them. */
class ProcessConnectorIT {

  private static final long LIMIT_NANOS = 10_000_000_000L;

  private static Optional<ProcessConnector> connector() {
    try {
      return Optional.of(ProcessConnector.open());
    } catch (SyscallException e) {
      return Optional.empty();
    }
  }

  @Test
  void hearsThatAProcessIsStartedBecomesAProgramAndEnds() throws IOException {
    Optional<ProcessConnector> opened = connector();
    assumeTrue(opened.isPresent(), "this kernel does not tell of processes");
    List<String> heard = new ArrayList<>();
    try (ProcessConnector connector = opened.get();
        Poller poller = Poller.open()) {
      poller.watch(connector.fd(), Poller.READABLE, 0);
      long pid = new ProcessBuilder("/bin/true").start().pid();
      long end = System.nanoTime() + LIMIT_NANOS;
      while (!heard.contains("ended " + pid) && System.nanoTime() < end) {
        poller.await(end);
        connector.dispatch(new Recording(heard));
      }
      assertThat(heard).contains("changed " + pid, "ended " + pid);
      assertThat(heard.indexOf("changed " + pid)).isLessThan(heard.indexOf("ended " + pid));
      assertThat(heard).anyMatch(it -> it.startsWith("forked ") && it.endsWith(" " + pid));
    }
  }

  private record Recording(List<String> heard) implements ProcessConnector.Listener {

    @Override
    public void forked(int parent, int child) {
      heard.add("forked " + parent + " " + child);
    }

    @Override
    public void changed(int pid) {
      heard.add("changed " + pid);
    }

    @Override
    public void ended(int pid) {
      heard.add("ended " + pid);
    }

    @Override
    public void lost() {
      heard.add("lost");
    }
  }
}
