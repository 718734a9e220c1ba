package org.vipd.daemon.linux;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.vipd.netlink.libc.Errno;
import org.vipd.netlink.libc.SyscallException;
import org.vipd.netlink.process.ProcessEnd;
import org.vipd.netlink.socket.Poller;

/** Processes whose ends are awaited, each with a descriptor in a poller. */
final class ProcessEnds implements AutoCloseable {

  /**
   * A tracked program may have thousands of processes; those above it are left to the next look.
   */
  private static final int MAXIMUM = 256;

  private final Poller poller;
  private final int tokenBase;
  private final Map<Integer, ProcessEnd> watched = new HashMap<>();

  /**
   * None yet.
   *
   * @param tokenBase the token of a process in the poller is this and its id
   */
  ProcessEnds(Poller poller, int tokenBase) {
    this.poller = poller;
    this.tokenBase = tokenBase;
  }

  /** Watches these and no others; answers those that have ended already. */
  Set<Integer> watch(Set<Integer> pids) {
    Set<Integer> leaving = new HashSet<>(watched.keySet());
    leaving.removeAll(pids);
    leaving.forEach(this::forget);
    Set<Integer> ended = new HashSet<>();
    for (int pid : pids) {
      if (!watched.containsKey(pid) && watched.size() < MAXIMUM && !begin(pid)) {
        ended.add(pid);
      }
    }
    return ended;
  }

  /** Returns whether there is such a process; one that cannot be watched is looked at as before. */
  private boolean begin(int pid) {
    try {
      ProcessEnd end = ProcessEnd.of(pid);
      watched.put(pid, end);
      poller.watch(end.fd(), Poller.READABLE, tokenBase + pid);
      return true;
    } catch (SyscallException e) {
      forget(pid);
      return !e.errno().equals(Errno.ESRCH);
    }
  }

  /** Which process a token of the poller means, when it is watched; it is not from now on. */
  Optional<Integer> ended(int token) {
    int pid = token - tokenBase;
    return forget(pid) ? Optional.of(pid) : Optional.empty();
  }

  private boolean forget(int pid) {
    ProcessEnd end = watched.remove(pid);
    if (end == null) {
      return false;
    }
    poller.unwatch(end.fd());
    end.close();
    return true;
  }

  @Override
  public void close() {
    Set.copyOf(watched.keySet()).forEach(this::forget);
  }
}
