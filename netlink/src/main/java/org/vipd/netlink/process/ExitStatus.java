package org.vipd.netlink.process;

/**
 * How a process ended.
 *
 * @param exited true when it exited by itself, false when a signal ended it
 * @param code exit code 0..255, or the number of the signal
 */
public record ExitStatus(boolean exited, int code) {

  /** Returns whether it exited with code 0. */
  public boolean succeeded() {
    return exited && code == 0;
  }

  /** Returns {@code exit code 3} or {@code signal 9}. */
  @Override
  public String toString() {
    return (exited ? "exit code " : "signal ") + code;
  }
}
