package org.vipd.netlink.route;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vipd.netlink.address.InterfaceIndex;
import org.vipd.netlink.address.IpFamily;
import org.vipd.netlink.address.IpPrefix;
import org.vipd.netlink.address.MacAddress;
import org.vipd.netlink.message.AttributeReader;
import org.vipd.netlink.message.AttributeWriter;
import org.vipd.netlink.message.MessageWriter;

/**
 * Links and addresses as rtnetlink messages (kernel headers if_link.h, if_addr.h). Malformed or
 * foreign messages decode to nothing.
 */
final class RouteCodec {

  private static final int LINK_FIXED_LENGTH = 16;
  private static final int LINK_INDEX_OFFSET = 4;
  private static final int LINK_FLAGS_OFFSET = 8;
  private static final int LINK_ADDRESS = 1;
  private static final int LINK_NAME = 3;
  private static final int LINK_MTU = 4;
  private static final int LINK_INFORMATION = 18;
  private static final int LINK_PORT_KIND = 4;
  private static final int LINK_FILTER = 29;
  private static final int LINK_FILTER_SKIP_STATISTICS = 8;
  private static final int LINK_PROPERTIES = 52;
  private static final int LINK_ALT_NAME = 53;
  private static final int ADDRESS_FIXED_LENGTH = 8;
  private static final int ADDRESS_PREFIX_LENGTH_OFFSET = 1;
  private static final int ADDRESS_FLAGS_OFFSET = 2;
  private static final int ADDRESS_SCOPE_OFFSET = 3;
  private static final int ADDRESS_INDEX_OFFSET = 4;
  private static final int ADDRESS_ADDRESS = 1;
  private static final int ADDRESS_LOCAL = 2;
  private static final int ADDRESS_LABEL = 3;
  private static final int ADDRESS_BROADCAST = 4;
  private static final int ADDRESS_CACHE_INFORMATION = 6;
  private static final int ADDRESS_FLAGS = 8;
  private static final int ADDRESS_PROTOCOL = 11;
  private static final int FLAG_NO_PREFIX_ROUTE = 0x200;

  private RouteCodec() {}

  /** Writes the body of a request for all links. */
  static void writeLinkQuery(MessageWriter message) {
    message.integer(0).integer(0).integer(0).integer(0);
    message.attributes().integer(LINK_FILTER, LINK_FILTER_SKIP_STATISTICS);
  }

  /** Writes the body of a request for all addresses. */
  static void writeAddressQuery(MessageWriter message) {
    message.integer(0).integer(0);
  }

  /** Writes the body of a request that adds, refreshes or removes an address. */
  static void writeAddress(MessageWriter message, AddressRequest request, boolean removal) {
    byte[] octets = request.prefix().address().getAddress();
    message
        .octet(request.prefix().family().number())
        .octet(request.prefix().length())
        .octet(0)
        .octet(request.scope())
        .integer(request.index().value());
    AttributeWriter attributes = message.attributes();
    attributes.octets(ADDRESS_LOCAL, octets).octets(ADDRESS_ADDRESS, octets);
    if (!removal) {
      writeProperties(attributes, request);
    }
  }

  /** Reads a link; nothing from a bridge's or another family's view of one. */
  static Optional<Link> readLink(ByteBuffer payload) {
    if (payload.limit() < LINK_FIXED_LENGTH
        || payload.get(0) != 0
        || payload.getInt(LINK_INDEX_OFFSET) < 1) {
      return Optional.empty();
    }
    String name = "";
    MacAddress mac = MacAddress.ZERO;
    int mtu = 0;
    String portOf = "";
    List<String> altNames = new ArrayList<>();
    AttributeReader attributes = new AttributeReader(payload, LINK_FIXED_LENGTH);
    while (attributes.next()) {
      switch (attributes.type()) {
        case LINK_ADDRESS -> mac = hardwareAddress(attributes);
        case LINK_NAME -> name = attributes.text();
        case LINK_MTU -> mtu = attributes.integer(0);
        case LINK_INFORMATION -> portOf = portKind(attributes.nested());
        case LINK_PROPERTIES -> readAltNames(attributes.nested(), altNames);
        default -> {}
      }
    }
    if (attributes.malformed() || name.isEmpty()) {
      return Optional.empty();
    }
    InterfaceIndex index = new InterfaceIndex(payload.getInt(LINK_INDEX_OFFSET));
    return Optional.of(
        new Link(index, name, mac, payload.getInt(LINK_FLAGS_OFFSET), mtu, altNames, portOf));
  }

