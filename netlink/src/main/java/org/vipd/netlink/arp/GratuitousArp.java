package org.vipd.netlink.arp;

import java.net.Inet4Address;
import java.nio.ByteBuffer;
import org.vipd.netlink.address.MacAddress;

/** Builds the broadcast by which a host says where its own IPv4 address now lives. */
public final class GratuitousArp {

  private static final int FRAME_LENGTH = 42;
  private static final short ETHERTYPE_ARP = 0x0806;
  private static final short ETHERTYPE_IPV4 = 0x0800;
  private static final short HARDWARE_ETHERNET = 1;
  private static final byte IPV4_LENGTH = 4;
  private static final short OPERATION_REQUEST = 1;

  private GratuitousArp() {}

  /**
   * Returns the Ethernet frame (42 octets, unpadded) of a gratuitous request: sender and target
   * address are both {@code address}, the target hardware address is the broadcast address, which
   * receivers ignore in requests (RFC 826) and other implementations fill in alike.
   *
   * @param sender hardware address to announce, also the source of the frame
   * @param address the address to announce
   */
  public static byte[] request(MacAddress sender, Inet4Address address) {
    return ByteBuffer.allocate(FRAME_LENGTH)
        .put(MacAddress.BROADCAST.toBytes())
        .put(sender.toBytes())
        .putShort(ETHERTYPE_ARP)
        .putShort(HARDWARE_ETHERNET)
        .putShort(ETHERTYPE_IPV4)
        .put((byte) MacAddress.LENGTH)
        .put(IPV4_LENGTH)
        .putShort(OPERATION_REQUEST)
        .put(sender.toBytes())
        .put(address.getAddress())
        .put(MacAddress.BROADCAST.toBytes())
        .put(address.getAddress())
        .array();
  }
}
