package org.vipd.netlink.socket;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.vipd.netlink.address.IpFamily;
import org.vipd.netlink.libc.Errno;
import org.vipd.netlink.libc.FileDescriptor;
import org.vipd.netlink.libc.NativeMemory;

/**
 * A UDP socket that tells the hop limit on arrival and sends with a chosen one, for protocols that
 * trust only neighbours (RFC 5082). Traffic class 0xC0 (RFC 791 internetwork control). For one
 * thread.
 */
public final class UdpSocket implements AutoCloseable {

  /** Octets of the longest payload that can be sent. */
  public static final int PAYLOAD_MAXIMUM = 1024;

  private static final int IPPROTO_IP = 0;
  private static final int IP_TOS = 1;
  private static final int IP_TTL = 2;
  private static final int IP_PKTINFO = 8;
  private static final int IP_RECVTTL = 12;
  private static final int IPPROTO_IPV6 = 41;
  private static final int IPV6_UNICAST_HOPS = 16;
  private static final int IPV6_V6ONLY = 26;
  private static final int IPV6_RECVPKTINFO = 49;
  private static final int IPV6_RECVHOPLIMIT = 51;
  private static final int IPV6_TCLASS = 67;
  private static final int INTERNETWORK_CONTROL = 0xC0;
  private static final int PORT_MAXIMUM = 0xFFFF;
  private static final int HOP_LIMIT_MAXIMUM = 255;

  private final Options options;
  private final FileDescriptor fd;
  private final MessageHeader incoming = new MessageHeader();
  private final MessageHeader outgoing = new MessageHeader();
  private final NativeMemory payloadMemory = NativeMemory.kept(PAYLOAD_MAXIMUM);

  private UdpSocket(Options options, FileDescriptor fd) {
    this.options = options;
    this.fd = fd;
  }

  /**
   * What to open.
   *
   * @param family of all addresses
   * @param local own address to hear and to send from; empty for all of them
   * @param port own port, 1..65535
   * @param hopLimit TTL or hop limit of what is sent, 1..255
   */
  public record Options(IpFamily family, Optional<InetAddress> local, int port, int hopLimit) {

    /** Checks ranges and that the address is of the family. */
    public Options {
      checkPort(port);
      if (hopLimit < 1 || hopLimit > HOP_LIMIT_MAXIMUM) {
        throw new IllegalArgumentException("hop limit " + hopLimit + ": must be 1..255");
      }
      if (local.isPresent() && IpFamily.of(local.get()) != family) {
        throw new IllegalArgumentException(local.get() + ": must be an " + family + " address");
      }
    }

    @Override
    public String toString() {
      String address = local.map(InetAddress::getHostAddress).orElse("any address");
      return "UDP port " + port + " of " + address;
    }
  }

  /**
   * Opens and binds the socket.
   *
   * @throws org.vipd.netlink.libc.SyscallException for example EADDRINUSE, EADDRNOTAVAIL
   */
  public static UdpSocket open(Options options) {
    FileDescriptor fd =
        SocketSetup.open(options.family().number(), SocketSetup.SOCK_DGRAM, 0, options.toString());
    try {
      SocketSetup setup = SocketSetup.of(fd, options.toString());
      setup.controlPriority();
      if (options.family() == IpFamily.IPV4) {
        setup.option(IPPROTO_IP, IP_TTL, options.hopLimit(), "IP_TTL");
        setup.option(IPPROTO_IP, IP_TOS, INTERNETWORK_CONTROL, "IP_TOS");
        setup.option(IPPROTO_IP, IP_PKTINFO, 1, "IP_PKTINFO");
        setup.option(IPPROTO_IP, IP_RECVTTL, 1, "IP_RECVTTL");
      } else {
        setup.option(IPPROTO_IPV6, IPV6_V6ONLY, 1, "IPV6_V6ONLY");
        setup.option(IPPROTO_IPV6, IPV6_UNICAST_HOPS, options.hopLimit(), "IPV6_UNICAST_HOPS");
        setup.option(IPPROTO_IPV6, IPV6_TCLASS, INTERNETWORK_CONTROL, "IPV6_TCLASS");
        setup.option(IPPROTO_IPV6, IPV6_RECVPKTINFO, 1, "IPV6_RECVPKTINFO");
        setup.option(IPPROTO_IPV6, IPV6_RECVHOPLIMIT, 1, "IPV6_RECVHOPLIMIT");
      }
      NativeMemory name = SocketAddress.inet(options.family(), options.local(), options.port());
      setup.bind(name, name.size());
      return new UdpSocket(options, fd);
    } catch (RuntimeException e) {
      fd.close();
      throw e;
    }
  }

  /** Returns the descriptor to watch for packets. */
  public int fd() {
    return fd.number();
  }

  /**
   * Takes one packet off the queue.
   *
   * @param into overwritten
   * @return false when there is none
   * @throws org.vipd.netlink.libc.SyscallException when the socket cannot be read
   */
  public boolean receive(UdpDatagram into) {
    into.attachTo(incoming);
    int received = incoming.receive(fd.number(), 0);
    if (received >= 0) {
      into.complete(incoming, received, options.family());
      return true;
    }
    if (received == -Errno.EAGAIN.number()) {
      return false;
    }
    throw SocketSetup.failure("recvmsg", received, options.toString());
  }

  /**
   * Sends a packet.
   *
   * @param payload from position to limit, at most {@link #PAYLOAD_MAXIMUM}; position stays
   * @param destination of this socket's family
   * @param port 1..65535
   * @throws org.vipd.netlink.libc.SyscallException for example ENETUNREACH, EPERM, EAGAIN
   */
  public void send(ByteBuffer payload, InetAddress destination, int port) {
    int length = payload.remaining();
    if (length > PAYLOAD_MAXIMUM) {
      throw new IllegalArgumentException(
          "payload of " + length + " octets: must be at most " + PAYLOAD_MAXIMUM);
    }
    checkPort(port);
    payloadMemory.buffer().put(0, payload, payload.position(), length);
    NativeMemory to = SocketAddress.inet(options.family(), Optional.of(destination), port);
    outgoing.setName(to.address(), to.size());
    outgoing.setData(payloadMemory.address(), length);
    int sent = outgoing.send(fd.number());
    if (sent < 0) {
      throw SocketSetup.failure(
          "sendmsg", sent, options + " to " + destination.getHostAddress() + " port " + port);
    }
  }

  private static void checkPort(int port) {
    if (port < 1 || port > PORT_MAXIMUM) {
      throw new IllegalArgumentException("port " + port + ": must be 1..65535");
    }
  }

  /** Closes the socket. */
  @Override
  public void close() {
    fd.close();
  }
}
