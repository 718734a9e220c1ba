package org.vipd.netlink.route;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.vipd.netlink.address.IpFamily;
import org.vipd.netlink.address.IpPrefix;
import org.vipd.netlink.message.AttributeReader;
import org.vipd.netlink.message.AttributeWriter;
import org.vipd.netlink.message.MessageWriter;

/**
 * Rules as rtnetlink messages (kernel header fib_rules.h, {@code struct fib_rule_hdr}). Malformed
 * or foreign messages decode to nothing.
 */
final class IpRuleCodec {

  private static final int FIXED_LENGTH = 12;
  private static final int TABLE_OFFSET = 4;
  private static final int FLAG_INVERT = 2;
  private static final int DESTINATION = 1;
  private static final int SOURCE = 2;
  private static final int INCOMING_INTERFACE = 3;
  private static final int GOTO = 4;
  private static final int PRIORITY = 6;
  private static final int MARK = 10;
  private static final int REALMS = 11;
  private static final int TUNNEL = 12;
  private static final int SUPPRESS_GROUP = 13;
  private static final int SUPPRESS_PREFIX_LENGTH = 14;
  private static final int TABLE = 15;
  private static final int MASK = 16;
  private static final int OUTGOING_INTERFACE = 17;
  private static final int VRF = 19;
  private static final int USERS = 20;
  private static final int PROTOCOL = 21;
  private static final int IP_PROTOCOL = 22;
  private static final int SOURCE_PORTS = 23;
  private static final int DESTINATION_PORTS = 24;
  private static final int TABLE_OCTET_MAXIMUM = 255;

  private IpRuleCodec() {}

  /** Writes the body of a request that adds or removes a rule. */
  static void write(MessageWriter message, IpRule rule) {
    IpRule.Selector selector = rule.selector();
    boolean isSmall = rule.table() <= TABLE_OCTET_MAXIMUM;
    message
        .octet(rule.family().number())
        .octet(selector.to().map(IpPrefix::length).orElse(0))
        .octet(selector.from().map(IpPrefix::length).orElse(0))
        .octet(selector.traffic().tos())
        .octet(isSmall ? rule.table() : 0)
        .octet(0)
        .octet(0)
        .octet(rule.action())
        .integer(selector.isInverted() ? FLAG_INVERT : 0);
    AttributeWriter attributes = message.attributes();
    selector.to().ifPresent(it -> attributes.octets(DESTINATION, it.address().getAddress()));
    selector.from().ifPresent(it -> attributes.octets(SOURCE, it.address().getAddress()));
    selector.incoming().ifPresent(it -> attributes.text(INCOMING_INTERFACE, it));
    selector.outgoing().ifPresent(it -> attributes.text(OUTGOING_INTERFACE, it));
    selector
        .mark()
        .ifPresent(it -> attributes.integer(MARK, (int) it.value()).integer(MASK, (int) it.mask()));
    write(attributes, selector.traffic());
    if (rule.action() == IpRule.GOTO) {
      attributes.integer(GOTO, (int) rule.options().target());
    }
    write(attributes, rule.options());
    if (!isSmall) {
      attributes.integer(TABLE, rule.table());
    }
    attributes.integer(PRIORITY, (int) rule.priority());
    attributes.octets(PROTOCOL, new byte[] {(byte) rule.protocol()});
  }

  private static void write(AttributeWriter attributes, IpRule.Traffic traffic) {
    if (traffic.ipProtocol() != 0) {
      attributes.octets(IP_PROTOCOL, new byte[] {(byte) traffic.ipProtocol()});
    }
    traffic.sourcePorts().ifPresent(it -> attributes.octets(SOURCE_PORTS, ports(it)));
    traffic.destinationPorts().ifPresent(it -> attributes.octets(DESTINATION_PORTS, ports(it)));
    traffic.users().ifPresent(it -> attributes.integers(USERS, (int) it.first(), (int) it.last()));
    if (traffic.tunnel() != 0) {
      // the only number of a rule that is big endian
      attributes.octets(TUNNEL, ByteBuffer.allocate(Long.BYTES).putLong(traffic.tunnel()).array());
    }
  }

  /** {@code struct fib_rule_port_range}: two 16-bit numbers in native byte order. */
  private static byte[] ports(IpRule.Range range) {
    return ByteBuffer.allocate(2 * Short.BYTES)
        .order(ByteOrder.nativeOrder())
        .putShort((short) range.first())
        .putShort((short) range.last())
        .array();
  }

  private static void write(AttributeWriter attributes, IpRule.Options options) {
    if (options.shortest() >= 0) {
      attributes.integer(SUPPRESS_PREFIX_LENGTH, options.shortest());
    }
    if (options.ignoredGroup() >= 0) {
      attributes.integer(SUPPRESS_GROUP, (int) options.ignoredGroup());
    }
    if (options.realms() != 0) {
      attributes.integer(REALMS, (int) options.realms());
    }
    if (options.isOfVrf()) {
      attributes.octets(VRF, new byte[] {1});
    }
  }

  /** Reads what tells which rule it was. */
  static Optional<RemovedRule> readRemoved(ByteBuffer payload) {
    if (payload.limit() < FIXED_LENGTH) {
      return Optional.empty();
    }
    int number = Byte.toUnsignedInt(payload.get(0));
    IpFamily family = number == IpFamily.IPV4.number() ? IpFamily.IPV4 : IpFamily.IPV6;
    long priority = 0;
    long table = Byte.toUnsignedInt(payload.get(TABLE_OFFSET));
    int protocol = 0;
    AttributeReader attributes = new AttributeReader(payload, FIXED_LENGTH);
    while (attributes.next()) {
      boolean isInteger = attributes.length() == Integer.BYTES;
      if (attributes.type() == PRIORITY && isInteger) {
        priority = Integer.toUnsignedLong(attributes.integer(0));
      } else if (attributes.type() == TABLE && isInteger) {
        table = Integer.toUnsignedLong(attributes.integer(0));
      } else if (attributes.type() == PROTOCOL && attributes.length() == 1) {
        protocol = Byte.toUnsignedInt(attributes.octets()[0]);
      }
    }
    return number == family.number() && !attributes.malformed()
        ? Optional.of(new RemovedRule(family, priority, table, protocol))
        : Optional.empty();
  }
}
