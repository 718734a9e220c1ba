package org.vipd.daemon.linux;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.vipd.daemon.port.PortException;
import org.vipd.daemon.port.WatchPort;
import org.vipd.daemon.runtime.MonotonicClock;
import org.vipd.netlink.libc.SyscallException;
import org.vipd.netlink.socket.Poller;
import org.vipd.netlink.socket.ProcessConnector;
import org.vipd.netlink.watch.DirectoryWatch;

/**
 * Watches directories with inotify, and processes with the kernel's process events or, where there
 * are none, with a descriptor each.
 */
public final class LinuxWatch implements WatchPort {

  private static final int FILES = 0;
  private static final int PROCESSES = 1;

  private final Poller poller;
  private final MonotonicClock clock;
  private Optional<DirectoryWatch> files = Optional.empty();
  private Optional<ProcessConnector> processes = Optional.empty();
  private final ProcessEnds ends;

  private LinuxWatch(Poller poller, MonotonicClock clock) {
    this.poller = poller;
    this.clock = clock;
    this.ends = new ProcessEnds(poller, PROCESSES);
  }

  /** Opens the poller; nothing is watched yet. */
  public static LinuxWatch open(MonotonicClock clock) throws PortException {
    try {
      return new LinuxWatch(Poller.open(), clock);
    } catch (SyscallException e) {
      throw Failures.of(e);
    }
  }

  @Override
  public Set<String> watchDirectories(Set<String> directories) {
    closeFiles();
    if (directories.isEmpty()) {
      return Set.of();
    }
    Set<String> unwatched = new TreeSet<>();
    try {
      DirectoryWatch opened = DirectoryWatch.open();
      files = Optional.of(opened);
      poller.watch(opened.fd(), Poller.READABLE, FILES);
      for (String directory : directories) {
        try {
          opened.add(directory);
        } catch (SyscallException e) {
          unwatched.add(directory);
        }
      }
      return unwatched;
    } catch (SyscallException e) {
      return directories;
    }
  }

  @Override
  public void watchProcesses() throws PortException {
    if (processes.isPresent()) {
      return;
    }
    try {
      ProcessConnector opened = ProcessConnector.open();
      processes = Optional.of(opened);
      poller.watch(opened.fd(), Poller.READABLE, PROCESSES);
    } catch (SyscallException e) {
      throw Failures.of(e);
    }
  }

  @Override
  public Set<Integer> watchEnds(Set<Integer> pids) {
    return ends.watch(pids);
  }

  @Override
  public void await(long deadlineNanos, Listener listener) {
    int ready = poller.await(clock.systemNanos(deadlineNanos));
    for (int i = 0; i < ready; i++) {
      if (poller.token(i) == FILES && files.isPresent()) {
        tell(files.get().drain(), listener);
      } else if (poller.token(i) == PROCESSES && processes.isPresent()) {
        processes.get().dispatch(new Forwarding(listener));
      } else if (poller.token(i) > PROCESSES) {
        ends.ended(poller.token(i)).ifPresent(listener::ended);
      }
    }
  }

  private static void tell(DirectoryWatch.News news, Listener listener) {
    switch (news) {
      case ENDED -> listener.directoriesEnded();
      case CHANGED -> listener.filesChanged();
      default -> {
        // another has taken the events already
      }
    }
  }

  /** Hands process events on. */
  private record Forwarding(Listener to) implements ProcessConnector.Listener {

    @Override
    public void forked(int parent, int child) {
      to.forked(parent, child);
    }

    @Override
    public void changed(int pid) {
      to.changed(pid);
    }

    @Override
    public void ended(int pid) {
      to.ended(pid);
    }

    @Override
    public void lost() {
      to.lost();
    }
  }

  @Override
  public void wakeUp() {
    poller.wakeUp();
  }

  private void closeFiles() {
    files.ifPresent(
        it -> {
          poller.unwatch(it.fd());
          it.close();
        });
    files = Optional.empty();
  }

  @Override
  public void close() {
    closeFiles();
    processes.ifPresent(ProcessConnector::close);
    processes = Optional.empty();
    ends.close();
    poller.close();
  }
}
