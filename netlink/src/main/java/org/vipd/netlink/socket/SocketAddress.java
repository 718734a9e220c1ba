package org.vipd.netlink.socket;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.vipd.netlink.address.IpFamily;
import org.vipd.netlink.libc.NativeMemory;

/** Native socket addresses (kernel headers in.h, in6.h, if_packet.h, un.h, netlink.h). */
final class SocketAddress {

  static final int AF_UNIX = 1;
  static final int AF_NETLINK = 16;
  static final int AF_PACKET = 17;
  static final int PACKET_LENGTH = 20;
  static final int NETLINK_LENGTH = 12;
  static final int NETLINK_PORT_OFFSET = 4;
  static final int PACKET_PROTOCOL_OFFSET = 2;
  static final int PACKET_INTERFACE_OFFSET = 4;
  private static final int INET_LENGTH = 16;
  private static final int INET_PORT_OFFSET = 2;
  private static final int INET_ADDRESS_OFFSET = 4;
  private static final int INET6_LENGTH = 28;
  private static final int INET6_ADDRESS_OFFSET = 8;
  private static final int INET6_SCOPE_OFFSET = 24;
  private static final int UNIX_PATH_OFFSET = 2;
  private static final int UNIX_PATH_MAXIMUM = 107;

  private SocketAddress() {}

  /**
   * Returns a {@code sockaddr_in} or {@code sockaddr_in6} with port 0; the scope counts for IPv6
   * only.
   */
  static NativeMemory inet(InetAddress address, int interfaceIndex) {
    IpFamily family = IpFamily.of(address);
    boolean isIpv4 = family == IpFamily.IPV4;
    NativeMemory memory = NativeMemory.kept(isIpv4 ? INET_LENGTH : INET6_LENGTH);
    ByteBuffer fields = memory.buffer();
    fields.putShort(0, (short) family.number());
    fields.put(isIpv4 ? INET_ADDRESS_OFFSET : INET6_ADDRESS_OFFSET, address.getAddress());
    if (!isIpv4 && (address.isLinkLocalAddress() || address.isMulticastAddress())) {
      fields.putInt(INET6_SCOPE_OFFSET, interfaceIndex);
    }
    return memory;
  }

  /**
   * Returns a {@code sockaddr_in} or {@code sockaddr_in6} without scope.
   *
   * @param address of the family; empty for any
   * @param port in the range of 16 bits
   */
  static NativeMemory inet(IpFamily family, Optional<InetAddress> address, int port) {
    boolean isIpv4 = family == IpFamily.IPV4;
    NativeMemory memory = NativeMemory.kept(isIpv4 ? INET_LENGTH : INET6_LENGTH);
    ByteBuffer fields = memory.buffer();
    fields.putShort(0, (short) family.number());
    fields.put(INET_PORT_OFFSET, (byte) (port >>> Byte.SIZE));
    fields.put(INET_PORT_OFFSET + 1, (byte) port);
    int offset = isIpv4 ? INET_ADDRESS_OFFSET : INET6_ADDRESS_OFFSET;
    address.ifPresent(it -> fields.put(offset, it.getAddress()));
    return memory;
  }

  /**
   * Returns a {@code sockaddr_un} that ends with its memory; a leading {@code @} means abstract.
   */
  static NativeMemory unix(String path) {
    boolean isAbstract = path.startsWith("@");
    byte[] name = path.getBytes(StandardCharsets.UTF_8);
    if (name.length == 0 || name.length > UNIX_PATH_MAXIMUM) {
      throw new IllegalArgumentException(
          "socket path '"
              + path
              + "' of "
              + name.length
              + " bytes: must have 1.."
              + UNIX_PATH_MAXIMUM);
    }
    if (isAbstract) {
      name[0] = 0;
    }
    NativeMemory memory =
        NativeMemory.scoped(UNIX_PATH_OFFSET + name.length + (isAbstract ? 0 : 1));
    memory.buffer().putShort(0, (short) AF_UNIX).put(UNIX_PATH_OFFSET, name);
    return memory;
  }
}
