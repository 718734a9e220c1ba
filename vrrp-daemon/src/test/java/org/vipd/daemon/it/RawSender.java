package org.vipd.daemon.it;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.vipd.netlink.address.InterfaceIndex;
import org.vipd.netlink.address.IpFamily;
import org.vipd.netlink.socket.Destination;
import org.vipd.netlink.socket.RawIpSocket;
import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.AddressList;
import org.vipd.protocol.value.AdvertInterval;
import org.vipd.protocol.value.IpAddress;
import org.vipd.protocol.value.Priority;
import org.vipd.protocol.value.Vrid;
import org.vipd.protocol.value.VrrpVersion;
import org.vipd.protocol.wire.Advertisement;
import org.vipd.protocol.wire.AdvertisementEncoder;
import org.vipd.protocol.wire.SendPolicy;

/** Sends whatever a test wants as IPv4 protocol 112 from a host of the lab. For one thread. */
final class RawSender implements AutoCloseable {

  private static final int VRRP = 112;
  private static final int UNFORWARDED = 255;
  private static final String GROUP = "224.0.0.18";

  private final RawIpSocket socket;
  private final String source;
  private final Destination group;

  private RawSender(RawIpSocket socket, String source) {
    this.socket = socket;
    this.source = source;
    this.group = to(UNFORWARDED);
  }

  /** Opens a sender on the interface of a host, with one of its addresses as source. */
  static RawSender open(Host host, String source) {
    int index = host.namespace().interfaceIndex(Lab.INTERFACE);
    RawIpSocket.Options options =
        new RawIpSocket.Options(
            IpFamily.IPV4,
            new InterfaceIndex(index),
            Lab.INTERFACE,
            VRRP,
            Optional.empty(),
            Optional.of(inet(source)));
    return new RawSender(host.namespace().call(() -> RawIpSocket.open(options)), source);
  }

  /** A destination of the group with another TTL than 255. */
  Destination to(int hopLimit) {
    return socket.destination(inet(source), inet(GROUP), hopLimit);
  }

  /** Sends to the group. */
  void send(ByteBuffer message) {
    socket.send(message, group, VRRP);
  }

  /** Sends to a prepared destination. */
  void send(ByteBuffer message, Destination destination) {
    socket.send(message, destination, VRRP);
  }

  /** A correct version 3 message from this sender, checksum over pseudo-header and message. */
  ByteBuffer advertisement(int vrid, int priority, int intervalCentiseconds, List<String> virtual) {
    Advertisement advertisement =
        new Advertisement(
            VrrpVersion.V3,
            new Vrid(vrid),
            Priority.of(priority),
            AdvertInterval.ofCentiseconds(intervalCentiseconds),
            AddressList.of(AddressFamily.IPV4, virtual.stream().map(RawSender::parsed).toList()));
    ByteBuffer message = ByteBuffer.allocateDirect(RawIpSocket.PAYLOAD_MAXIMUM);
    AdvertisementEncoder.encode(
        advertisement, SendPolicy.DEFAULT, parsed(source), parsed(GROUP), message);
    return message.flip();
  }

  private static IpAddress parsed(String address) {
    return IpAddress.parse(address).orElseThrow();
  }

  private static InetAddress inet(String address) {
    try {
      return InetAddress.getByName(address);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(address, e);
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
