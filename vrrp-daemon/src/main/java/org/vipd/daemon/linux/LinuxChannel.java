package org.vipd.daemon.linux;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.vipd.daemon.port.AdvertisementChannel;
import org.vipd.daemon.port.ChannelSpec;
import org.vipd.daemon.port.DatagramReceiver;
import org.vipd.daemon.port.PortException;
import org.vipd.netlink.address.InterfaceIndex;
import org.vipd.netlink.address.IpFamily;
import org.vipd.netlink.libc.SyscallException;
import org.vipd.netlink.socket.Datagram;
import org.vipd.netlink.socket.Destination;
import org.vipd.netlink.socket.RawIpSocket;
import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.IpAddress;
import org.vipd.protocol.wire.IpEnvelope;

/** A raw socket for IP protocol 112. The hot path reuses addresses and prepared destinations. */
final class LinuxChannel implements AdvertisementChannel {

  private static final int HOP_LIMIT = 255;
  private static final int PACKETS_PER_TURN = 256;
  private static final int PREPARED_LIMIT = 512;

  private final RawIpSocket socket;
  private final DatagramReceiver receiver;
  private final AddressFamily family;
  private final Runnable onClose;
  private final Map<IpAddress, Prepared> prepared = new HashMap<>();
  private IpAddress lastSource;
  private IpAddress lastDestination;

  private record Prepared(IpAddress source, Destination destination) {}

  private LinuxChannel(
      RawIpSocket socket, DatagramReceiver receiver, AddressFamily family, Runnable onClose) {
    this.socket = socket;
    this.receiver = receiver;
    this.family = family;
    this.onClose = onClose;
    this.lastSource = new IpAddress(family, 0, 0);
    this.lastDestination = lastSource;
  }

  static LinuxChannel open(ChannelSpec spec, DatagramReceiver receiver, Runnable onClose) {
    Optional<InetAddress> group = spec.group().map(Addresses::toJdk);
    Optional<InetAddress> local = spec.local().map(Addresses::toJdk);
    RawIpSocket.Options options =
        new RawIpSocket.Options(
            spec.family() == AddressFamily.IPV4 ? IpFamily.IPV4 : IpFamily.IPV6,
            new InterfaceIndex(spec.interfaceIndex()),
            spec.interfaceName(),
            IpEnvelope.VRRP,
            group,
            local);
    return new LinuxChannel(RawIpSocket.open(options), receiver, spec.family(), onClose);
  }

  int fd() {
    return socket.receiveFd();
  }

  /** Takes what is there, but not more than one flood's worth, so that deadlines are kept. */
  void receiveAll(Datagram datagram) {
    try {
      for (int i = 0; i < PACKETS_PER_TURN && socket.receive(datagram); i++) {
        deliver(datagram);
      }
    } catch (SyscallException e) {
      receiver.failed(e.getMessage());
    }
  }

  private void deliver(Datagram datagram) {
    if (datagram.problem() != Datagram.Problem.NONE) {
      receiver.unreadable();
      return;
    }
    lastSource = same(lastSource, datagram.sourceHigh(), datagram.sourceLow());
    lastDestination = same(lastDestination, datagram.destinationHigh(), datagram.destinationLow());
    receiver.received(
        new IpEnvelope(
            lastSource,
            lastDestination,
            datagram.hopLimit(),
            datagram.ipProtocol(),
            datagram.header()),
        datagram.payload());
  }

  private IpAddress same(IpAddress last, long high, long low) {
    return last.high() == high && last.low() == low ? last : new IpAddress(family, high, low);
  }

  @Override
  public void send(ByteBuffer message, IpAddress source, IpAddress destination)
      throws PortException {
    try {
      socket.send(message, prepare(source, destination), IpEnvelope.VRRP);
    } catch (SyscallException e) {
      throw Failures.of(e);
    }
  }

  private Destination prepare(IpAddress source, IpAddress destination) {
    Prepared known = prepared.get(destination);
    if (known != null && known.source().equals(source)) {
      return known.destination();
    }
    if (prepared.size() >= PREPARED_LIMIT) {
      prepared.clear();
    }
    Destination fresh =
        socket.destination(Addresses.toJdk(source), Addresses.toJdk(destination), HOP_LIMIT);
    prepared.put(destination, new Prepared(source, fresh));
    return fresh;
  }

  @Override
  public void close() {
    onClose.run();
    socket.close();
  }
}
