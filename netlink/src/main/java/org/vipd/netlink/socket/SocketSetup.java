package org.vipd.netlink.socket;

import org.vipd.netlink.libc.Errno;
import org.vipd.netlink.libc.FileDescriptor;
import org.vipd.netlink.libc.NativeMemory;
import org.vipd.netlink.libc.SyscallException;
import org.vipd.netlink.libc.SystemCalls;

/**
 * Opens non-blocking, close-on-exec sockets and sets their options; every failure names the option.
 */
final class SocketSetup {

  static final int SOL_SOCKET = 1;
  static final int SOCK_DGRAM = 2;
  static final int SOCK_RAW = 3;
  private static final int SOCK_NONBLOCK = 0x800;
  private static final int SOCK_CLOEXEC = 0x80000;
  private static final int SO_RCVBUF = 8;
  private static final int SO_PRIORITY = 12;
  private static final int SO_BINDTODEVICE = 25;
  private static final int SO_RCVBUFFORCE = 33;
  private static final int HIGHEST_UNPRIVILEGED_PRIORITY = 6;
  private static final int CONTROL_PRIORITY = 7;

  private final SystemCalls calls = SystemCalls.get();
  private final FileDescriptor fd;
  private final String context;

  private SocketSetup(FileDescriptor fd, String context) {
    this.fd = fd;
    this.context = context;
  }

  /** Returns a new socket; the caller closes it, also when one of the steps below throws. */
  static FileDescriptor open(int domain, int type, int protocol, String context) {
    SystemCalls calls = SystemCalls.get();
    int number = calls.libC().socket(domain, type | SOCK_NONBLOCK | SOCK_CLOEXEC, protocol);
    return new FileDescriptor(calls.check(number, "socket", context));
  }

  static SocketSetup of(FileDescriptor fd, String context) {
    return new SocketSetup(fd, context);
  }

  SocketSetup option(int level, int name, int value, String optionName) {
    try (NativeMemory memory = NativeMemory.scoped(Integer.BYTES)) {
      memory.buffer().putInt(0, value);
      return option(level, name, memory, optionName);
    }
  }

  SocketSetup option(int level, int name, NativeMemory value, String optionName) {
    int result = calls.libC().setsockopt(fd.number(), level, name, value.address(), value.size());
    calls.check(result, "setsockopt " + optionName, context);
    return this;
  }

  /**
   * Sets an option and tells whether the kernel took it, for those that need a privilege or a new
   * kernel.
   */
  boolean tryOption(int level, int name, int value) {
    try (NativeMemory memory = NativeMemory.scoped(Integer.BYTES)) {
      memory.buffer().putInt(0, value);
      return calls.libC().setsockopt(fd.number(), level, name, memory.address(), Integer.BYTES)
          == 0;
    }
  }

  SocketSetup bindToDevice(String interfaceName) {
    try (NativeMemory name = NativeMemory.scoped(interfaceName)) {
      return option(SOL_SOCKET, SO_BINDTODEVICE, name, "SO_BINDTODEVICE");
    }
  }

  /** Asks for the queue of control traffic (TC_PRIO_CONTROL), or the best without CAP_NET_ADMIN. */
  SocketSetup controlPriority() {
    if (!tryOption(SOL_SOCKET, SO_PRIORITY, CONTROL_PRIORITY)) {
      option(SOL_SOCKET, SO_PRIORITY, HIGHEST_UNPRIVILEGED_PRIORITY, "SO_PRIORITY");
    }
    return this;
  }

  /** Asks for a queue of this many bytes; without CAP_NET_ADMIN the system limit caps it. */
  SocketSetup receiveBuffer(int bytes) {
    if (!tryOption(SOL_SOCKET, SO_RCVBUFFORCE, bytes)) {
      option(SOL_SOCKET, SO_RCVBUF, bytes, "SO_RCVBUF");
    }
    return this;
  }

  SocketSetup bind(NativeMemory address, int length) {
    calls.check(calls.libC().bind(fd.number(), address.address(), length), "bind", context);
    return this;
  }

  /** Throws for a negative error number as {@link MessageHeader} returns it. */
  static SyscallException failure(String call, int negativeErrno, String context) {
    return new SyscallException(call, Errno.of(-negativeErrno), context);
  }
}
