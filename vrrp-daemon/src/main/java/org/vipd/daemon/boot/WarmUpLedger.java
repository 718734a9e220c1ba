package org.vipd.daemon.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.vipd.daemon.config.VirtualAddressConfig;
import org.vipd.daemon.config.VirtualAddressConfig.AddressOptions;
import org.vipd.daemon.config.VirtualRoute;
import org.vipd.daemon.config.VirtualRule;
import org.vipd.daemon.ledger.Ledger;
import org.vipd.daemon.ledger.LedgerFile;
import org.vipd.daemon.ledger.NetworkNamespace;
import org.vipd.daemon.ledger.Reclaim;
import org.vipd.daemon.ledger.RecordedAddresses;
import org.vipd.daemon.ledger.RecordedRoutes;
import org.vipd.daemon.port.AddressInstall;
import org.vipd.daemon.port.Journal;
import org.vipd.daemon.port.RouteInstall;
import org.vipd.daemon.port.RoutePort;
import org.vipd.protocol.value.IpAddress;

/**
 * Writes a ledger with an address, a route and a rule and reads it back, as a start after a crash
 * does.
 */
final class WarmUpLedger {

  private static final String ROUTE = "198.51.100.0/24 via 192.0.2.3 dev warm0";

  private static final String RULE = "from 192.0.2.1/32 table 1 priority 100";

  private final Journal journal;

  WarmUpLedger(Journal journal) {
    this.journal = journal;
  }

  void exercise(NoLan lan) {
    try {
      Path file = Files.createTempFile("vipd-warm-up", ".ledger");
      LedgerFile ledger = new LedgerFile(file, NetworkNamespace.ofProcess());
      RoutePort nowhere = new SilentRoutes();
      Optional<VirtualRoute> route = VirtualRoute.parse(ROUTE);
      Optional<VirtualRule> rule = VirtualRule.parse(RULE);
      List<RouteInstall> both =
          List.of(
              new RouteInstall(NoLan.INDEX, route.orElseThrow()),
              new RouteInstall(0, rule.orElseThrow()));
      Ledger written = new Ledger(ledger, journal);
      new RecordedAddresses(lan, written).prepareFor("warm0/ipv4/1/v3", List.of(address()));
      RoutePort recorded = new RecordedRoutes(nowhere, written);
      recorded.prepare(both);
      recorded.install(both);
      var unused = new Reclaim(ledger, lan, lan, nowhere, new Silence()).start(List.of());
      Files.deleteIfExists(file);
    } catch (IOException e) {
      journal.debug("warm-up without a ledger: " + e.getMessage());
    }
  }

  private static AddressInstall address() {
    IpAddress address = IpAddress.parse("192.0.2.1").orElseThrow();
    return new AddressInstall(
        NoLan.INDEX,
        "warm0",
        new VirtualAddressConfig(address, 32, Optional.empty(), AddressOptions.NONE, true));
  }
}