  /** Reads an address. */
  static Optional<InterfaceAddress> readAddress(ByteBuffer payload) {
    if (payload.limit() < ADDRESS_FIXED_LENGTH || payload.getInt(ADDRESS_INDEX_OFFSET) < 1) {
      return Optional.empty();
    }
    Optional<InetAddress> address = Optional.empty();
    Optional<InetAddress> local = Optional.empty();
    Optional<String> label = Optional.empty();
    int flags = Byte.toUnsignedInt(payload.get(ADDRESS_FLAGS_OFFSET));
    int protocol = 0;
    AttributeReader attributes = new AttributeReader(payload, ADDRESS_FIXED_LENGTH);
    while (attributes.next()) {
      switch (attributes.type()) {
        case ADDRESS_ADDRESS -> address = inetAddress(attributes);
        case ADDRESS_LOCAL -> local = inetAddress(attributes);
        case ADDRESS_LABEL -> label = Optional.of(attributes.text());
        case ADDRESS_FLAGS -> flags = attributes.integer(flags);
        case ADDRESS_PROTOCOL -> protocol = protocol(attributes);
        default -> {}
      }
    }
    // On a point-to-point link the address attribute is the peer's.
    Optional<InetAddress> own = local.isPresent() ? local : address;
    int length = Byte.toUnsignedInt(payload.get(ADDRESS_PREFIX_LENGTH_OFFSET));
    if (attributes.malformed()
        || own.isEmpty()
        || length > IpFamily.of(own.get()).maximumPrefixLength()) {
      return Optional.empty();
    }
    return Optional.of(
        new InterfaceAddress(
            new InterfaceIndex(payload.getInt(ADDRESS_INDEX_OFFSET)),
            new IpPrefix(own.get(), length),
            Byte.toUnsignedInt(payload.get(ADDRESS_SCOPE_OFFSET)),
            flags,
            label,
            protocol));
  }

  private static int protocol(AttributeReader attribute) {
    return attribute.length() == 1 ? Byte.toUnsignedInt(attribute.octets()[0]) : 0;
  }

  private static void writeProperties(AttributeWriter attributes, AddressRequest request) {
    boolean isIpv4 = request.prefix().family() == IpFamily.IPV4;
    if (isIpv4) {
      request.broadcast().ifPresent(b -> attributes.octets(ADDRESS_BROADCAST, b.getAddress()));
      request.label().ifPresent(text -> attributes.text(ADDRESS_LABEL, text));
    }
    int flags = request.noPrefixRoute() ? FLAG_NO_PREFIX_ROUTE : 0;
    if (request.noDad() && !isIpv4) {
      flags |= InterfaceAddress.FLAG_NO_DAD;
    }
    attributes.integer(ADDRESS_FLAGS, flags);
    AddressLifetime lifetime = request.lifetime();
    attributes.integers(
        ADDRESS_CACHE_INFORMATION,
        (int) lifetime.preferredSeconds(),
        (int) lifetime.validSeconds(),
        0,
        0);
    if (request.protocol() != 0) {
      attributes.octets(ADDRESS_PROTOCOL, new byte[] {(byte) request.protocol()});
    }
  }

  private static MacAddress hardwareAddress(AttributeReader attribute) {
    return attribute.length() == MacAddress.LENGTH
        ? MacAddress.of(attribute.octets())
        : MacAddress.ZERO;
  }

  private static String portKind(AttributeReader information) {
    String kind = "";
    while (information.next()) {
      if (information.type() == LINK_PORT_KIND) {
        kind = information.text();
      }
    }
    return kind;
  }

  private static void readAltNames(AttributeReader properties, List<String> names) {
    while (properties.next()) {
      if (properties.type() == LINK_ALT_NAME) {
        names.add(properties.text());
      }
    }
  }

  private static Optional<InetAddress> inetAddress(AttributeReader attribute) {
    try {
      return Optional.of(InetAddress.getByAddress(attribute.octets()));
    } catch (UnknownHostException e) {
      // Neither 4 nor 16 octets: not an IP address.
      return Optional.empty();
    }
  }
}
