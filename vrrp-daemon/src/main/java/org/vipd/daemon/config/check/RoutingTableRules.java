package org.vipd.daemon.config.check;

import java.util.List;
import java.util.Optional;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.config.Place;
import org.vipd.daemon.config.RoutingEntry;
import org.vipd.daemon.config.Similar;
import org.vipd.daemon.config.VirtualRoute;
import org.vipd.daemon.config.VirtualRule;
import org.vipd.daemon.config.network.KernelEntry;

/** Rules about the names of routing tables. */
final class RoutingTableRules {

  private static final String RULE = "V039";

  private final Node node;
  private final Findings findings;

  RoutingTableRules(Node node, Findings findings) {
    this.node = node;
    this.findings = findings;
  }

  void apply() {
    for (InstanceConfig it : node.config().instances()) {
      look(it.place(), "virtual_routes", it.extras().routes());
      look(it.place(), "virtual_rules", it.extras().rules());
    }
    Place file = Place.ofFile(node.file());
    look(file, "static_routes", node.config().network().routes());
    look(file, "static_rules", node.config().network().rules());
  }

  private Place place(Place block, String list, String table) {
    Place found = node.places().find(block, list, table);
    return found.line() > 0 ? found : node.places().findIn(block, "static", list);
  }

  private void look(Place block, String list, List<KernelEntry> entries) {
    for (KernelEntry entry : entries) {
      Optional<? extends RoutingEntry> read =
          entry.kind() == KernelEntry.Kind.ROUTE ? VirtualRoute.of(entry) : VirtualRule.of(entry);
      read.map(RoutingEntry::table)
          .filter(it -> !node.host().hasTable(it))
          .ifPresent(it -> report(place(block, list, it), entry.kind(), it));
    }
  }

  private void report(Place place, KernelEntry.Kind kind, String table) {
    String noun = kind == KernelEntry.Kind.ROUTE ? "route" : "rule";
    findings.warning(
        RULE,
        place,
        "this host has no routing table '" + table + "': the " + noun + " is not installed",
        Similar.hint(table, node.host().tables()).map(it -> it + " else ").orElse("")
            + "write its number, or add the name to /etc/iproute2/rt_tables");
  }
}
