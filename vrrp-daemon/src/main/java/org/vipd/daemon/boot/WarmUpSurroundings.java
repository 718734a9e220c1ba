package org.vipd.daemon.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.vipd.daemon.control.ControlConnection;
import org.vipd.daemon.control.ControlServer;
import org.vipd.daemon.event.Cause;
import org.vipd.daemon.event.Notice;
import org.vipd.daemon.linux.LinuxAnnouncer;
import org.vipd.daemon.linux.LinuxNetwork;
import org.vipd.daemon.port.ChannelSpec;
import org.vipd.daemon.port.DatagramReceiver;
import org.vipd.daemon.port.Journal;
import org.vipd.daemon.port.NanoClock;
import org.vipd.daemon.port.PortException;
import org.vipd.daemon.service.RuntimeDirectory;
import org.vipd.daemon.service.Signals;
import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.IpAddress;

/**
 * Opens and closes what surrounds the loop: runtime directory, control socket, raw sockets on the
 * loopback interface. What needs a privilege that is missing is left out.
 */
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

  void exercise(LinuxNetwork network, DatagramReceiver receiver, NanoClock clock) {
    for (String signal : List.of("TERM", "INT", "HUP")) {
      Signals.handle(signal, () -> journal.debug("signal during warm-up"));
    }
    try (LinuxAnnouncer announcer = LinuxAnnouncer.open()) {
      network.open(LOOPBACK, receiver).close();
      announcer.announce(NoLan.LINK_WITHOUT_NEIGHBOURS, IpAddress.vrrpGroup(AddressFamily.IPV4));
    } catch (PortException e) {
      journal.debug("without raw sockets: " + e.getMessage());
    }
    try {
      control(clock);
    } catch (IOException | RuntimeDirectory.UnusableException e) {
      journal.debug("without control socket: " + e.getMessage());
    }
  }

  private void control(NanoClock clock) throws IOException, RuntimeDirectory.UnusableException {
    Path temporary = Files.createTempDirectory("vipd-warm-up");
    try (RuntimeDirectory directory = RuntimeDirectory.open(temporary);
        Told told = new Told(directory, clock, journal, "warm-up");
        ControlServer server =
            ControlServer.open(
                directory.controlSocket(), line -> "{}", told.feed(), journal, clock)) {
      told.notices().publish(notice());
      Threads.start("vipd-control", server);
      journal.debug(ControlConnection.request(directory.controlSocket(), "{}"));
    } finally {
      try (Stream<Path> files = Files.walk(temporary)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  private static Notice notice() {
    return new Notice(
        Instant.EPOCH,
        Notice.Kind.STATE,
        new Notice.Subject(false, "warm-up"),
        "INIT",
        "BACKUP",
        1,
        List.of(new Cause(Cause.Kind.START, "warm-up")));
  }
}
