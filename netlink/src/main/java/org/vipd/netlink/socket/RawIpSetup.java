package org.vipd.netlink.socket;

import java.net.InetAddress;
import org.vipd.netlink.address.IpFamily;
import org.vipd.netlink.libc.FileDescriptor;
import org.vipd.netlink.libc.NativeMemory;

/** Opens and prepares the two sockets of a {@link RawIpSocket} (kernel headers in.h, in6.h). */
final class RawIpSetup {

  private static final int IPPROTO_RAW = 255;
  private static final int IPPROTO_IP = 0;
  private static final int IP_PKTINFO = 8;
  private static final int IP_MULTICAST_IF = 32;
  private static final int IP_MULTICAST_LOOP = 34;
  private static final int IP_ADD_MEMBERSHIP = 35;
  private static final int IP_MULTICAST_ALL = 49;
  private static final int IPPROTO_IPV6 = 41;
  private static final int IPV6_MULTICAST_IF = 17;
  private static final int IPV6_MULTICAST_LOOP = 19;
  private static final int IPV6_JOIN_GROUP = 20;
  private static final int IPV6_MULTICAST_ALL = 29;
  private static final int IPV6_RECVPKTINFO = 49;
  private static final int IPV6_RECVHOPLIMIT = 51;
  private static final int MREQN_LENGTH = 12;

  /** So that a burst of foreign packets does not push out those that matter: 0.2 s at 10 kHz. */
  private static final int RECEIVE_BUFFER = 1 << 20;

  private static final int MREQN_INTERFACE_OFFSET = 8;
  private static final int MREQ6_LENGTH = 20;
  private static final int MREQ6_INTERFACE_OFFSET = 16;

  private RawIpSetup() {}

  static FileDescriptor openReceiver(RawIpSocket.Options options) {
    FileDescriptor fd = open(options, options.protocol());
    try {
      SocketSetup setup = SocketSetup.of(fd, options.toString());
      setup.bindToDevice(options.interfaceName()).receiveBuffer(RECEIVE_BUFFER);
      askForPacketInformation(setup, options.family());
      bind(setup, options);
      options.group().ifPresent(group -> join(setup, options, group));
      return fd;
    } catch (RuntimeException e) {
      fd.close();
      throw e;
    }
  }

  /**
   * Protocol 255 hears nothing and means that the header comes with each packet, in both families.
   */
  static FileDescriptor openSender(RawIpSocket.Options options) {
    FileDescriptor fd = open(options, IPPROTO_RAW);
    try {
      SocketSetup setup = SocketSetup.of(fd, options.toString());
      setup.bindToDevice(options.interfaceName()).controlPriority();
      if (options.family() == IpFamily.IPV4) {
        setup.option(IPPROTO_IP, IP_MULTICAST_LOOP, 0, "IP_MULTICAST_LOOP");
        try (NativeMemory request = NativeMemory.scoped(MREQN_LENGTH)) {
          request.buffer().putInt(MREQN_INTERFACE_OFFSET, options.interfaceIndex().value());
          setup.option(IPPROTO_IP, IP_MULTICAST_IF, request, "IP_MULTICAST_IF");
        }
      } else {
        int index = options.interfaceIndex().value();
        setup.option(IPPROTO_IPV6, IPV6_MULTICAST_LOOP, 0, "IPV6_MULTICAST_LOOP");
        setup.option(IPPROTO_IPV6, IPV6_MULTICAST_IF, index, "IPV6_MULTICAST_IF");
      }
      return fd;
    } catch (RuntimeException e) {
      fd.close();
      throw e;
    }
  }

  private static FileDescriptor open(RawIpSocket.Options options, int protocol) {
    return SocketSetup.open(
        options.family().number(), SocketSetup.SOCK_RAW, protocol, options.toString());
  }

  /** Without the last option of each family a socket also hears groups that others joined. */
  private static void askForPacketInformation(SocketSetup setup, IpFamily family) {
    if (family == IpFamily.IPV4) {
      setup.option(IPPROTO_IP, IP_PKTINFO, 1, "IP_PKTINFO");
      setup.option(IPPROTO_IP, IP_MULTICAST_ALL, 0, "IP_MULTICAST_ALL");
    } else {
      setup.option(IPPROTO_IPV6, IPV6_RECVPKTINFO, 1, "IPV6_RECVPKTINFO");
      setup.option(IPPROTO_IPV6, IPV6_RECVHOPLIMIT, 1, "IPV6_RECVHOPLIMIT");
      setup.option(IPPROTO_IPV6, IPV6_MULTICAST_ALL, 0, "IPV6_MULTICAST_ALL");
    }
  }

  private static void bind(SocketSetup setup, RawIpSocket.Options options) {
    options
        .group()
        .or(options::boundAddress)
        .ifPresent(
            address -> {
              try (NativeMemory name =
                  SocketAddress.inet(address, options.interfaceIndex().value())) {
                setup.bind(name, name.size());
              }
            });
  }

  private static void join(SocketSetup setup, RawIpSocket.Options options, InetAddress group) {
    int index = options.interfaceIndex().value();
    boolean isIpv4 = options.family() == IpFamily.IPV4;
    try (NativeMemory request = NativeMemory.scoped(isIpv4 ? MREQN_LENGTH : MREQ6_LENGTH)) {
      request.buffer().put(0, group.getAddress());
      request.buffer().putInt(isIpv4 ? MREQN_INTERFACE_OFFSET : MREQ6_INTERFACE_OFFSET, index);
      if (isIpv4) {
        setup.option(IPPROTO_IP, IP_ADD_MEMBERSHIP, request, "IP_ADD_MEMBERSHIP");
      } else {
        setup.option(IPPROTO_IPV6, IPV6_JOIN_GROUP, request, "IPV6_JOIN_GROUP");
      }
    }
  }
}
