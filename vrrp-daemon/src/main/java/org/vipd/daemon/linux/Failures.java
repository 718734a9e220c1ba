package org.vipd.daemon.linux;

import org.vipd.daemon.port.PortException;
import org.vipd.netlink.libc.Errno;
import org.vipd.netlink.libc.SyscallException;

/** Translates failed system calls. */
final class Failures {

  private Failures() {}

  static PortException of(SyscallException failure) {
    boolean denied = failure.errno().equals(Errno.EPERM) || failure.errno().equals(Errno.EACCES);
    return new PortException(failure.getMessage(), denied);
  }
}
