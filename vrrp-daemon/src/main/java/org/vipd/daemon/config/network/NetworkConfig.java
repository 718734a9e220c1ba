package org.vipd.daemon.config.network;

import java.util.List;

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
}
