package org.vipd.daemon.linux;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.vipd.daemon.port.PortException;
import org.vipd.daemon.port.SessionPath;
import org.vipd.daemon.port.SessionPort;
import org.vipd.daemon.runtime.MonotonicClock;
import org.vipd.netlink.address.IpFamily;
import org.vipd.netlink.libc.Errno;
import org.vipd.netlink.libc.SyscallException;
import org.vipd.netlink.socket.Poller;
import org.vipd.netlink.socket.UdpDatagram;
import org.vipd.netlink.socket.UdpSocket;
import org.vipd.protocol.value.AddressFamily;

/**
 * BFD packets in UDP sockets: one for each family and port to hear, one for each session to send.
 */
public final class LinuxSessions implements SessionPort {

  private static final int LOWEST_SOURCE_PORT = 49_152;
  private static final int HIGHEST_SOURCE_PORT = 65_535;
  private static final int PORT_TRIES = 16;
  private static final int PACKETS_PER_TURN = 256;
  private static final int HOP_LIMIT = 255;

  private final Poller poller;
  private final MonotonicClock clock;
  private final RandomGenerator random;
  private final List<Listening> listening = new ArrayList<>();
  private final UdpDatagram datagram = new UdpDatagram();

  private LinuxSessions(Poller poller, MonotonicClock clock, RandomGenerator random) {
    this.poller = poller;
    this.clock = clock;
    this.random = random;
  }

  private record Listening(AddressFamily family, int port, UdpSocket socket) {}

  /** Opens the poller; nothing is heard yet. The generator chooses source ports. */
  public static LinuxSessions open(MonotonicClock clock, RandomGenerator random)
      throws PortException {
    try {
      return new LinuxSessions(Poller.open(), clock, random);
    } catch (SyscallException e) {
      throw Failures.of(e);
    }
  }

  @Override
  public void listen(AddressFamily family, int port) throws PortException {
    if (listening.stream().anyMatch(it -> it.family() == family && it.port() == port)) {
      return;
    }
    try {
      UdpSocket socket =
          UdpSocket.open(
              new UdpSocket.Options(familyOf(family), Optional.empty(), port, HOP_LIMIT));
      poller.watch(socket.fd(), Poller.READABLE, listening.size());
      listening.add(new Listening(family, port, socket));
    } catch (SyscallException e) {
      if (e.errno().equals(Errno.EADDRINUSE)) {
        throw new PortException(
            "another program of this host has UDP port "
                + port
                + ", which BFD needs; end it (ss -lunp 'sport = "
                + port
                + "' names it)",
            false);
      }
      throw Failures.of(e);
    }
  }

  @Override
  public Sender open(SessionPath path) throws PortException {
    Optional<InetAddress> source = path.source().map(Addresses::toJdk);
    IpFamily family = familyOf(path.neighbour().family());
    int tries = 0;
    while (true) {
      tries++;
      int port = random.nextInt(LOWEST_SOURCE_PORT, HIGHEST_SOURCE_PORT + 1);
      try {
        UdpSocket socket =
            UdpSocket.open(new UdpSocket.Options(family, source, port, path.hopLimit()));
        return new UdpSender(socket, Addresses.toJdk(path.neighbour()), path.port());
      } catch (SyscallException e) {
        if (tries == PORT_TRIES || !e.errno().equals(Errno.EADDRINUSE)) {
          throw Failures.of(e);
        }
      }
    }
  }

  /** Sends to one neighbour. */
  private record UdpSender(UdpSocket socket, InetAddress neighbour, int port) implements Sender {

    @Override
    public void send(ByteBuffer payload) throws PortException {
      try {
        socket.send(payload, neighbour, port);
      } catch (SyscallException e) {
        throw Failures.of(e);
      }
    }

    @Override
    public void close() {
      socket.close();
    }
  }

  @Override
  public void await(long deadlineNanos, Receiver receiver) {
    int ready = poller.await(clock.systemNanos(deadlineNanos));
    for (int i = 0; i < ready; i++) {
      deliver(listening.get(poller.token(i)), receiver);
    }
  }

  /** Takes what is there, but not more than one flood's worth, so that deadlines are kept. */
  private void deliver(Listening from, Receiver receiver) {
    try {
      for (int i = 0; i < PACKETS_PER_TURN && from.socket().receive(datagram); i++) {
        if (datagram.isUsable()) {
          receiver.received(
              new Arrival(
                  Addresses.fromJdk(datagram.source()),
                  Addresses.fromJdk(datagram.destination()),
                  from.port(),
                  datagram.hopLimit()),
              datagram.payload());
        }
      }
    } catch (SyscallException e) {
      receiver.failed(e.getMessage());
    }
  }

  private static IpFamily familyOf(AddressFamily family) {
    return family == AddressFamily.IPV4 ? IpFamily.IPV4 : IpFamily.IPV6;
  }

  @Override
  public void wakeUp() {
    poller.wakeUp();
  }

  @Override
  public void close() {
    listening.forEach(it -> it.socket().close());
    poller.close();
  }
}
