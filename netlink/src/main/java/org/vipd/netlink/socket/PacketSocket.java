package org.vipd.netlink.socket;

import java.nio.ByteBuffer;
import org.vipd.netlink.address.InterfaceIndex;
import org.vipd.netlink.libc.FileDescriptor;
import org.vipd.netlink.libc.NativeMemory;

/**
 * Sends whole Ethernet frames on any interface; hears nothing (AF_PACKET, SOCK_RAW, protocol 0).
 * For one thread.
 */
public final class PacketSocket implements AutoCloseable {

  /** Octets of the longest frame that can be sent. */
  public static final int FRAME_MAXIMUM = 9216;

  private static final int ETHERNET_HEADER = 14;
  private static final int ETHERTYPE_OFFSET = 12;

  private final FileDescriptor fd;
  private final MessageHeader message = new MessageHeader();
  private final NativeMemory nameMemory = NativeMemory.kept(SocketAddress.PACKET_LENGTH);
  private final ByteBuffer name = nameMemory.buffer();
  private final NativeMemory frameMemory = NativeMemory.kept(FRAME_MAXIMUM);

  private PacketSocket(FileDescriptor fd) {
    this.fd = fd;
    name.putShort(0, (short) SocketAddress.AF_PACKET);
    message.setName(nameMemory.address(), SocketAddress.PACKET_LENGTH);
  }

  /** Opens the socket; EPERM without CAP_NET_RAW. */
  public static PacketSocket open() {
    FileDescriptor fd =
        SocketSetup.open(SocketAddress.AF_PACKET, SocketSetup.SOCK_RAW, 0, "packet socket");
    try {
      SocketSetup.of(fd, "packet socket").controlPriority();
      return new PacketSocket(fd);
    } catch (RuntimeException e) {
      fd.close();
      throw e;
    }
  }

  /**
   * Sends one frame.
   *
   * @param interfaceIndex where
   * @param frame from position to limit, with its Ethernet header, 14..{@link #FRAME_MAXIMUM}
   *     octets; position stays
   * @throws org.vipd.netlink.libc.SyscallException for example ENETDOWN, ENXIO, ENOBUFS
   */
  public void send(InterfaceIndex interfaceIndex, ByteBuffer frame) {
    int length = frame.remaining();
    if (length < ETHERNET_HEADER || length > FRAME_MAXIMUM) {
      throw new IllegalArgumentException(
          "frame of " + length + " octets: must be " + ETHERNET_HEADER + ".." + FRAME_MAXIMUM);
    }
    ByteBuffer copy = frameMemory.buffer();
    copy.put(0, frame, frame.position(), length);
    // Both in network order: read and written alike, the two octets keep their order.
    name.putShort(SocketAddress.PACKET_PROTOCOL_OFFSET, copy.getShort(ETHERTYPE_OFFSET));
    name.putInt(SocketAddress.PACKET_INTERFACE_OFFSET, interfaceIndex.value());
    message.setData(frameMemory.address(), length);
    int sent = message.send(fd.number());
    if (sent < 0) {
      throw SocketSetup.failure("sendmsg", sent, "interface " + interfaceIndex);
    }
  }

  /** Closes the socket. */
  @Override
  public void close() {
    fd.close();
  }
}
