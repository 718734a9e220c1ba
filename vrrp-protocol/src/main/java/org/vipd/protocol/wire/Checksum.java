package org.vipd.protocol.wire;

import java.nio.ByteBuffer;
import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.IpAddress;

/** One's complement arithmetic of RFC 1071 on partial sums that are folded at the end. */
final class Checksum {
  private static final int ALL_ONES = 0xFFFF;

  private Checksum() {}

  /** Sum of the 16-bit words from an absolute offset; an odd last byte counts as a high byte. */
  static long sum(ByteBuffer buffer, int from, int length) {
    long sum = 0;
    int end = from + (length & ~1);
    for (int i = from; i < end; i += 2) {
      sum += Byte.toUnsignedInt(buffer.get(i)) << 8 | Byte.toUnsignedInt(buffer.get(i + 1));
    }
    if ((length & 1) != 0) {
      sum += Byte.toUnsignedInt(buffer.get(end)) << 8;
    }
    return sum;
  }

  /** Sum of the pseudo-header; one formula serves IPv4 and IPv6 (RFC 8200 section 8.1). */
  static long pseudoHeader(IpAddress source, IpAddress destination, int length) {
    return words(source) + words(destination) + IpEnvelope.VRRP + length;
  }

  /** True when a sum that includes the checksum field shows no damage. */
  static boolean isIntact(long sum) {
    return fold(sum) == ALL_ONES;
  }

  /** The value for the checksum field, from a sum that counts the field as 0. */
  static int complement(long sum) {
    return ~fold(sum) & ALL_ONES;
  }

  private static int fold(long sum) {
    long folded = sum;
    while (folded >>> 16 != 0) {
      folded = (folded & ALL_ONES) + (folded >>> 16);
    }
    return (int) folded;
  }

  private static long words(IpAddress address) {
    long low = words(address.low());
    return address.family() == AddressFamily.IPV4 ? low : low + words(address.high());
  }

  private static long words(long number) {
    return (number >>> 48)
        + (number >>> 32 & ALL_ONES)
        + (number >>> 16 & ALL_ONES)
        + (number & ALL_ONES);
  }
}
