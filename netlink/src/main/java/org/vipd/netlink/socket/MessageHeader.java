package org.vipd.netlink.socket;

import java.nio.ByteBuffer;
import org.vipd.netlink.libc.Errno;
import org.vipd.netlink.libc.LibC;
import org.vipd.netlink.libc.NativeMemory;
import org.vipd.netlink.libc.SystemCalls;

/**
 * One {@code struct msghdr} with one {@code struct iovec} (64-bit layout), and the two calls that
 * take it. Allocates nothing after construction. For one thread.
 */
final class MessageHeader {

  private static final int FLAG_TRUNCATED = 0x20;
  private static final int FLAG_CONTROL_TRUNCATED = 0x8;
  private static final int FLAG_NO_SIGNAL = 0x4000;
  private static final int NAME_OFFSET = 0;
  private static final int NAME_LENGTH_OFFSET = 8;
  private static final int VECTOR_OFFSET = 16;
  private static final int VECTOR_COUNT_OFFSET = 24;
  private static final int CONTROL_OFFSET = 32;
  private static final int CONTROL_LENGTH_OFFSET = 40;
  private static final int FLAGS_OFFSET = 48;
  private static final int LENGTH = 56;
  private static final int BASE_OFFSET = LENGTH;
  private static final int SIZE_OFFSET = LENGTH + 8;

  private final SystemCalls calls = SystemCalls.get();
  private final LibC libC = calls.libC();
  private final NativeMemory memory = NativeMemory.kept(LENGTH + 16);
  private final ByteBuffer fields = memory.buffer();

  MessageHeader() {
    fields.putLong(VECTOR_OFFSET, memory.address() + BASE_OFFSET);
    fields.putLong(VECTOR_COUNT_OFFSET, 1);
  }

  void setName(long address, int length) {
    fields.putLong(NAME_OFFSET, address);
    fields.putInt(NAME_LENGTH_OFFSET, length);
  }

  void setData(long address, int length) {
    fields.putLong(BASE_OFFSET, address);
    fields.putLong(SIZE_OFFSET, length);
  }

  void setControl(long address, int length) {
    fields.putLong(CONTROL_OFFSET, address);
    fields.putLong(CONTROL_LENGTH_OFFSET, length);
  }

  int controlLength() {
    return (int) fields.getLong(CONTROL_LENGTH_OFFSET);
  }

  boolean isTruncated() {
    return (fields.getInt(FLAGS_OFFSET) & FLAG_TRUNCATED) != 0;
  }

  boolean isControlTruncated() {
    return (fields.getInt(FLAGS_OFFSET) & FLAG_CONTROL_TRUNCATED) != 0;
  }

  /** Returns the octets sent, or the negative error number; retries after EINTR. */
  int send(int fd) {
    while (true) {
      long sent = libC.sendmsg(fd, memory.address(), FLAG_NO_SIGNAL);
      if (sent >= 0) {
        return (int) sent;
      }
      int errno = calls.lastErrno();
      if (errno != Errno.EINTR.number()) {
        return -errno;
      }
    }
  }

  /** Returns the octets received, or the negative error number; retries after EINTR. */
  int receive(int fd, int flags) {
    while (true) {
      long received = libC.recvmsg(fd, memory.address(), flags);
      if (received >= 0) {
        return (int) received;
      }
      int errno = calls.lastErrno();
      if (errno != Errno.EINTR.number()) {
        return -errno;
      }
    }
  }
}
