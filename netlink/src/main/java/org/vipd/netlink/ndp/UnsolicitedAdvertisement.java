package org.vipd.netlink.ndp;

import java.net.Inet6Address;
import java.nio.ByteBuffer;
import org.vipd.netlink.address.MacAddress;

/** Builds the neighbour advertisement by which a host says where its own IPv6 address now lives. */
public final class UnsolicitedAdvertisement {

  private static final int ETHERNET_LENGTH = 14;
  private static final int IPV6_LENGTH = 40;
  private static final int MESSAGE_LENGTH = 32;
  private static final short ETHERTYPE_IPV6 = (short) 0x86DD;
  private static final int IP_VERSION_6 = 0x6000_0000;
  private static final byte NEXT_HEADER_ICMPV6 = 58;
  private static final byte HOP_LIMIT = (byte) 255;
  private static final byte TYPE_NEIGHBOR_ADVERTISEMENT = (byte) 136;
  private static final byte CODE = 0;
  private static final int FLAG_ROUTER = 0x8000_0000;
  private static final int FLAG_OVERRIDE = 0x2000_0000;
  private static final byte OPTION_TARGET_LINK_LAYER_ADDRESS = 2;
  private static final byte OPTION_LENGTH_IN_EIGHT_OCTETS = 1;
  private static final byte[] ALL_NODES = {
    (byte) 0xFF, 0x02, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1
  };
  private static final long ALL_NODES_MAC = 0x3333_0000_0001L;

  private UnsolicitedAdvertisement() {}

  /**
   * Returns the Ethernet frame (86 octets) of an unsolicited advertisement to all nodes (RFC 4861
   * sections 4.4 and 7.2.6): source and target are the address itself, override set, solicited
   * clear, with the target link-layer address option.
   *
   * @param sender hardware address to announce, also the source of the frame
   * @param address the address to announce
   * @param router whether the host is a router; clear, it makes hosts drop it as default router
   */
  public static byte[] frame(MacAddress sender, Inet6Address address, boolean router) {
    ByteBuffer frame =
        ByteBuffer.allocate(ETHERNET_LENGTH + IPV6_LENGTH + MESSAGE_LENGTH)
            .put(new MacAddress(ALL_NODES_MAC).toBytes())
            .put(sender.toBytes())
            .putShort(ETHERTYPE_IPV6)
            .putInt(IP_VERSION_6)
            .putShort((short) MESSAGE_LENGTH)
            .put(NEXT_HEADER_ICMPV6)
            .put(HOP_LIMIT)
            .put(address.getAddress())
            .put(ALL_NODES)
            .put(TYPE_NEIGHBOR_ADVERTISEMENT)
            .put(CODE)
            .putShort((short) 0)
            .putInt(router ? FLAG_ROUTER | FLAG_OVERRIDE : FLAG_OVERRIDE)
            .put(address.getAddress())
            .put(OPTION_TARGET_LINK_LAYER_ADDRESS)
            .put(OPTION_LENGTH_IN_EIGHT_OCTETS)
            .put(sender.toBytes());
    NeighborMessage.putChecksum(frame);
    return frame.array();
  }
}
