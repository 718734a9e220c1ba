package org.vipd.daemon.boot;

import java.util.Optional;
import org.vipd.daemon.linux.LinuxAnnouncer;
import org.vipd.daemon.linux.LinuxNetwork;
import org.vipd.daemon.port.ChannelSpec;
import org.vipd.daemon.port.DatagramReceiver;
import org.vipd.daemon.port.Journal;
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

  void exercise(LinuxNetwork network, DatagramReceiver receiver) {
    try (LinuxAnnouncer announcer = LinuxAnnouncer.open()) {
      network.open(LOOPBACK, receiver).close();
      announcer.announce(NoLan.LINK_WITHOUT_NEIGHBOURS, IpAddress.vrrpGroup(AddressFamily.IPV4));
    } catch (PortException e) {
      journal.debug("without raw sockets: " + e.getMessage());
    }
  }
}
