package org.vipd.netlink.socket;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.vipd.netlink.address.InterfaceIndex;
import org.vipd.netlink.address.IpFamily;
import org.vipd.netlink.libc.Errno;
import org.vipd.netlink.libc.FileDescriptor;
import org.vipd.netlink.libc.NativeMemory;

/**
 * Sends and receives the packets of one IP protocol on one interface.
 *
 * <p>Two kernel sockets: one bound to interface and address that only hears its own protocol, and
 * one that only sends and for which this class writes the IP header. Traffic class 0xC0 (RFC 791
 * internetwork control), IPv4 identification counted from 1, may be fragmented. For one thread;
 * {@link #receive} and sending to a prepared {@link Destination} allocate nothing.
 */
public final class RawIpSocket implements AutoCloseable {

  /** Octets of the longest payload that can be sent. */
  public static final int PAYLOAD_MAXIMUM = 8192;

  private static final int IPPROTO_RAW = 255;
  private static final int IDENTIFICATION_MAXIMUM = 0xFFFF;
  private static final int SOURCE_CAPACITY = 28;
  private static final int IPV6_ADDRESS_OFFSET = 8;
  private static final int IPV6_ADDRESS_LENGTH = 16;

  private final Options options;
  private final FileDescriptor receiver;
  private final FileDescriptor sender;
  private final MessageHeader incoming = new MessageHeader();
  private final MessageHeader outgoing = new MessageHeader();
  private final NativeMemory sourceMemory = NativeMemory.kept(SOURCE_CAPACITY);
  private final ByteBuffer sourceAddress =
      sourceMemory.buffer().slice(IPV6_ADDRESS_OFFSET, IPV6_ADDRESS_LENGTH);
  private final NativeMemory packetMemory =
      NativeMemory.kept(Destination.LONGEST_HEADER + PAYLOAD_MAXIMUM);
  private final ByteBuffer packet = packetMemory.buffer().order(ByteOrder.BIG_ENDIAN);
  private int identification;

  private RawIpSocket(Options options, FileDescriptor receiver, FileDescriptor sender) {
    this.options = options;
    this.receiver = receiver;
    this.sender = sender;
  }

  /**
   * What to open.
   *
   * @param family of all addresses
   * @param interfaceIndex the one interface to hear and to send on
   * @param interfaceName its name
   * @param protocol IP protocol to hear, 1..254
   * @param group multicast group to join and to hear nothing else, or empty
   * @param boundAddress unicast address to hear nothing else, or empty; not together with a group
   */
  public record Options(
      IpFamily family,
      InterfaceIndex interfaceIndex,
      String interfaceName,
      int protocol,
      Optional<InetAddress> group,
      Optional<InetAddress> boundAddress) {

    /** Checks protocol, families and that the group is one. */
    public Options {
      if (protocol < 1 || protocol >= IPPROTO_RAW) {
        throw new IllegalArgumentException("IP protocol " + protocol + ": must be 1..254");
      }
      if (group.isPresent() && boundAddress.isPresent()) {
        throw new IllegalArgumentException(
            "group "
                + group.get()
                + " and address "
                + boundAddress.get()
                + ": must be one of them");
      }
      for (InetAddress address : group.or(() -> boundAddress).stream().toList()) {
        if (IpFamily.of(address) != family || address.isMulticastAddress() != group.isPresent()) {
          throw new IllegalArgumentException(
              address
                  + ": must be an "
                  + family
                  + " address, multicast exactly when it is a group");
        }
      }
    }

    @Override
    public String toString() {
      String address = group.or(() -> boundAddress).map(InetAddress::getHostAddress).orElse("any");
      return interfaceName + " protocol " + protocol + " address " + address;
    }
  }

  /**
   * Opens the sockets and joins the group.
   *
   * @throws org.vipd.netlink.libc.SyscallException for example EPERM without CAP_NET_RAW, ENODEV
   *     without the interface, EADDRNOTAVAIL without the address
   */
  public static RawIpSocket open(Options options) {
    FileDescriptor receiver = RawIpSetup.openReceiver(options);
    try {
      return new RawIpSocket(options, receiver, RawIpSetup.openSender(options));
    } catch (RuntimeException e) {
      receiver.close();
      throw e;
    }
  }

