package org.vipd.netlink.socket;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.vipd.netlink.address.InterfaceIndex;
import org.vipd.netlink.libc.Errno;
import org.vipd.netlink.libc.FileDescriptor;
import org.vipd.netlink.libc.NativeMemory;

/**
 * Hears on one interface what other hosts say about addresses: ARP, neighbour advertisements, and
 * packets of some IP protocols (AF_PACKET, SOCK_RAW). Until the first frame it lets any through, so
 * that it is known whether anything arrives at all. For one thread.
 */
public final class NeighbourSocket implements AutoCloseable {

  private static final int ALL_PROTOCOLS_OFFSET = 3;
  private static final byte ALL_PROTOCOLS = 3;
  private static final int ATTACH_FILTER = 26;
  private static final int FRAME_MAXIMUM = 256;
  private static final String CONTEXT = "neighbour socket";

  private final FileDescriptor fd;
  private final SocketSetup setup;
  private final int[] ipProtocols;
  private final MessageHeader message = new MessageHeader();
  private final NativeMemory memory = NativeMemory.kept(FRAME_MAXIMUM);
  private final ByteBuffer frame = memory.buffer().duplicate();
  private boolean hasReceived;

  private NeighbourSocket(FileDescriptor fd, int... ipProtocols) {
    this.fd = fd;
    this.setup = SocketSetup.of(fd, CONTEXT);
    this.ipProtocols = ipProtocols;
    message.setData(memory.address(), FRAME_MAXIMUM);
  }

  /**
   * Opens the socket; EPERM without CAP_NET_RAW.
   *
   * @param ipProtocols IP protocols whose packets are heard, too, 0..255 each
   */
  public static NeighbourSocket open(InterfaceIndex index, int... ipProtocols) {
    FileDescriptor fd = SocketSetup.open(SocketAddress.AF_PACKET, SocketSetup.SOCK_RAW, 0, CONTEXT);
    try (NativeMemory name = NativeMemory.scoped(SocketAddress.PACKET_LENGTH)) {
      NeighbourSocket socket = new NeighbourSocket(fd, ipProtocols);
      // before it is bound, so that nothing else ever gets in
      FrameFilter.any().attach(socket.setup, ATTACH_FILTER);
      name.buffer()
          .putShort(0, (short) SocketAddress.AF_PACKET)
          .put(ALL_PROTOCOLS_OFFSET, ALL_PROTOCOLS)
          .putInt(SocketAddress.PACKET_INTERFACE_OFFSET, index.value());
      socket.setup.bind(name, SocketAddress.PACKET_LENGTH);
      return socket;
    } catch (RuntimeException e) {
      fd.close();
      throw e;
    }
  }

  /** Returns the descriptor to wait for. */
  public int fd() {
    return fd.number();
  }

  /** Returns whether a frame of another host has arrived. */
  public boolean hasReceived() {
    return hasReceived;
  }

  /**
   * Takes one frame without waiting.
   *
   * @return the frame from position 0 to its limit, or its first {@value #FRAME_MAXIMUM} octets;
   *     valid until the next call; empty when there is none
   * @throws org.vipd.netlink.libc.SyscallException for example ENETDOWN
   */
  public Optional<ByteBuffer> receive() {
    int received = message.receive(fd.number(), 0);
    if (received == -Errno.EAGAIN.number()) {
      return Optional.empty();
    }
    if (received < 0) {
      throw SocketSetup.failure("recvmsg", received, CONTEXT);
    }
    if (!hasReceived) {
      hasReceived = true;
      FrameFilter.aboutAddresses(ipProtocols).attach(setup, ATTACH_FILTER);
    }
    return Optional.of(frame.clear().limit(received).asReadOnlyBuffer());
  }

  /** Closes the socket. */
  @Override
  public void close() {
    fd.close();
  }
}
