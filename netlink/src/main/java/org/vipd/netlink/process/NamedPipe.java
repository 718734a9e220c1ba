package org.vipd.netlink.process;

import org.vipd.netlink.libc.Errno;
import org.vipd.netlink.libc.FileDescriptor;
import org.vipd.netlink.libc.NativeMemory;
import org.vipd.netlink.libc.SystemCalls;

/** The writing end of a named pipe (fifo(7)) that never makes its writer wait. */
public final class NamedPipe implements AutoCloseable {

  /** The kernel writes up to this many octets as a whole or not at all (PIPE_BUF). */
  public static final int ATOMIC_OCTETS = 4096;

  private static final int READ_WRITE = 2;
  private static final int NONBLOCK = 0x800;
  private static final int NOFOLLOW = 0x20000;
  private static final int CLOEXEC = 0x80000;

  private final FileDescriptor fd;
  private final String path;

  private NamedPipe(FileDescriptor fd, String path) {
    this.fd = fd;
    this.path = path;
  }

  /**
   * Makes a pipe.
   *
   * @return false when something of that name exists
   * @throws org.vipd.netlink.libc.SyscallException for any other failure
   */
  public static boolean create(String path, int mode) {
    SystemCalls calls = SystemCalls.get();
    try (NativeMemory name = NativeMemory.scoped(path)) {
      int result = calls.libC().mkfifo(name.address(), mode);
      int errno = result < 0 ? calls.lastErrno() : 0;
      if (errno == Errno.EEXIST.number()) {
        return false;
      }
      calls.check(result, "mkfifo", path);
      return true;
    }
  }

  /**
   * Opens a pipe for reading and writing, so that it needs no reader and never breaks.
   *
   * @throws org.vipd.netlink.libc.SyscallException when it cannot be opened; ELOOP for a link
   */
  public static NamedPipe open(String path) {
    SystemCalls calls = SystemCalls.get();
    try (NativeMemory name = NativeMemory.scoped(path)) {
      int flags = READ_WRITE | NONBLOCK | NOFOLLOW | CLOEXEC;
      int number = calls.check(calls.libC().open(name.address(), flags, 0), "open", path);
      return new NamedPipe(new FileDescriptor(number), path);
    }
  }

  /**
   * Writes all of it or nothing.
   *
   * @param data at most {@value #ATOMIC_OCTETS} octets
   * @return false when there is no room
   * @throws org.vipd.netlink.libc.SyscallException for any other failure
   */
  public boolean write(byte[] data) {
    if (data.length > ATOMIC_OCTETS) {
      throw new IllegalArgumentException(
          "a line of " + data.length + " octets: at most " + ATOMIC_OCTETS);
    }
    SystemCalls calls = SystemCalls.get();
    try (NativeMemory memory = NativeMemory.scoped(data.length)) {
      memory.buffer().put(0, data);
      long written = calls.libC().write(fd.number(), memory.address(), data.length);
      if (written < 0 && calls.lastErrno() == Errno.EAGAIN.number()) {
        return false;
      }
      calls.check((int) written, "write", path);
      return true;
    }
  }

  @Override
  public void close() {
    fd.close();
  }
}
