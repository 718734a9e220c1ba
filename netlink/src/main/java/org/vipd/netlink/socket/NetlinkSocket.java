package org.vipd.netlink.socket;

import java.nio.ByteBuffer;
import org.vipd.netlink.libc.Errno;
import org.vipd.netlink.libc.FileDescriptor;
import org.vipd.netlink.libc.LibC;
import org.vipd.netlink.libc.NativeMemory;
import org.vipd.netlink.libc.SystemCalls;

/**
 * A socket to the kernel's routing part (NETLINK_ROUTE); only datagrams of the kernel are let
 * through.
 */
public final class NetlinkSocket implements AutoCloseable {

  /** What {@link #receive()} found. */
  public enum Outcome {
    /** A datagram, now in {@link NetlinkSocket#received()}. */
    DATAGRAM,
    /** Nothing at the moment. */
    NOTHING,
    /** The kernel dropped messages because the queue was full (ENOBUFS). */
    OVERFLOW
  }

  private static final int NETLINK_ROUTE = 0;
  private static final int SOL_NETLINK = 270;
  private static final int NETLINK_ADD_MEMBERSHIP = 1;
  private static final int NETLINK_CAP_ACK = 10;
  private static final int NETLINK_EXT_ACK = 11;
  private static final int SO_ATTACH_FILTER = 26;
  private static final int SO_SNDBUF = 7;
  private static final int SO_SNDBUFFORCE = 32;
  private static final int SEND_BUFFER = 1 << 20;
  // The kernel fills list answers up to the size of the caller's buffer, at most 32 KiB.
  private static final int DATAGRAM_CAPACITY = 1 << 16;
  private static final int POLL_IN = 1;
  private static final int POLL_LENGTH = 8;
  private static final String CONTEXT = "route netlink socket";

  private final SystemCalls calls = SystemCalls.get();
  private final LibC libC = calls.libC();
  private final FileDescriptor fd;
  private final MessageHeader incoming = new MessageHeader();
  private final MessageHeader outgoing = new MessageHeader();
  private final NativeMemory peer = NativeMemory.kept(SocketAddress.NETLINK_LENGTH);
  private final NativeMemory kernel = NativeMemory.kept(SocketAddress.NETLINK_LENGTH);
  private final NativeMemory datagram = NativeMemory.kept(DATAGRAM_CAPACITY);
  private final NativeMemory pollMemory = NativeMemory.kept(POLL_LENGTH);

  private NetlinkSocket(FileDescriptor fd) {
    this.fd = fd;
    kernel.buffer().putShort(0, (short) SocketAddress.AF_NETLINK);
    outgoing.setName(kernel.address(), SocketAddress.NETLINK_LENGTH);
    incoming.setData(datagram.address(), DATAGRAM_CAPACITY);
  }

  /**
   * Opens a socket.
   *
   * @param receiveBufferBytes queue size to ask for; without CAP_NET_ADMIN the system limit caps it
   * @param groups multicast groups to join (RTNLGRP_* of rtnetlink.h)
   */
  public static NetlinkSocket open(int receiveBufferBytes, int... groups) {
    FileDescriptor fd =
        SocketSetup.open(SocketAddress.AF_NETLINK, SocketSetup.SOCK_RAW, NETLINK_ROUTE, CONTEXT);
    try (NativeMemory name = NativeMemory.scoped(SocketAddress.NETLINK_LENGTH)) {
      SocketSetup setup = SocketSetup.of(fd, CONTEXT);
      setup.option(SOL_NETLINK, NETLINK_CAP_ACK, 1, "NETLINK_CAP_ACK");
      setup.option(SOL_NETLINK, NETLINK_EXT_ACK, 1, "NETLINK_EXT_ACK");
      setup.receiveBuffer(receiveBufferBytes);
      if (!setup.tryOption(SocketSetup.SOL_SOCKET, SO_SNDBUFFORCE, SEND_BUFFER)) {
        setup.option(SocketSetup.SOL_SOCKET, SO_SNDBUF, SEND_BUFFER, "SO_SNDBUF");
      }
      name.buffer().putShort(0, (short) SocketAddress.AF_NETLINK);
      setup.bind(name, SocketAddress.NETLINK_LENGTH);
      for (int group : groups) {
        setup.option(SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, group, "NETLINK_ADD_MEMBERSHIP");
      }
      return new NetlinkSocket(fd);
    } catch (RuntimeException e) {
      fd.close();
      throw e;
    }
  }

