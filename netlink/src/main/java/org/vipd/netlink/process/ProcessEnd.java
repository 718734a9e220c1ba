package org.vipd.netlink.process;

import org.vipd.netlink.libc.FileDescriptor;
import org.vipd.netlink.libc.SyscallException;
import org.vipd.netlink.libc.SystemCalls;

/**
 * Tells of the end of any process, not only of a child, and needs no privilege (pidfd_open(2)). The
 * number of the process cannot be taken by another one unnoticed: the descriptor stands for the
 * process itself.
 */
public final class ProcessEnd implements AutoCloseable {

  private static final long SYS_PIDFD_OPEN = 434;

  private final FileDescriptor fd;

  private ProcessEnd(FileDescriptor fd) {
    this.fd = fd;
  }

  /**
   * Begins to watch a process.
   *
   * @param pid of a whole process, not of a thread; 1 or more
   * @throws SyscallException call {@code pidfd_open}: ESRCH when there is no such process, ENOSYS
   *     before Linux 5.3, EMFILE when descriptors are used up
   */
  public static ProcessEnd of(int pid) {
    return new ProcessEnd(new FileDescriptor(open(pid, "process " + pid)));
  }

  /**
   * Opens a descriptor of a process.
   *
   * @param context for the failure
   */
  static int open(int pid, String context) {
    SystemCalls calls = SystemCalls.get();
    int number = (int) calls.libC().syscall(SYS_PIDFD_OPEN, pid, 0);
    return calls.check(number, "pidfd_open", context);
  }

  /** Returns a descriptor that becomes readable, and stays so, when the process has ended. */
  public int fd() {
    return fd.number();
  }

  @Override
  public void close() {
    fd.close();
  }
}
