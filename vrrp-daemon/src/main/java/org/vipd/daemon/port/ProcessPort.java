package org.vipd.daemon.port;

import java.util.List;
import java.util.Optional;
import org.vipd.daemon.config.Account;

/**
 * Starts child processes and waits for them. Used by one thread, except {@link #start} and {@link
 * #wakeUp}.
 */
public interface ProcessPort extends AutoCloseable {

  /**
   * Starts a program in a process group of its own, with empty input; from any thread. Takes as
   * long as the file system with the program does not answer.
   *
   * @param argv absolute path of the program, then its arguments
   * @param account whom it runs as; empty for the daemon's own user
   */
  StartedProcess start(List<String> argv, Optional<Account> account) throws PortException;

  /** Waits until the deadline, a wake-up, output, or the end of a process. */
  void await(long deadlineNanos);

  /** Ends a current or the next {@link #await}; may be called from any thread. */
  void wakeUp();

  @Override
  void close();
}
