package org.vipd.daemon.port;

import java.util.Set;

/** Waits for changes of files and processes. Used by one thread, except {@link #wakeUp}. */
public interface WatchPort extends AutoCloseable {

  /** Hears what changed, while {@link WatchPort#await} runs. */
  interface Listener {

    /** Something in a watched directory changed. */
    void filesChanged();

    /** A watched directory was removed, moved or unmounted: all have to be watched anew. */
    void directoriesEnded();

    /** A process copied itself. */
    void forked(int parent, int child);

    /** A process became another program or took another name. */
    void changed(int pid);

    /** A process ended. */
    void ended(int pid);

    /** Process events were lost. */
    void lost();
  }

  /** Watches these directories from now on and answers those that cannot be watched. */
  Set<String> watchDirectories(Set<String> directories);

  /** Begins to hear of processes; throws when the kernel does not tell. */
  void watchProcesses() throws PortException;

  /**
   * Tells of the ends of these processes from now on, and of no others: for a kernel that does not
   * tell of all. Answers those that have ended already.
   */
  Set<Integer> watchEnds(Set<Integer> pids);

  /** Waits until the deadline, a wake-up or a change, and delivers what changed. */
  void await(long deadlineNanos, Listener listener);

  /** Ends a current or the next {@link #await}; may be called from any thread. */
  void wakeUp();

  @Override
  void close();
}
