package org.vipd.protocol.wire;

import java.nio.ByteBuffer;
import org.vipd.protocol.value.IpAddress;

/** The IPv4 header that advertisements are sent with when the kernel does not write it. */
final class Ipv4Header {
  static final int LENGTH = 20;

  private static final int VERSION_AND_LENGTH = 0x45;

  /** Internetwork control, as every open implementation sends it. */
  private static final int TYPE_OF_SERVICE = 0xC0;

  private static final int CHECKSUM_OFFSET = 10;

  private Ipv4Header() {}

  /** Writes 20 bytes at the position, for a payload of this many bytes. */
  static void write(
      ByteBuffer into,
      IpAddress source,
      IpAddress destination,
      Authentication authentication,
      int payloadLength) {
    int start = into.position();
    int identification = 0;
    int protocol = IpEnvelope.VRRP;
    if (authentication instanceof AuthenticationHeader header) {
      identification = header.identification();
      protocol = IpEnvelope.AUTHENTICATION_HEADER;
    }
    into.put((byte) VERSION_AND_LENGTH).put((byte) TYPE_OF_SERVICE);
    putShort(into, LENGTH + payloadLength);
    putShort(into, identification);
    putShort(into, 0);
    into.put((byte) HopRange.UNFORWARDED).put((byte) protocol);
    putShort(into, 0);
    source.writeTo(into);
    destination.writeTo(into);
    int checksum = Checksum.complement(Checksum.sum(into, start, LENGTH));
    into.put(start + CHECKSUM_OFFSET, (byte) (checksum >>> 8));
    into.put(start + CHECKSUM_OFFSET + 1, (byte) checksum);
  }

  private static void putShort(ByteBuffer into, int number) {
    into.put((byte) (number >>> 8)).put((byte) number);
  }
}
