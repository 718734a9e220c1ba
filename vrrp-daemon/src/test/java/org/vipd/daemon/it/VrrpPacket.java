package org.vipd.daemon.it;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * An advertisement on the wire, over IPv4 (with or without authentication header) or IPv6.
 *
 * @param timeNanos when the kernel saw it, nanoseconds since 1970
 * @param source address of the sender, as text
 * @param destination address, as text
 * @param hopLimit 0..255
 * @param vrid 0..255
 * @param priority 0..255
 */
public record VrrpPacket(
    long timeNanos, String source, String destination, int hopLimit, int vrid, int priority) {

  /** Selects VRRP of both families, also inside an authentication header. */
  public static final String FILTER = "ip proto 112 or ip proto 51 or ip6 proto 112";

  private static final int TYPE_OFFSET = 12;
  private static final int NETWORK_OFFSET = 14;
  private static final int IPV4_TYPE = 0x0800;
  private static final int IPV6_TYPE = 0x86dd;
  private static final int VRRP = 112;
  private static final int AUTHENTICATION_HEADER = 51;
  private static final int AUTHENTICATION_HEADER_BYTES = 24;
  private static final int VRID_OFFSET = 1;
  private static final int PRIORITY_OFFSET = 2;
  private static final int SHORTEST = NETWORK_OFFSET + 28;

  /** The advertisement in a frame; empty when there is none. */
  public static Optional<VrrpPacket> of(Frame frame) {
    ByteBuffer bytes = ByteBuffer.wrap(frame.bytes());
    if (bytes.limit() < SHORTEST) {
      return Optional.empty();
    }
    return switch (Short.toUnsignedInt(bytes.getShort(TYPE_OFFSET))) {
      case IPV4_TYPE -> ipv4(frame.timeNanos(), bytes);
      case IPV6_TYPE -> ipv6(frame.timeNanos(), bytes);
      default -> Optional.empty();
    };
  }

  /** The advertisements among frames, in their order. */
  public static List<VrrpPacket> of(List<Frame> frames) {
    return frames.stream().flatMap(frame -> of(frame).stream()).toList();
  }

  /** The longest time between two in a row. */
  static long longestGapNanos(List<VrrpPacket> packets) {
    long longest = 0;
    for (int i = 1; i < packets.size(); i++) {
      longest = Math.max(longest, packets.get(i).timeNanos() - packets.get(i - 1).timeNanos());
    }
    return longest;
  }

  private static Optional<VrrpPacket> ipv4(long timeNanos, ByteBuffer bytes) {
    int protocol = number(bytes, NETWORK_OFFSET + 9);
    int message = NETWORK_OFFSET + (bytes.get(NETWORK_OFFSET) & 0x0f) * 4;
    if (protocol == AUTHENTICATION_HEADER) {
      message += AUTHENTICATION_HEADER_BYTES;
    } else if (protocol != VRRP) {
      return Optional.empty();
    }
    return Optional.of(
        new VrrpPacket(
            timeNanos,
            address(bytes, NETWORK_OFFSET + 12, 4),
            address(bytes, NETWORK_OFFSET + 16, 4),
            number(bytes, NETWORK_OFFSET + 8),
            number(bytes, message + VRID_OFFSET),
            number(bytes, message + PRIORITY_OFFSET)));
  }

  private static Optional<VrrpPacket> ipv6(long timeNanos, ByteBuffer bytes) {
    int message = NETWORK_OFFSET + 40;
    if (number(bytes, NETWORK_OFFSET + 6) != VRRP || bytes.limit() < message + 8) {
      return Optional.empty();
    }
    return Optional.of(
        new VrrpPacket(
            timeNanos,
            address(bytes, NETWORK_OFFSET + 8, 16),
            address(bytes, NETWORK_OFFSET + 24, 16),
            number(bytes, NETWORK_OFFSET + 7),
            number(bytes, message + VRID_OFFSET),
            number(bytes, message + PRIORITY_OFFSET)));
  }

  private static int number(ByteBuffer bytes, int offset) {
    return Byte.toUnsignedInt(bytes.get(offset));
  }

  private static String address(ByteBuffer bytes, int offset, int length) {
    byte[] octets = new byte[length];
    bytes.get(offset, octets);
    try {
      return InetAddress.getByAddress(octets).getHostAddress();
    } catch (UnknownHostException e) {
      throw new IllegalStateException(length + " octets are no address", e);
    }
  }

  /** Whether it says that its sender is Active, rather than that it leaves. */
  public boolean claims() {
    return priority > 0;
  }
}
