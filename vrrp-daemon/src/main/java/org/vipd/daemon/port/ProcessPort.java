package org.vipd.daemon.port;

import java.util.List;

/** Starts child processes and waits for them. Used by one thread, except {@link #wakeUp}. */
public interface ProcessPort extends AutoCloseable {

  /**
   * Starts a program in a process group of its own, with empty input.
   *
   * @param argv absolute path of the program, then its arguments
   */
  StartedProcess start(List<String> argv) throws PortException;

  /** Waits until the deadline, a wake-up, output, or the end of a process. */
  void await(long deadlineNanos);

  /** Ends a current or the next {@link #await}; may be called from any thread. */
  void wakeUp();

  @Override
  void close();
}
