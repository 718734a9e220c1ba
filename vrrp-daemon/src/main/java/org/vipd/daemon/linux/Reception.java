package org.vipd.daemon.linux;

import org.vipd.daemon.port.DatagramReceiver;
import org.vipd.netlink.libc.SyscallException;
import org.vipd.netlink.socket.Datagram;
import org.vipd.netlink.socket.RawIpSocket;
import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.IpAddress;
import org.vipd.protocol.wire.IpEnvelope;

/**
 * Takes packets off one raw socket. Addresses are reused while they stay the same, so that this
 * allocates little.
 */
final class Reception implements Receiver, AutoCloseable {

  private static final int PACKETS_PER_TURN = 256;

  private final RawIpSocket socket;
  private final DatagramReceiver receiver;
  private final AddressFamily family;
  private IpAddress lastSource;
  private IpAddress lastDestination;

  Reception(RawIpSocket socket, DatagramReceiver receiver, AddressFamily family) {
    this.socket = socket;
    this.receiver = receiver;
    this.family = family;
    this.lastSource = new IpAddress(family, 0, 0);
    this.lastDestination = lastSource;
  }

  @Override
  public int fd() {
    return socket.receiveFd();
  }

  /**
   * Takes what is there, but not more than one flood's worth, so that deadlines are kept.
   *
   * @param mayBeMore whether there may be a second packet; without it one is taken
   * @return number of packets taken
   */
  @Override
  public int receive(Datagram datagram, boolean mayBeMore) {
    int limit = mayBeMore ? PACKETS_PER_TURN : 1;
    int count = 0;
    try {
      while (count < limit && socket.receive(datagram)) {
        count++;
        deliver(datagram);
      }
    } catch (SyscallException e) {
      receiver.failed(e.getMessage());
    }
    return count;
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
  public void close() {
    socket.close();
  }
}
