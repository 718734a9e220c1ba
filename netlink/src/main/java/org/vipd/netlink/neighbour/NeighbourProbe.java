package org.vipd.netlink.neighbour;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.vipd.netlink.address.MacAddress;
import org.vipd.netlink.ndp.NeighborMessage;

/**
 * Builds the question whether anybody has an address. It claims nothing, so no neighbour changes
 * what it remembers.
 */
public final class NeighbourProbe {

  private static final int ARP_LENGTH = 42;
  private static final short ETHERTYPE_ARP = 0x0806;
  private static final short ETHERTYPE_IPV4 = 0x0800;
  private static final short HARDWARE_ETHERNET = 1;
  private static final short OPERATION_REQUEST = 1;
  private static final byte[] NO_IPV4 = new byte[4];

  private static final int ETHERNET_LENGTH = 14;
  private static final int IPV6_LENGTH = 40;
  private static final int MESSAGE_LENGTH = 24;
  private static final short ETHERTYPE_IPV6 = (short) 0x86DD;
  private static final int IP_VERSION_6 = 0x6000_0000;
  private static final byte NEXT_HEADER_ICMPV6 = 58;
  private static final byte HOP_LIMIT = (byte) 255;
  private static final byte TYPE_NEIGHBOR_SOLICITATION = (byte) 135;
  private static final byte CODE = 0;
  private static final byte[] NO_IPV6 = new byte[16];
  private static final byte[] SOLICITED_NODE = {
    (byte) 0xFF, 0x02, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, (byte) 0xFF
  };
  private static final byte[] MULTICAST_MAC = {0x33, 0x33, (byte) 0xFF};
  private static final int OWN_OCTETS = 3;

  private NeighbourProbe() {}

  /**
   * Returns the Ethernet frame of a question: an ARP probe (RFC 5227 section 2.1.1, sender address
   * 0.0.0.0), or a neighbour solicitation as in duplicate address detection (RFC 4862 section
   * 5.4.2, from the unspecified address).
   *
   * @param sender hardware address that answers go to, also the source of the frame
   * @param address the address that is asked for
   */
  public static byte[] frame(MacAddress sender, InetAddress address) {
    return address instanceof Inet4Address ? arp(sender, address) : solicitation(sender, address);
  }

  private static byte[] arp(MacAddress sender, InetAddress address) {
    return ByteBuffer.allocate(ARP_LENGTH)
        .put(MacAddress.BROADCAST.toBytes())
        .put(sender.toBytes())
        .putShort(ETHERTYPE_ARP)
        .putShort(HARDWARE_ETHERNET)
        .putShort(ETHERTYPE_IPV4)
        .put((byte) MacAddress.LENGTH)
        .put((byte) NO_IPV4.length)
        .putShort(OPERATION_REQUEST)
        .put(sender.toBytes())
        .put(NO_IPV4)
        .put(MacAddress.ZERO.toBytes())
        .put(address.getAddress())
        .array();
  }

  private static byte[] solicitation(MacAddress sender, InetAddress address) {
    byte[] target = address.getAddress();
    byte[] own = Arrays.copyOfRange(target, target.length - OWN_OCTETS, target.length);
    ByteBuffer frame =
        ByteBuffer.allocate(ETHERNET_LENGTH + IPV6_LENGTH + MESSAGE_LENGTH)
            .put(MULTICAST_MAC)
            .put(own)
            .put(sender.toBytes())
            .putShort(ETHERTYPE_IPV6)
            .putInt(IP_VERSION_6)
            .putShort((short) MESSAGE_LENGTH)
            .put(NEXT_HEADER_ICMPV6)
            .put(HOP_LIMIT)
            .put(NO_IPV6)
            .put(SOLICITED_NODE)
            .put(own)
            .put(TYPE_NEIGHBOR_SOLICITATION)
            .put(CODE)
            .putShort((short) 0)
            .putInt(0)
            .put(target);
    NeighborMessage.putChecksum(frame);
    return frame.array();
  }
}
