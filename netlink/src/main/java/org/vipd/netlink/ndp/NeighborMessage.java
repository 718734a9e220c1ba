package org.vipd.netlink.ndp;

import java.nio.ByteBuffer;

/** What all ICMPv6 messages of neighbour discovery have in common (RFC 4861 section 4). */
public final class NeighborMessage {

  private static final int ETHERNET_LENGTH = 14;
  private static final int IPV6_LENGTH = 40;
  private static final int SOURCE_OFFSET = ETHERNET_LENGTH + 8;
  private static final int MESSAGE_OFFSET = ETHERNET_LENGTH + IPV6_LENGTH;
  private static final int CHECKSUM_OFFSET = MESSAGE_OFFSET + 2;
  private static final int NEXT_HEADER_ICMPV6 = 58;

  private NeighborMessage() {}

  /**
   * Sets the checksum over the pseudo-header of RFC 8200 section 8.1 and the message.
   *
   * @param frame a whole Ethernet frame that ends with the message, whose checksum is still zero
   */
  public static void putChecksum(ByteBuffer frame) {
    int sum = frame.capacity() - MESSAGE_OFFSET + NEXT_HEADER_ICMPV6;
    for (int offset = SOURCE_OFFSET; offset < frame.capacity(); offset += Short.BYTES) {
      sum += Short.toUnsignedInt(frame.getShort(offset));
    }
    while (sum >>> 16 != 0) {
      sum = (sum & 0xFFFF) + (sum >>> 16);
    }
    frame.putShort(CHECKSUM_OFFSET, (short) ~sum);
  }
}
