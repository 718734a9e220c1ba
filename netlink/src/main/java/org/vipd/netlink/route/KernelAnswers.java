package org.vipd.netlink.route;

import org.vipd.netlink.libc.Errno;
import org.vipd.netlink.libc.SyscallException;
import org.vipd.netlink.message.MessageReader;
import org.vipd.netlink.message.NetlinkError;
import org.vipd.netlink.socket.NetlinkSocket;

/** Waits for what the kernel answers on a socket. */
final class KernelAnswers {

  /** The call, as errors name it. */
  static final String CALL = "rtnetlink";

  private static final int ANSWER_TIMEOUT_MILLIS = 5000;

  private final NetlinkSocket socket;

  KernelAnswers(NetlinkSocket socket) {
    this.socket = socket;
  }

  /** Takes the next datagram; the one before it is overwritten. */
  MessageReader next() {
    while (true) {
      switch (socket.receive()) {
        case DATAGRAM -> {
          return new MessageReader(socket.received());
        }
        case OVERFLOW -> throw new SyscallException(CALL, Errno.ENOBUFS, "the kernel's answer");
        case NOTHING -> {
          if (!socket.awaitReadable(ANSWER_TIMEOUT_MILLIS)) {
            throw new SyscallException(
                CALL,
                Errno.ETIMEDOUT,
                "the kernel's answer after " + ANSWER_TIMEOUT_MILLIS + " ms");
          }
        }
      }
    }
  }

  static NetlinkError errorOf(MessageReader message) {
    return NetlinkError.parse(message.flags(), message.payload())
        .orElseThrow(() -> new SyscallException(CALL, Errno.EPROTO, "a malformed error message"));
  }
}
