package org.vipd.netlink.route;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.vipd.netlink.address.IpFamily;
import org.vipd.netlink.address.IpPrefix;
import org.vipd.netlink.message.AttributeReader;
import org.vipd.netlink.message.AttributeWriter;
import org.vipd.netlink.message.MessageWriter;

/**
 * Routes as rtnetlink messages (kernel header rtnetlink.h, {@code struct rtmsg}). Malformed or
 * foreign messages decode to nothing.
 */
final class IpRouteCodec {

  /** Where the body of a message has the number of who asked. */
  static final int PROTOCOL_OFFSET = 5;

  private static final int FIXED_LENGTH = 12;
  private static final int LENGTH_OFFSET = 1;
  private static final int TABLE_OFFSET = 4;
  private static final int FLAG_ON_LINK = 4;
  private static final int DESTINATION = 1;
  private static final int OUTGOING_INTERFACE = 4;
  private static final int GATEWAY = 5;
  private static final int PRIORITY = 6;
  private static final int PREFERRED_SOURCE = 7;
  private static final int METRICS = 8;
  private static final int TABLE = 15;
  private static final int VIA = 18;
  private static final int METRIC_MTU = 2;
  private static final int METRIC_ADVERTISED_SEGMENT = 8;
  private static final int TABLE_OCTET_MAXIMUM = 255;
  private static final int FAMILY_LENGTH = 2;

  /** What the kernel gives to an IPv6 route without one; a removal without one takes any. */
  private static final int USUAL_IPV6_METRIC = 1024;

  private IpRouteCodec() {}

  /** Writes the body of a request that adds or removes a route. */
  static void write(MessageWriter message, IpRoute route, boolean isRemoval) {
    IpPrefix destination = route.destination();
    boolean isSmall = route.table() <= TABLE_OCTET_MAXIMUM;
    message
        .octet(destination.family().number())
        .octet(destination.length())
        .octet(0)
        .octet(0)
        .octet(isSmall ? route.table() : 0)
        .octet(route.protocol())
        .octet(route.options().scope())
        .octet(route.type())
        .integer(route.options().isOnLink() ? FLAG_ON_LINK : 0);
    AttributeWriter attributes = message.attributes();
    if (destination.length() > 0) {
      attributes.octets(DESTINATION, destination.address().getAddress());
    }
    if (!isSmall) {
      attributes.integer(TABLE, route.table());
    }
    writePath(attributes, route);
    long metric = route.options().metric();
    if (metric == 0 && isRemoval && destination.family() == IpFamily.IPV6) {
      metric = USUAL_IPV6_METRIC;
    }
    if (metric != 0) {
      attributes.integer(PRIORITY, (int) metric);
    }
    if (!isRemoval) {
      writeMetrics(attributes, route.options());
    }
  }

  private static void writePath(AttributeWriter attributes, IpRoute route) {
    route
        .gateway()
        .ifPresent(gateway -> writeGateway(attributes, gateway, route.destination().family()));
    if (route.interfaceIndex() > 0) {
      attributes.integer(OUTGOING_INTERFACE, route.interfaceIndex());
    }
    route.source().ifPresent(it -> attributes.octets(PREFERRED_SOURCE, it.getAddress()));
  }

  private static void writeGateway(
      AttributeWriter attributes, InetAddress gateway, IpFamily family) {
    byte[] octets = gateway.getAddress();
    if (IpFamily.of(gateway) == family) {
      attributes.octets(GATEWAY, octets);
      return;
    }
    ByteBuffer other = ByteBuffer.allocate(FAMILY_LENGTH + octets.length);
    other.order(java.nio.ByteOrder.nativeOrder());
    other.putShort((short) IpFamily.of(gateway).number()).put(octets);
    attributes.octets(VIA, other.array());
  }

  private static void writeMetrics(AttributeWriter attributes, IpRoute.Options options) {
    int mtu = options.mtu();
    int segment = options.advertisedSegment();
    if (mtu > 0 && segment > 0) {
      attributes.nestedIntegers(METRICS, METRIC_MTU, mtu, METRIC_ADVERTISED_SEGMENT, segment);
    } else if (mtu > 0) {
      attributes.nestedIntegers(METRICS, METRIC_MTU, mtu);
    } else if (segment > 0) {
      attributes.nestedIntegers(METRICS, METRIC_ADVERTISED_SEGMENT, segment);
    }
  }

  /** Reads which route a report is of. */
  static Optional<RemovedRoute> readRemoved(ByteBuffer payload) {
    if (payload.limit() < FIXED_LENGTH) {
      return Optional.empty();
    }
    int family = Byte.toUnsignedInt(payload.get(0));
    boolean isIpv4 = family == IpFamily.IPV4.number();
    int length = Byte.toUnsignedInt(payload.get(LENGTH_OFFSET));
    IpFamily known = isIpv4 ? IpFamily.IPV4 : IpFamily.IPV6;
    if (family != known.number() || length > known.maximumPrefixLength()) {
      return Optional.empty();
    }
    byte[] octets = new byte[known.maximumPrefixLength() / Byte.SIZE];
    long table = Byte.toUnsignedLong(payload.get(TABLE_OFFSET));
    long metric = 0;
    AttributeReader attributes = new AttributeReader(payload, FIXED_LENGTH);
    while (attributes.next()) {
      if (attributes.type() == DESTINATION && attributes.length() == octets.length) {
        octets = attributes.octets();
      } else if (attributes.type() == TABLE && attributes.length() == Integer.BYTES) {
        table = Integer.toUnsignedLong(attributes.integer(0));
      } else if (attributes.type() == PRIORITY && attributes.length() == Integer.BYTES) {
        metric = Integer.toUnsignedLong(attributes.integer(0));
      }
    }
    return attributes.malformed()
        ? Optional.empty()
        : Optional.of(new RemovedRoute(prefix(octets, length), table, metric));
  }

  private static IpPrefix prefix(byte[] octets, int length) {
    try {
      return new IpPrefix(InetAddress.getByAddress(octets), length);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address has 4 or 16 octets", e);
    }
  }
}
