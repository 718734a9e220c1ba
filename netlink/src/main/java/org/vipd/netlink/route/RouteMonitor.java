package org.vipd.netlink.route;

import java.nio.ByteBuffer;
import org.vipd.netlink.message.MessageReader;
import org.vipd.netlink.message.RouteMessageType;
import org.vipd.netlink.socket.NetlinkSocket;

/**
 * Hears of link and address changes in the network namespace in which it was opened, on a socket of
 * its own so that no answer waits behind events. For one thread.
 */
public final class RouteMonitor implements AutoCloseable {

  private static final int GROUP_LINK = 1;
  private static final int GROUP_IPV4_ADDRESS = 5;
  private static final int GROUP_IPV6_ADDRESS = 9;
  private static final int RECEIVE_BUFFER = 4 << 20;
  private static final int DATAGRAMS_PER_DISPATCH = 256;

  private final NetlinkSocket socket;
  private boolean eventsLost;

  private RouteMonitor(NetlinkSocket socket) {
    this.socket = socket;
  }

  /**
   * Starts listening; what changed before must be listed with {@link RouteOperations} afterwards.
   */
  public static RouteMonitor open() {
    return open(RECEIVE_BUFFER);
  }

  /** Starts listening with a given queue size in bytes, so that a test can overflow it. */
  static RouteMonitor open(int receiveBufferBytes) {
    return new RouteMonitor(
        NetlinkSocket.open(receiveBufferBytes, GROUP_LINK, GROUP_IPV4_ADDRESS, GROUP_IPV6_ADDRESS));
  }

  /**
   * Leaves out what the kernel reports of the refreshes of a client in the same namespace, also
   * when one of them added an address that was missing. Those of IPv6 addresses cannot be told from
   * others and are reported.
   */
  void ignoreRefreshesOf(RouteClient client) {
    socket.ignore(RouteMessageType.NEW_ADDRESS, client.port(), RouteClient.REFRESH_BIT);
  }

  /** Returns the descriptor to watch. */
  public int fd() {
    return socket.fd();
  }

  /**
   * Reports what is queued, at most 256 datagrams, so that a storm of events does not keep the
   * caller. After a loss it first reports what is left in the queue and then asks to resynchronize.
   */
  public void dispatch(RouteListener listener) {
    for (int i = 0; i < DATAGRAMS_PER_DISPATCH; i++) {
      // no switch: its table is a class of its own, loaded at the first event, which follows a
      // takeover
      NetlinkSocket.Outcome outcome = socket.receive();
      if (outcome == NetlinkSocket.Outcome.DATAGRAM) {
        report(new MessageReader(socket.received()), listener);
      } else if (outcome == NetlinkSocket.Outcome.OVERFLOW) {
        eventsLost = true;
      } else {
        if (eventsLost) {
          eventsLost = false;
          listener.resynchronize();
        }
        return;
      }
    }
  }

  /** Closes the socket. */
  @Override
  public void close() {
    socket.close();
  }

  private void report(MessageReader messages, RouteListener listener) {
    while (messages.next()) {
      ByteBuffer payload = messages.payload();
      switch (messages.type()) {
        case RouteMessageType.NEW_LINK ->
            RouteCodec.readLink(payload).ifPresent(listener::linkChanged);
        case RouteMessageType.DELETE_LINK ->
            RouteCodec.readLink(payload)
                .ifPresent(link -> listener.linkRemoved(link.index(), link.name()));
        case RouteMessageType.NEW_ADDRESS ->
            RouteCodec.readAddress(payload).ifPresent(listener::addressAdded);
        case RouteMessageType.DELETE_ADDRESS ->
            RouteCodec.readAddress(payload).ifPresent(listener::addressRemoved);
        default -> {}
      }
    }
    eventsLost |= messages.malformed();
  }
}
