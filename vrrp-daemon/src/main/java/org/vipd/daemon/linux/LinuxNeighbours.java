package org.vipd.daemon.linux;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.vipd.daemon.port.HardwareAddress;
import org.vipd.daemon.port.LinkState;
import org.vipd.daemon.port.NeighbourListener;
import org.vipd.daemon.port.NeighbourPort;
import org.vipd.daemon.port.NeighbourWatch;
import org.vipd.daemon.port.PortException;
import org.vipd.netlink.address.InterfaceIndex;
import org.vipd.netlink.address.MacAddress;
import org.vipd.netlink.libc.SyscallException;
import org.vipd.netlink.neighbour.NeighbourFrame;
import org.vipd.netlink.neighbour.NeighbourProbe;
import org.vipd.netlink.socket.Datagram;
import org.vipd.netlink.socket.NeighbourSocket;
import org.vipd.netlink.socket.PacketSocket;
import org.vipd.protocol.value.IpAddress;
import org.vipd.protocol.wire.IpEnvelope;

/** Asks with ARP and neighbour discovery, and hears with packet sockets. */
public final class LinuxNeighbours implements NeighbourPort, AutoCloseable {

  private static final int FRAMES_PER_TURN = 256;

  private final LinuxNetwork network;
  private final PacketSocket sender;

  private LinuxNeighbours(LinuxNetwork network, PacketSocket sender) {
    this.network = network;
    this.sender = sender;
  }

  /** Opens the socket that asks; fails without CAP_NET_RAW. */
  public static LinuxNeighbours open(LinuxNetwork network) throws PortException {
    try {
      return new LinuxNeighbours(network, PacketSocket.open());
    } catch (SyscallException e) {
      throw Failures.of(e);
    }
  }

  @Override
  public NeighbourWatch watch(LinkState link, NeighbourListener listener) throws PortException {
    try {
      NeighbourSocket socket =
          NeighbourSocket.open(
              new InterfaceIndex(link.index()), IpEnvelope.VRRP, IpEnvelope.AUTHENTICATION_HEADER);
      Watch watch = new Watch(link, socket, listener);
      network.watch(watch);
      return watch;
    } catch (SyscallException e) {
      throw Failures.of(e);
    }
  }

  @Override
  public void close() {
    sender.close();
  }

  /** An open socket and who hears what it gets. */
  private final class Watch implements NeighbourWatch, Receiver {

    private final LinkState link;
    private final NeighbourSocket socket;
    private final NeighbourListener listener;

    Watch(LinkState link, NeighbourSocket socket, NeighbourListener listener) {
      this.link = link;
      this.socket = socket;
      this.listener = listener;
    }

    @Override
    public int fd() {
      return socket.fd();
    }

    @Override
    public int receive(Datagram datagram, boolean mayBeMore) {
      int count = 0;
      try {
        while (count < FRAMES_PER_TURN) {
          Optional<ByteBuffer> frame = socket.receive();
          if (frame.isEmpty()) {
            break;
          }
          count++;
          frame.flatMap(NeighbourFrame::decode).ifPresent(this::tell);
        }
      } catch (SyscallException e) {
        listener.deafened(e.getMessage());
      }
      return count;
    }

    private void tell(NeighbourFrame said) {
      HardwareAddress host = new HardwareAddress(said.mac().bits());
      IpAddress address = Addresses.fromJdk(said.address());
      if (said.kind() == NeighbourFrame.Kind.HAS) {
        listener.has(host, address);
      } else {
        listener.advertises(host, address);
      }
    }

    @Override
    public void ask(IpAddress address) throws PortException {
      byte[] frame = NeighbourProbe.frame(new MacAddress(link.mac()), Addresses.toJdk(address));
      try {
        sender.send(new InterfaceIndex(link.index()), ByteBuffer.wrap(frame));
      } catch (SyscallException e) {
        throw Failures.of(e);
      }
    }

    @Override
    public boolean hasReceived() {
      return socket.hasReceived();
    }

    @Override
    public void close() {
      network.unwatch(this);
      // the kernel first waits until no processor delivers to the socket any more: up to hundredths
      // of a second, which the loop does not have
      Thread closing = new Thread(socket::close, "vipd-closing");
      closing.setDaemon(true);
      try {
        closing.start();
      } catch (OutOfMemoryError e) {
        // no more threads: late is better than not at all
        socket.close();
      }
    }
  }
}
