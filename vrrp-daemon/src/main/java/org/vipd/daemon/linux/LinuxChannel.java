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
import org.vipd.netlink.socket.Destination;
import org.vipd.netlink.socket.RawIpSocket;
import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.IpAddress;
import org.vipd.protocol.wire.IpEnvelope;

/**
 * Raw sockets for IP protocol 112, and 51 when somebody needs it. Destinations are prepared once.
 */
final class LinuxChannel implements AdvertisementChannel {

  private static final int PREPARED_LIMIT = 512;

  private final LinuxNetwork network;
  private final ChannelSpec spec;
  private final DatagramReceiver receiver;
  private final RawIpSocket socket;
  private final Map<Integer, Reception> receptions = new HashMap<>();
  private final Map<IpAddress, Prepared> prepared = new HashMap<>();

  private record Prepared(IpAddress source, int hopLimit, Destination destination) {}

  /** Opens the socket for protocol 112 and listens on it. */
  LinuxChannel(LinuxNetwork network, ChannelSpec spec, DatagramReceiver receiver) {
    this.network = network;
    this.spec = spec;
    this.receiver = receiver;
    this.socket = listen(IpEnvelope.VRRP);
  }

  private RawIpSocket listen(int ipProtocol) {
    Optional<InetAddress> group = spec.group().map(Addresses::toJdk);
    Optional<InetAddress> local = spec.local().map(Addresses::toJdk);
    RawIpSocket opened =
        RawIpSocket.open(
            new RawIpSocket.Options(
                spec.family() == AddressFamily.IPV4 ? IpFamily.IPV4 : IpFamily.IPV6,
                new InterfaceIndex(spec.interfaceIndex()),
                spec.interfaceName(),
                ipProtocol,
                group,
                local));
    Reception reception = new Reception(opened, receiver, spec.family());
    receptions.put(ipProtocol, reception);
    network.watch(reception);
    return opened;
  }

  @Override
  public void receiveAuthenticationHeader() throws PortException {
    if (receptions.containsKey(IpEnvelope.AUTHENTICATION_HEADER)) {
      return;
    }
    try {
      listen(IpEnvelope.AUTHENTICATION_HEADER);
    } catch (SyscallException e) {
      throw Failures.of(e);
    }
  }

  @Override
  public void prepare(IpAddress source, IpAddress destination, Header header) {
    prepared(source, destination, header.hopLimit());
  }

  @Override
  public void send(ByteBuffer payload, IpAddress source, IpAddress destination, Header header)
      throws PortException {
    try {
      Destination to = prepared(source, destination, header.hopLimit());
      if (header.identification() == 0) {
        socket.send(payload, to, header.ipProtocol());
      } else {
        socket.send(payload, to, header.ipProtocol(), header.identification());
      }
    } catch (SyscallException e) {
      throw Failures.of(e);
    }
  }

  private Destination prepared(IpAddress source, IpAddress destination, int hopLimit) {
    Prepared known = prepared.get(destination);
    if (known != null && known.hopLimit() == hopLimit && known.source().equals(source)) {
      return known.destination();
    }
    if (prepared.size() >= PREPARED_LIMIT) {
      prepared.clear();
    }
    Destination fresh =
        socket.destination(Addresses.toJdk(source), Addresses.toJdk(destination), hopLimit);
    prepared.put(destination, new Prepared(source, hopLimit, fresh));
    return fresh;
  }

  @Override
  public void close() {
    for (Reception reception : receptions.values()) {
      network.unwatch(reception);
      reception.close();
    }
    receptions.clear();
  }
}