  /** Returns the descriptor to watch for packets. */
  public int receiveFd() {
    return receiver.number();
  }

  /**
   * Takes one packet off the queue.
   *
   * @param into overwritten
   * @return false when there is none
   * @throws org.vipd.netlink.libc.SyscallException for example ENETDOWN, once, when the interface
   *     went down
   */
  public boolean receive(Datagram into) {
    incoming.setName(sourceMemory.address(), SOURCE_CAPACITY);
    into.attachTo(incoming);
    int received = incoming.receive(receiver.number(), 0);
    if (received >= 0) {
      complete(into, received);
      return true;
    }
    if (received == -Errno.EAGAIN.number()) {
      return false;
    }
    throw SocketSetup.failure("recvmsg", received, options.toString());
  }

  /**
   * Prepares sending.
   *
   * @param source of this socket's family; the kernel does not check that it is ours
   * @param destination unicast or multicast
   * @param hopLimit 1..255
   */
  public Destination destination(InetAddress source, InetAddress destination, int hopLimit) {
    if (IpFamily.of(destination) != options.family()) {
      throw new IllegalArgumentException(
          "destination " + destination + " on " + options + ": must be " + options.family());
    }
    return new Destination(source, destination, hopLimit, options.interfaceIndex().value());
  }

  /** Sends once; see {@link #send(ByteBuffer, Destination, int)} for what is sent often. */
  public void send(
      ByteBuffer payload,
      InetAddress source,
      InetAddress destination,
      int hopLimit,
      int ipProtocol) {
    send(payload, destination(source, destination, hopLimit), ipProtocol);
  }

  /**
   * Sends a packet, with the next identification when it is IPv4.
   *
   * @param payload from position to limit, at most {@link #PAYLOAD_MAXIMUM}; position stays
   * @param prepared of this socket
   * @param ipProtocol 1..254
   * @throws org.vipd.netlink.libc.SyscallException for example ENETDOWN, EAGAIN, ENOBUFS, EMSGSIZE
   */
  public void send(ByteBuffer payload, Destination prepared, int ipProtocol) {
    send(payload, prepared, ipProtocol, prepared.isIpv4() ? nextIdentification() : 0);
  }

  /**
   * Sends a packet with an identification of {@link #nextIdentification()}, because an
   * authentication header covers it (RFC 4302 section 3.3.3.1.1.1).
   */
  public void send(ByteBuffer payload, Destination prepared, int ipProtocol, int identification) {
    int length = payload.remaining();
    if (length > PAYLOAD_MAXIMUM) {
      throw new IllegalArgumentException(
          "payload of " + length + " octets: must be at most " + PAYLOAD_MAXIMUM);
    }
    int headerLength = prepared.writeHeader(packet, length, ipProtocol, identification);
    packet.put(headerLength, payload, payload.position(), length);
    NativeMemory to = prepared.socketAddress();
    outgoing.setName(to.address(), to.size());
    outgoing.setData(packetMemory.address(), headerLength + length);
    int sent = outgoing.send(sender.number());
    if (sent < 0) {
      throw SocketSetup.failure("sendmsg", sent, options.interfaceName() + " from " + prepared);
    }
  }

  /** Returns the next IPv4 identification: 1..65535, then 1 again. */
  public int nextIdentification() {
    identification = identification == IDENTIFICATION_MAXIMUM ? 1 : identification + 1;
    return identification;
  }

  /** Leaves the group and closes both sockets. */
  @Override
  public void close() {
    sender.close();
    receiver.close();
  }

  private void complete(Datagram into, int received) {
    if (options.family() == IpFamily.IPV4) {
      into.completeIpv4(incoming, received);
    } else {
      into.completeIpv6(incoming, received, sourceAddress, options.protocol());
    }
  }
}
