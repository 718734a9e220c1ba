package org.vipd.netlink.socket;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.vipd.netlink.address.IpFamily;
import org.vipd.netlink.libc.NativeMemory;

/**
 * Where a {@link RawIpSocket} sends to and from: the prepared IP header and native address.
 * Immutable; sending with it allocates nothing.
 */
public final class Destination {

  /** Octets of the longest header written here. */
  static final int LONGEST_HEADER = 40;

  private static final int IPV4_HEADER = 20;
  private static final int IPV4_VERSION_AND_LENGTH = 0x45;
  private static final int TRAFFIC_CLASS = 0xC0;
  private static final int IPV4_TOTAL_LENGTH_OFFSET = 2;
  private static final int IPV4_IDENTIFICATION_OFFSET = 4;
  private static final int IPV4_PROTOCOL_OFFSET = 9;
  private static final int IPV6_VERSION_AND_CLASS = 0x6000_0000 | (TRAFFIC_CLASS << 20);
  private static final int IPV6_PAYLOAD_LENGTH_OFFSET = 4;
  private static final int IPV6_NEXT_HEADER_OFFSET = 6;

  private final boolean isIpv4;
  private final byte[] header;
  private final NativeMemory socketAddress;
  private final String description;

  Destination(InetAddress source, InetAddress destination, int hopLimit, int interfaceIndex) {
    if (IpFamily.of(source) != IpFamily.of(destination)) {
      throw new IllegalArgumentException(
          "source " + source + " and destination " + destination + ": must be of one family");
    }
    if (hopLimit < 1 || hopLimit > 255) {
      throw new IllegalArgumentException("hop limit " + hopLimit + ": must be 1..255");
    }
    this.isIpv4 = IpFamily.of(destination) == IpFamily.IPV4;
    this.header =
        isIpv4
            ? ipv4Header(source, destination, hopLimit)
            : ipv6Header(source, destination, hopLimit);
    this.socketAddress = SocketAddress.inet(destination, interfaceIndex);
    this.description = source.getHostAddress() + " to " + destination.getHostAddress();
  }

  /** Returns source and destination for messages. */
  @Override
  public String toString() {
    return description;
  }

  boolean isIpv4() {
    return isIpv4;
  }

  NativeMemory socketAddress() {
    return socketAddress;
  }

  /**
   * Writes the header to the start of a big-endian buffer. The kernel computes the IPv4 checksum.
   *
   * @return its length
   */
  int writeHeader(ByteBuffer packet, int payloadLength, int ipProtocol, int identification) {
    packet.put(0, header);
    if (isIpv4) {
      packet.putShort(IPV4_TOTAL_LENGTH_OFFSET, (short) (IPV4_HEADER + payloadLength));
      packet.putShort(IPV4_IDENTIFICATION_OFFSET, (short) identification);
      packet.put(IPV4_PROTOCOL_OFFSET, (byte) ipProtocol);
    } else {
      packet.putShort(IPV6_PAYLOAD_LENGTH_OFFSET, (short) payloadLength);
      packet.put(IPV6_NEXT_HEADER_OFFSET, (byte) ipProtocol);
    }
    return header.length;
  }

  private static byte[] ipv4Header(InetAddress source, InetAddress destination, int hopLimit) {
    return ByteBuffer.allocate(IPV4_HEADER)
        .order(ByteOrder.BIG_ENDIAN)
        .put((byte) IPV4_VERSION_AND_LENGTH)
        .put((byte) TRAFFIC_CLASS)
        .putShort((short) 0)
        .putInt(0)
        .put((byte) hopLimit)
        .put((byte) 0)
        .putShort((short) 0)
        .put(source.getAddress())
        .put(destination.getAddress())
        .array();
  }

  private static byte[] ipv6Header(InetAddress source, InetAddress destination, int hopLimit) {
    return ByteBuffer.allocate(LONGEST_HEADER)
        .order(ByteOrder.BIG_ENDIAN)
        .putInt(IPV6_VERSION_AND_CLASS)
        .putShort((short) 0)
        .put((byte) 0)
        .put((byte) hopLimit)
        .put(source.getAddress())
        .put(destination.getAddress())
        .array();
  }
}
