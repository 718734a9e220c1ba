package org.vipd.netlink.socket;

import org.vipd.netlink.libc.FileDescriptor;
import org.vipd.netlink.libc.NativeMemory;

/**
 * Sends datagrams to Unix sockets, for example the readiness messages that a service manager
 * expects.
 */
public final class UnixDatagramSocket implements AutoCloseable {

  private final FileDescriptor fd;

  private UnixDatagramSocket(FileDescriptor fd) {
    this.fd = fd;
  }

  /** Opens an unnamed socket. */
  public static UnixDatagramSocket open() {
    return new UnixDatagramSocket(
        SocketSetup.open(SocketAddress.AF_UNIX, SocketSetup.SOCK_DGRAM, 0, "Unix datagram socket"));
  }

  /**
   * Sends one datagram; never blocks.
   *
   * @param path of the receiving socket, 1..107 bytes; a leading {@code @} means the abstract name
   *     space
   * @param data 1 byte or more
   * @throws org.vipd.netlink.libc.SyscallException for example ENOENT, ECONNREFUSED, EAGAIN when
   *     the receiver is full
   */
  public void send(String path, byte[] data) {
    try (NativeMemory name = SocketAddress.unix(path);
        NativeMemory content = NativeMemory.scoped(data.length)) {
      content.buffer().put(0, data);
      MessageHeader message = new MessageHeader();
      message.setName(name.address(), name.size());
      message.setData(content.address(), data.length);
      int sent = message.send(fd.number());
      if (sent < 0) {
        throw SocketSetup.failure("sendmsg", sent, path);
      }
    }
  }

  /** Closes the socket. */
  @Override
  public void close() {
    fd.close();
  }
}
