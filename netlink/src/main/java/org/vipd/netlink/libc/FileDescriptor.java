package org.vipd.netlink.libc;

import java.util.concurrent.atomic.AtomicBoolean;

/** An open file descriptor with one owner, who closes it. */
public final class FileDescriptor implements AutoCloseable {

  private final int number;
  private final AtomicBoolean open = new AtomicBoolean(true);

  /**
   * Takes ownership of a descriptor.
   *
   * @param number 0 or more
   */
  public FileDescriptor(int number) {
    if (number < 0) {
      throw new IllegalArgumentException("file descriptor " + number + ": must be 0 or more");
    }
    this.number = number;
  }

  /** Returns the number; after {@link #close()} it may belong to something else. */
  public int number() {
    return number;
  }

  /**
   * Closes the descriptor; closing again does nothing. Not retried after EINTR, because Linux has
   * released the number even then.
   */
  @Override
  public void close() {
    if (open.getAndSet(false)) {
      SystemCalls.get().libC().close(number);
    }
  }

  @Override
  public String toString() {
    return "fd " + number;
  }
}
