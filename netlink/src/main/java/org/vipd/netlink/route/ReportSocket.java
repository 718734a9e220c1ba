package org.vipd.netlink.route;

import org.vipd.netlink.message.MessageReader;
import org.vipd.netlink.socket.NetlinkSocket;

/**
 * What the kernel reports by itself, on a socket of its own so that no answer waits behind it. For
 * one thread.
 *
 * @param <L> who is told
 */
abstract class ReportSocket<L> implements AutoCloseable {

  private static final int DATAGRAMS_PER_DISPATCH = 256;

  private final NetlinkSocket socket;
  private boolean isIncomplete;

  ReportSocket(NetlinkSocket socket) {
    this.socket = socket;
  }

  /** Returns the descriptor to watch. */
  public final int fd() {
    return socket.fd();
  }

  final NetlinkSocket socket() {
    return socket;
  }

  /**
   * Hands on what is queued, at most 256 datagrams, so that a storm of reports does not keep the
   * caller.
   *
   * @return false when reports were lost, and all that was left in the queue is handed on
   */
  final boolean drain(L listener) {
    for (int i = 0; i < DATAGRAMS_PER_DISPATCH; i++) {
      // no switch: its table is a class of its own, loaded at the first event, which follows a
      // takeover
      NetlinkSocket.Outcome outcome = socket.receive();
      if (outcome == NetlinkSocket.Outcome.DATAGRAM) {
        MessageReader messages = new MessageReader(socket.received());
        while (messages.next()) {
          report(messages, listener);
        }
        isIncomplete |= messages.malformed();
      } else if (outcome == NetlinkSocket.Outcome.OVERFLOW) {
        isIncomplete = true;
      } else {
        boolean isComplete = !isIncomplete;
        isIncomplete = false;
        return isComplete;
      }
    }
    return true;
  }

  /** Hands on the message that the reader stands at. */
  abstract void report(MessageReader message, L listener);

  /** Closes the socket. */
  @Override
  public final void close() {
    socket.close();
  }
}
