package org.vipd.daemon.config.network;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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

  /**
   * The interfaces of the entries of each track group, by the names of the instances in it.
   *
   * @param usual where an address is that names no interface
   */
  public Map<String, Set<String>> tiedInterfaces(String usual) {
    Map<String, Set<String>> ofGroup = new HashMap<>();
    for (StaticAddress it : addresses) {
      tie(ofGroup, it.trackGroup(), Optional.of(it.address().device().orElse(usual)));
    }
    // a rule waits for its interface, and a route without one goes where its gateway is
    for (KernelEntry it : routes) {
      Optional<String> device = VirtualRoute.of(it).flatMap(VirtualRoute::device);
      tie(ofGroup, it.trackGroup(), device);
    }
    Map<String, Set<String>> ofInstance = new HashMap<>();
    for (TrackGroup group : trackGroups) {
      for (String member : group.members()) {
        ofInstance
            .computeIfAbsent(member, name -> new TreeSet<>())
            .addAll(ofGroup.getOrDefault(group.name(), Set.of()));
      }
    }
    return ofInstance;
  }

  private static void tie(
      Map<String, Set<String>> ofGroup, Optional<String> group, Optional<String> device) {
    if (group.isPresent() && device.isPresent()) {
      ofGroup.computeIfAbsent(group.get(), name -> new TreeSet<>()).add(device.get());
    }
  }
}
