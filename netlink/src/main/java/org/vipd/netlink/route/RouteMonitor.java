package org.vipd.netlink.route;

import java.nio.ByteBuffer;
import org.vipd.netlink.message.MessageReader;
import org.vipd.netlink.message.RouteMessageType;
import org.vipd.netlink.socket.NetlinkSocket;

/**
 * Hears of link and address changes in the network namespace in which it was opened, on a socket of
 * its own so that no answer waits behind events. For one thread.
 */
public final class RouteMonitor extends ReportSocket<RouteListener> {

  private static final int GROUP_LINK = 1;
  private static final int GROUP_IPV4_ADDRESS = 5;
  private static final int GROUP_IPV6_ADDRESS = 9;
  private static final int RECEIVE_BUFFER = 4 << 20;

  private RouteMonitor(NetlinkSocket socket) {
    super(socket);
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
    socket().ignore(RouteMessageType.NEW_ADDRESS, client.port(), RouteClient.REFRESH_BIT);
  }

  /** Reports what is queued; after a loss it asks to resynchronize when the queue is empty. */
  public void dispatch(RouteListener listener) {
    if (!drain(listener)) {
      listener.resynchronize();
    }
  }

  @Override
  void report(MessageReader message, RouteListener listener) {
    ByteBuffer payload = message.payload();
    switch (message.type()) {
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
}
