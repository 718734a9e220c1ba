package org.vipd.daemon.port;

import java.util.Optional;
import org.vipd.daemon.config.Account;

/** Named pipes that the daemon writes to. */
public interface PipePort {

  /**
   * Makes a pipe with mode 0600, or takes one that is there and belongs to the right user.
   *
   * @param owner whom it belongs to; empty for the daemon's own user
   */
  Pipe open(String path, Optional<Account> owner) throws PortException;

  /** An open pipe. */
  interface Pipe extends AutoCloseable {

    /** Writes a line as a whole; false when there is no room for it. Never waits. */
    boolean write(byte[] line) throws PortException;

    /** Closes it, and takes it away when it was made here. */
    @Override
    void close();
  }
}
