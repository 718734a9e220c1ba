package org.vipd.netlink.route;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;
import org.vipd.netlink.address.IpPrefix;
import org.vipd.netlink.message.MessageReader;
import org.vipd.netlink.message.RouteMessageType;
import org.vipd.netlink.socket.NetlinkSocket;

/**
 * Hears of routes of one protocol that others removed. The kernel says nothing of IPv4 routes that
 * go with their interface or their source address. For one thread.
 */
public final class RouteLosses implements AutoCloseable {

  private static final int GROUP_IPV4_ROUTE = 7;
  private static final int GROUP_IPV6_ROUTE = 11;
  private static final int RECEIVE_BUFFER = 1 << 20;
  private static final int DATAGRAMS_PER_DISPATCH = 256;

  private final NetlinkSocket socket;
  private final int ownPort;
  private boolean eventsLost;

  private RouteLosses(NetlinkSocket socket, int ownPort) {
    this.socket = socket;
    this.ownPort = ownPort;
  }

  /**
   * Starts listening.
   *
   * @param protocol of the routes, 1..255; the kernel withholds others
   * @param ownPort of the socket whose removals are left out
   */
  public static RouteLosses open(int protocol, int ownPort) {
    NetlinkSocket socket = NetlinkSocket.open(RECEIVE_BUFFER, GROUP_IPV4_ROUTE, GROUP_IPV6_ROUTE);
    try {
      socket.acceptOnly(RouteMessageType.DELETE_ROUTE, IpRouteCodec.PROTOCOL_OFFSET, protocol);
      return new RouteLosses(socket, ownPort);
    } catch (RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  /** Returns the descriptor to watch. */
  public int fd() {
    return socket.fd();
  }

  /**
   * Reports what is queued, at most 256 datagrams.
   *
   * @param listener is given the destination of each route
   * @return false when reports were lost
   */
  public boolean dispatch(Consumer<IpPrefix> listener) {
    for (int i = 0; i < DATAGRAMS_PER_DISPATCH; i++) {
      NetlinkSocket.Outcome outcome = socket.receive();
      if (outcome == NetlinkSocket.Outcome.DATAGRAM) {
        report(new MessageReader(socket.received()), listener);
      } else if (outcome == NetlinkSocket.Outcome.OVERFLOW) {
        eventsLost = true;
      } else {
        boolean isComplete = !eventsLost;
        eventsLost = false;
        return isComplete;
      }
    }
    return true;
  }

  private void report(MessageReader messages, Consumer<IpPrefix> listener) {
    while (messages.next()) {
      if (messages.type() == RouteMessageType.DELETE_ROUTE && messages.port() != ownPort) {
        ByteBuffer payload = messages.payload();
        Optional<IpPrefix> destination = IpRouteCodec.readDestination(payload);
        destination.ifPresent(listener);
      }
    }
    eventsLost |= messages.malformed();
  }

  /** Closes the socket. */
  @Override
  public void close() {
    socket.close();
  }
}
