package org.vipd.netlink.route;

import java.nio.ByteBuffer;
import org.vipd.netlink.message.MessageReader;
import org.vipd.netlink.message.RouteMessageType;
import org.vipd.netlink.socket.NetlinkSocket;

/**
 * Hears of routes and rules of one protocol that others removed. The kernel says nothing of IPv4
 * routes that go with their interface or their source address. For one thread.
 */
public final class RouteLosses extends ReportSocket<RouteLosses.Listener> {

  private static final int GROUP_IPV4_ROUTE = 7;
  private static final int GROUP_IPV4_RULE = 8;
  private static final int GROUP_IPV6_ROUTE = 11;
  private static final int GROUP_IPV6_RULE = 19;
  private static final int RECEIVE_BUFFER = 1 << 20;

  /** Is told what others removed. */
  public interface Listener {

    /** A route. */
    void routeRemoved(RemovedRoute route);

    /** A rule. */
    void ruleRemoved(RemovedRule rule);
  }

  private final int protocol;
  private final int ownPort;

  private RouteLosses(NetlinkSocket socket, int protocol, int ownPort) {
    super(socket);
    this.protocol = protocol;
    this.ownPort = ownPort;
  }

  /**
   * Starts listening.
   *
   * @param protocol of the routes and rules, 1..255; the kernel withholds routes of others
   * @param ownPort of the socket whose removals are left out
   */
  public static RouteLosses open(int protocol, int ownPort) {
    NetlinkSocket socket =
        NetlinkSocket.open(
            RECEIVE_BUFFER, GROUP_IPV4_ROUTE, GROUP_IPV4_RULE, GROUP_IPV6_ROUTE, GROUP_IPV6_RULE);
    try {
      socket.acceptOnly(
          RouteMessageType.DELETE_RULE,
          RouteMessageType.DELETE_ROUTE,
          IpRouteCodec.PROTOCOL_OFFSET,
          protocol);
      return new RouteLosses(socket, protocol, ownPort);
    } catch (RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  /**
   * Reports what is queued, at most 256 datagrams.
   *
   * @param listener is told of each route and rule
   * @return false when reports were lost
   */
  public boolean dispatch(Listener listener) {
    return drain(listener);
  }

  @Override
  void report(MessageReader message, Listener listener) {
    if (message.port() == ownPort) {
      return;
    }
    ByteBuffer payload = message.payload();
    if (message.type() == RouteMessageType.DELETE_ROUTE) {
      IpRouteCodec.readRemoved(payload).ifPresent(listener::routeRemoved);
    } else if (message.type() == RouteMessageType.DELETE_RULE) {
      IpRuleCodec.readRemoved(payload)
          .filter(it -> it.protocol() == protocol)
          .ifPresent(listener::ruleRemoved);
    }
  }
}
