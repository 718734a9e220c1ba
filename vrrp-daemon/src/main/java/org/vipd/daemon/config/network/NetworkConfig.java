package org.vipd.daemon.config.network;

import java.util.List;
import java.util.stream.Stream;
import org.vipd.daemon.config.RoutingEntry;
import org.vipd.daemon.config.VirtualRoute;
import org.vipd.daemon.config.VirtualRule;

/**
 * What is set up beside the instances.
 *
 * @param addresses static addresses
 * @param routes static routes
 * @param rules static rules
 * @param trackGroups groups they are tied to
 * @param announceGroups interfaces that share a limit
 */
public record NetworkConfig(
    List<StaticAddress> addresses,
    List<KernelEntry> routes,
    List<KernelEntry> rules,
    List<TrackGroup> trackGroups,
    List<AnnounceGroup> announceGroups) {

  /** Nothing. */
  public static final NetworkConfig NONE =
      new NetworkConfig(List.of(), List.of(), List.of(), List.of(), List.of());

  public NetworkConfig {
    addresses = List.copyOf(addresses);
    routes = List.copyOf(routes);
    rules = List.copyOf(rules);
    trackGroups = List.copyOf(trackGroups);
    announceGroups = List.copyOf(announceGroups);
  }

  /** Whether nothing is put on this host. */
  public boolean isEmpty() {
    return addresses.isEmpty() && routes.isEmpty() && rules.isEmpty();
  }

  /** The routes and rules that can be installed: what a rule looks into is there before it. */
  public List<RoutingEntry> routingEntries() {
    return Stream.<RoutingEntry>concat(
            routes.stream().flatMap(it -> VirtualRoute.of(it).stream()),
            rules.stream().flatMap(it -> VirtualRule.of(it).stream()))
        .toList();
  }
}
