package org.vipd.netlink.route;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.vipd.netlink.address.InterfaceIndex;
import org.vipd.netlink.address.IpFamily;
import org.vipd.netlink.message.AttributeReader;
import org.vipd.netlink.message.MessageWriter;

/**
 * The setting {@code promote_secondaries} of an interface as part of a link message (kernel headers
 * if_link.h, ip.h): whether the next IPv4 address of a network takes the place of the first one
 * when that is removed, or goes with it.
 */
final class PromotionCodec {

  private static final int LINK_FIXED_LENGTH = 16;
  private static final int LINK_FILTER = 29;
  private static final int LINK_FILTER_SKIP_STATISTICS = 8;
  private static final int PER_FAMILY = 26;
  private static final int SETTINGS = 1;
  private static final int PROMOTE_SECONDARIES = 20;
  private static final int HEADER_LENGTH = 4;
  private static final int NUMBER_LENGTH = HEADER_LENGTH + Integer.BYTES;

  private PromotionCodec() {}

  /** Writes the body of a request for one link. */
  static void writeQuery(MessageWriter message, InterfaceIndex index) {
    message.integer(0).integer(index.value()).integer(0).integer(0);
    message.attributes().integer(LINK_FILTER, LINK_FILTER_SKIP_STATISTICS);
  }

  /** Writes the body of a request that changes the setting. */
  static void writeChange(MessageWriter message, InterfaceIndex index, boolean isOn) {
    message.integer(0).integer(index.value()).integer(0).integer(0);
    ByteBuffer nested =
        ByteBuffer.allocate(2 * HEADER_LENGTH + NUMBER_LENGTH).order(ByteOrder.nativeOrder());
    header(nested, 2 * HEADER_LENGTH + NUMBER_LENGTH, IpFamily.IPV4.number());
    header(nested, HEADER_LENGTH + NUMBER_LENGTH, SETTINGS);
    header(nested, NUMBER_LENGTH, PROMOTE_SECONDARIES);
    nested.putInt(isOn ? 1 : 0);
    message.attributes().octets(PER_FAMILY, nested.array());
  }

  private static void header(ByteBuffer buffer, int length, int type) {
    buffer.putShort((short) length).putShort((short) type);
  }

  /** Reads the setting of a link; nothing when the message does not tell. */
  static Optional<Boolean> read(ByteBuffer payload) {
    if (payload.limit() < LINK_FIXED_LENGTH) {
      return Optional.empty();
    }
    return find(new AttributeReader(payload, LINK_FIXED_LENGTH), PER_FAMILY)
        .flatMap(it -> find(it.nested(), IpFamily.IPV4.number()))
        .flatMap(it -> find(it.nested(), SETTINGS))
        .map(AttributeReader::octets)
        .filter(octets -> octets.length >= PROMOTE_SECONDARIES * Integer.BYTES)
        .map(
            octets ->
                ByteBuffer.wrap(octets)
                        .order(ByteOrder.nativeOrder())
                        .getInt((PROMOTE_SECONDARIES - 1) * Integer.BYTES)
                    != 0);
  }

  private static Optional<AttributeReader> find(AttributeReader attributes, int type) {
    while (attributes.next()) {
      if (attributes.type() == type) {
        return Optional.of(attributes);
      }
    }
    return Optional.empty();
  }
}
