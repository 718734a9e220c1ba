package org.vipd.netlink.message;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The kernel's answer to a request (kernel header netlink.h, {@code struct nlmsgerr}).
 *
 * @param errorNumber 0 for success, else the positive error number
 * @param explanation the kernel's extended-acknowledgement text, or empty
 */
public record NetlinkError(int errorNumber, String explanation) {

  private static final int FLAG_CAPPED = 0x100;
  private static final int FLAG_HAS_ATTRIBUTES = 0x200;
  private static final int ATTRIBUTE_MESSAGE = 1;
  private static final int LENGTH_OFFSET = 4;
  private static final int MINIMUM_LENGTH = 4 + MessageWriter.HEADER_LENGTH;

  /**
   * Reads the answer; empty when the message is too short to be one.
   *
   * @param flags of the message that carries it
   * @param payload of the message that carries it
   */
  public static Optional<NetlinkError> parse(int flags, ByteBuffer payload) {
    if (payload.limit() < MINIMUM_LENGTH) {
      return Optional.empty();
    }
    return Optional.of(new NetlinkError(-payload.getInt(0), explanation(flags, payload)));
  }

  private static String explanation(int flags, ByteBuffer payload) {
    if ((flags & FLAG_HAS_ATTRIBUTES) == 0) {
      return "";
    }
    int echoed =
        (flags & FLAG_CAPPED) == 0 ? payload.getInt(LENGTH_OFFSET) : MessageWriter.HEADER_LENGTH;
    if (echoed < MessageWriter.HEADER_LENGTH || echoed > payload.limit()) {
      return "";
    }
    AttributeReader attributes =
        new AttributeReader(payload, LENGTH_OFFSET + Alignment.align(echoed));
    while (attributes.next()) {
      if (attributes.type() == ATTRIBUTE_MESSAGE) {
        return attributes.text();
      }
    }
    return "";
  }
}
