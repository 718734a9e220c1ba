package org.vipd.netlink.neighbour;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.vipd.netlink.address.MacAddress;

/**
 * What a received Ethernet frame says about an address.
 *
 * @param kind who has to do with the address, and how
 * @param address the address
 * @param mac hardware address of the host
 */
public record NeighbourFrame(Kind kind, InetAddress address, MacAddress mac) {

  /** What a host says. */
  public enum Kind {
    /** It has the address: it is the sender of an ARP packet, or advertises itself. */
    HAS,
    /** It sent an IP packet from the address. */
    SENDS_FROM
  }

  private static final int MAC_LENGTH = 6;
  private static final int SOURCE_MAC_OFFSET = 6;
  private static final int ETHERTYPE_OFFSET = 12;
  private static final int PAYLOAD_OFFSET = 14;
  private static final int ETHERTYPE_ARP = 0x0806;
  private static final int ETHERTYPE_IPV4 = 0x0800;
  private static final int ETHERTYPE_IPV6 = 0x86DD;

  private static final int ARP_PROTOCOL_OFFSET = PAYLOAD_OFFSET + 2;
  private static final int ARP_LENGTHS_OFFSET = PAYLOAD_OFFSET + 4;
  private static final int ARP_SENDER_MAC_OFFSET = PAYLOAD_OFFSET + 8;
  private static final int ARP_SENDER_OFFSET = PAYLOAD_OFFSET + 14;
  private static final int ARP_END = PAYLOAD_OFFSET + 28;
  private static final int ARP_LENGTHS = MAC_LENGTH << Byte.SIZE | 4;

  private static final int IPV4_LENGTH = 4;
  private static final int IPV4_SOURCE_OFFSET = PAYLOAD_OFFSET + 12;
  private static final int IPV4_END = PAYLOAD_OFFSET + 20;

  private static final int IPV6_LENGTH = 16;
  private static final int IPV6_NEXT_HEADER_OFFSET = PAYLOAD_OFFSET + 6;
  private static final int IPV6_HOP_LIMIT_OFFSET = PAYLOAD_OFFSET + 7;
  private static final int IPV6_SOURCE_OFFSET = PAYLOAD_OFFSET + 8;
  private static final int IPV6_END = PAYLOAD_OFFSET + 40;
  private static final int ICMPV6 = 58;
  private static final int HOP_LIMIT = 255;
  private static final int NEIGHBOR_ADVERTISEMENT = 136;
  private static final int TARGET_OFFSET = IPV6_END + 8;
  private static final int ADVERTISEMENT_END = IPV6_END + 24;

  /**
   * Reads a frame.
   *
   * @param frame from its Ethernet header, position 0, to its limit
   * @return empty when it says nothing about an address, or cannot be read
   */
  public static Optional<NeighbourFrame> decode(ByteBuffer frame) {
    if (frame.limit() < PAYLOAD_OFFSET) {
      return Optional.empty();
    }
    return switch (Short.toUnsignedInt(frame.getShort(ETHERTYPE_OFFSET))) {
      case ETHERTYPE_ARP -> arp(frame);
      case ETHERTYPE_IPV4 ->
          frame.limit() < IPV4_END
              ? Optional.empty()
              : of(Kind.SENDS_FROM, frame, IPV4_SOURCE_OFFSET, IPV4_LENGTH, SOURCE_MAC_OFFSET);
      case ETHERTYPE_IPV6 -> ipv6(frame);
      default -> Optional.empty();
    };
  }

  /** The sender of any ARP packet says that it has its address; a probe has none (RFC 5227). */
  private static Optional<NeighbourFrame> arp(ByteBuffer frame) {
    boolean isReadable =
        frame.limit() >= ARP_END
            && Short.toUnsignedInt(frame.getShort(ARP_PROTOCOL_OFFSET)) == ETHERTYPE_IPV4
            && frame.getShort(ARP_LENGTHS_OFFSET) == ARP_LENGTHS;
    return isReadable
        ? of(Kind.HAS, frame, ARP_SENDER_OFFSET, IPV4_LENGTH, ARP_SENDER_MAC_OFFSET)
        : Optional.empty();
  }

  private static Optional<NeighbourFrame> ipv6(ByteBuffer frame) {
    if (frame.limit() < IPV6_END) {
      return Optional.empty();
    }
    if (Byte.toUnsignedInt(frame.get(IPV6_NEXT_HEADER_OFFSET)) != ICMPV6) {
      return of(Kind.SENDS_FROM, frame, IPV6_SOURCE_OFFSET, IPV6_LENGTH, SOURCE_MAC_OFFSET);
    }
    // a hop limit below 255 came from another network (RFC 4861 section 7.1.2)
    boolean isAdvertisement =
        frame.limit() >= ADVERTISEMENT_END
            && Byte.toUnsignedInt(frame.get(IPV6_END)) == NEIGHBOR_ADVERTISEMENT
            && Byte.toUnsignedInt(frame.get(IPV6_HOP_LIMIT_OFFSET)) == HOP_LIMIT;
    return isAdvertisement
        ? of(Kind.HAS, frame, TARGET_OFFSET, IPV6_LENGTH, SOURCE_MAC_OFFSET)
        : Optional.empty();
  }

  private static Optional<NeighbourFrame> of(
      Kind kind, ByteBuffer frame, int addressOffset, int addressLength, int macOffset) {
    byte[] address = new byte[addressLength];
    byte[] mac = new byte[MAC_LENGTH];
    frame.get(addressOffset, address);
    frame.get(macOffset, mac);
    boolean isUnspecified = Arrays.equals(address, new byte[addressLength]);
    return isUnspecified
        ? Optional.empty()
        : Optional.of(new NeighbourFrame(kind, inet(address), MacAddress.of(mac)));
  }

  private static InetAddress inet(byte[] address) {
    try {
      return InetAddress.getByAddress(address);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address has 4 or 16 octets", e);
    }
  }
}
