package org.vipd.netlink.socket;

import org.vipd.netlink.libc.FileDescriptor;
import org.vipd.netlink.libc.NativeMemory;

/** A bound Unix datagram socket: the other side of what is sent in tests. */
final class UnixReceiver implements AutoCloseable {

  private final String path;
  private final FileDescriptor fd;

  UnixReceiver(String path) {
    this.path = path;
    this.fd = SocketSetup.open(SocketAddress.AF_UNIX, SocketSetup.SOCK_DGRAM, 0, path);
    try (NativeMemory name = SocketAddress.unix(path)) {
      SocketSetup.of(fd, path).bind(name, name.size());
    }
  }

  String path() {
    return path;
  }

  int fd() {
    return fd.number();
  }

  @Override
  public void close() {
    fd.close();
  }
}
