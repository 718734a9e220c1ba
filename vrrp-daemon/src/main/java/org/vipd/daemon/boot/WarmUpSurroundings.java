package org.vipd.daemon.boot;

import java.util.Optional;
import org.vipd.daemon.linux.LinuxAnnouncer;
import org.vipd.daemon.linux.LinuxNeighbours;
import org.vipd.daemon.linux.LinuxNetwork;
import org.vipd.daemon.port.ChannelSpec;
import org.vipd.daemon.port.DatagramReceiver;
import org.vipd.daemon.port.HardwareAddress;
import org.vipd.daemon.port.Journal;
import org.vipd.daemon.port.NeighbourListener;
import org.vipd.daemon.port.NeighbourWatch;
import org.vipd.daemon.port.PortException;
import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.IpAddress;

/** Opens and closes raw sockets on the loopback interface; left out without the privilege. */
final class WarmUpSurroundings {

  private static final ChannelSpec LOOPBACK =
      new ChannelSpec(
          1,
          "lo",
          AddressFamily.IPV4,
          Optional.of(IpAddress.vrrpGroup(AddressFamily.IPV4)),
          Optional.empty());

  private final Journal journal;

  WarmUpSurroundings(Journal journal) {
    this.journal = journal;
  }

  void exercise(LinuxNetwork network, DatagramReceiver receiver, Closing parts) {
    IpAddress nobody = IpAddress.vrrpGroup(AddressFamily.IPV4);
    try (LinuxAnnouncer announcer = LinuxAnnouncer.open();
        LinuxNeighbours neighbours = LinuxNeighbours.open(network)) {
      network.open(LOOPBACK, receiver).close();
      // heard when the loop waits for the first time
      NeighbourWatch watch =
          parts.add(neighbours.watch(NoLan.LINK_WITHOUT_NEIGHBOURS, new Indifferent()));
      for (AddressFamily family : AddressFamily.values()) {
        watch.ask(IpAddress.vrrpGroup(family));
      }
      announcer.announce(NoLan.LINK_WITHOUT_NEIGHBOURS, nobody);
    } catch (PortException e) {
      journal.debug("without raw sockets: " + e.getMessage());
    }
  }

  /** Hears and does nothing. */
  private static final class Indifferent implements NeighbourListener {

    @Override
    public void has(HardwareAddress host, IpAddress address) {
      // nobody has an address of a LAN that does not exist
    }

    @Override
    public void advertises(HardwareAddress host, IpAddress source) {
      // nor advertises there
    }

    @Override
    public void deafened(String reason) {
      // the socket lives as long as the warm-up
    }
  }
}
