package org.vipd.daemon.ledger;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.vipd.daemon.config.VirtualAddressConfig;
import org.vipd.daemon.config.VirtualAddressConfig.AddressOptions;
import org.vipd.daemon.config.VirtualRoute;
import org.vipd.daemon.port.AddressInstall;
import org.vipd.daemon.port.RouteInstall;
import org.vipd.daemon.testkit.Configurations;
import org.vipd.daemon.testkit.FakeHost;
import org.vipd.daemon.testkit.Packets;

/** A ledger in a directory of its own, beside a host in memory. */
abstract class LedgerFixture {

  @TempDir protected Path directory;

  protected final FakeHost host = new FakeHost(Configurations.instance(100));
  protected NetworkNamespace here = NetworkNamespace.UNKNOWN;
  protected Path file;

  @BeforeEach
  void nameFile() {
    file = directory.resolve("ledger");
  }

  protected static AddressInstall install(String address) {
    return new AddressInstall(
        2,
        "eth0",
        new VirtualAddressConfig(
            Packets.address(address), 32, Optional.empty(), AddressOptions.NONE, true));
  }

  protected static RouteInstall route(String text) {
    return new RouteInstall(text.contains("dev") ? 2 : 0, VirtualRoute.parse(text).orElseThrow());
  }

  protected final RecordedAddresses recorder() {
    return new RecordedAddresses(host.interfaces, new Ledger(ledgerFile(), host.journal));
  }

  protected final RecordedRoutes routeRecorder() {
    return new RecordedRoutes(host.routes, new Ledger(ledgerFile(), host.journal));
  }

  protected final LedgerFile ledgerFile() {
    return new LedgerFile(file, here);
  }

  protected final Reclaim reclaimer() {
    return new Reclaim(ledgerFile(), host.interfaces, host.interfaces, host.routes, host.journal);
  }

  protected final boolean reclaim() {
    return reclaimer().release(false);
  }
}