  /** Returns the number by which the kernel tells this socket from others of the namespace. */
  public int port() {
    try (NativeMemory name = NativeMemory.scoped(SocketAddress.NETLINK_LENGTH);
        NativeMemory length = NativeMemory.scoped(Integer.BYTES)) {
      length.buffer().putInt(0, SocketAddress.NETLINK_LENGTH);
      calls.check(
          libC.getsockname(fd.number(), name.address(), length.address()), "getsockname", CONTEXT);
      return name.buffer().getInt(SocketAddress.NETLINK_PORT_OFFSET);
    }
  }

  /**
   * Lets the kernel withhold what it reports of the requests of another socket.
   *
   * @param messageType of the reports
   * @param port of the socket that requests
   * @param sequenceBit which the sequence numbers of those requests have, and of others have not
   */
  public void ignore(int messageType, int port, int sequenceBit) {
    FrameFilter.netlinkExcept(messageType, port, sequenceBit)
        .attach(SocketSetup.of(fd, CONTEXT), SO_ATTACH_FILTER);
  }

  /**
   * Lets the kernel withhold all messages but those of one type, and those of another with an octet
   * in their body.
   *
   * @param wholeType of all of which nothing is withheld
   * @param messageType of the others
   * @param bodyOffset where the octet is, behind the header
   * @param octet its value, 0..255
   */
  public void acceptOnly(int wholeType, int messageType, int bodyOffset, int octet) {
    FrameFilter.netlinkOnly(wholeType, messageType, bodyOffset, octet)
        .attach(SocketSetup.of(fd, CONTEXT), SO_ATTACH_FILTER);
  }

  /** Returns the descriptor to watch. */
  public int fd() {
    return fd.number();
  }

  /**
   * Sends one datagram of one or more messages to the kernel, which has worked on them when this
   * returns.
   *
   * @param messages memory whose first {@code length} octets are sent
   * @param length octets
   */
  public void send(NativeMemory messages, int length) {
    outgoing.setData(messages.address(), length);
    int sent = outgoing.send(fd.number());
    if (sent < 0) {
      throw SocketSetup.failure("sendmsg", sent, CONTEXT);
    }
  }

  /**
   * Takes one datagram of the kernel off the queue without waiting; those of other processes are
   * dropped.
   *
   * @throws org.vipd.netlink.libc.SyscallException EMSGSIZE when it was longer than 64 KiB
   */
  public Outcome receive() {
    while (true) {
      incoming.setName(peer.address(), SocketAddress.NETLINK_LENGTH);
      int length = incoming.receive(fd.number(), 0);
      if (length == -Errno.EAGAIN.number()) {
        return Outcome.NOTHING;
      }
      if (length == -Errno.ENOBUFS.number()) {
        return Outcome.OVERFLOW;
      }
      if (length < 0) {
        throw SocketSetup.failure("recvmsg", length, CONTEXT);
      }
      if (incoming.isTruncated()) {
        throw SocketSetup.failure("recvmsg", -Errno.EMSGSIZE.number(), CONTEXT);
      }
      if (peer.buffer().getInt(SocketAddress.NETLINK_PORT_OFFSET) == 0) {
        datagram.buffer().position(0).limit(length);
        return Outcome.DATAGRAM;
      }
    }
  }

  /**
   * Returns the last datagram in native byte order, from 0 to its limit; the next one overwrites
   * it.
   */
  public ByteBuffer received() {
    return datagram.buffer();
  }

  /**
   * Waits until there is something to receive.
   *
   * @param timeoutMillis 0 or more
   * @return false when the time was up
   */
  public boolean awaitReadable(int timeoutMillis) {
    pollMemory.buffer().putInt(0, fd.number()).putShort(4, (short) POLL_IN).putShort(6, (short) 0);
    while (true) {
      int ready = libC.poll(pollMemory.address(), 1, timeoutMillis);
      if (ready >= 0) {
        return ready > 0;
      }
      int errno = calls.lastErrno();
      if (errno != Errno.EINTR.number()) {
        throw SocketSetup.failure("poll", -errno, CONTEXT);
      }
    }
  }

  /** Closes the socket. */
  @Override
  public void close() {
    fd.close();
  }
}
