package org.vipd.netlink.route;

import java.net.InetAddress;
import java.util.Optional;
import org.vipd.netlink.address.IpPrefix;

/**
 * A route to add or remove, or one that went away.
 *
 * @param type RTN_* of the kernel header rtnetlink.h: 1 unicast, 6 blackhole, 7 unreachable, 8
 *     prohibit, 9 throw
 * @param destination where it leads; length 0 for everywhere
 * @param gateway the next hop; it may be an IPv6 address for an IPv4 destination
 * @param interfaceIndex the interface it leads over; 0 lets the kernel find that by the gateway
 * @param source the preferred source address
 * @param table number of the routing table, 1 or more: 254 is the main one
 * @param protocol who asks, 1..255
 * @param options the rest
 */
public record IpRoute(
    int type,
    IpPrefix destination,
    Optional<InetAddress> gateway,
    int interfaceIndex,
    Optional<InetAddress> source,
    int table,
    int protocol,
    Options options)
    implements RoutingRequest {

  private static final int PROTOCOL_MAXIMUM = 255;

  /** Checks the numbers. */
  public IpRoute {
    if (table < 1) {
      throw new IllegalArgumentException("table " + table + ": must be 1 or more");
    }
    if (protocol < 1 || protocol > PROTOCOL_MAXIMUM) {
      throw new IllegalArgumentException(
          "protocol " + protocol + ": must be 1.." + PROTOCOL_MAXIMUM);
    }
  }

  /**
   * What a route has beside.
   *
   * @param scope RT_SCOPE_* of the kernel header: 0 global, 253 link, 254 host
   * @param metric the smaller, the more preferred, up to 32 bits; 0 leaves it to the kernel
   * @param isOnLink whether the gateway counts as reachable over the interface
   * @param mtu 0 for that of the interface
   * @param advertisedSegment largest segment that TCP announces; 0 leaves it to the kernel
   */
  public record Options(int scope, long metric, boolean isOnLink, int mtu, int advertisedSegment) {

    /** None of them. */
    public static final Options NONE = new Options(0, 0, false, 0, 0);
  }
}
