package org.vipd.daemon.config;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.vipd.daemon.config.global.GlobalConfig;
import org.vipd.daemon.config.network.NetworkConfig;
import org.vipd.daemon.config.track.NamedTrack;
import org.vipd.daemon.config.track.TrackKind;
import org.vipd.daemon.config.track.TrackerConfig;

/**
 * A whole configuration.
 *
 * @param routerId name of this router in messages; empty when the host name serves
 * @param instances the virtual routers, in the order of the file
 * @param checks the health checks that at least one instance tracks or that merely exist
 * @param groups instances that change their role together
 * @param trackers what instances can depend on beside checks
 * @param network what is set up beside the instances
 * @param global what concerns the daemon as a whole
 */
public record DaemonConfig(
    Optional<String> routerId,
    List<InstanceConfig> instances,
    List<CheckConfig> checks,
    List<SyncGroup> groups,
    TrackerConfig trackers,
    NetworkConfig network,
    GlobalConfig global) {

  /** Where static addresses go that name no interface, as in keepalived. */
  private static final String USUAL_INTERFACE = "eth0";

  public DaemonConfig {
    instances = List.copyOf(instances);
    checks = List.copyOf(checks);
    groups = List.copyOf(groups);
  }

  /** A configuration of instances and checks alone. */
  public DaemonConfig(
      Optional<String> routerId, List<InstanceConfig> instances, List<CheckConfig> checks) {
    this(
        routerId,
        instances,
        checks,
        List.of(),
        TrackerConfig.NONE,
        NetworkConfig.NONE,
        GlobalConfig.DEFAULT);
  }

  /** The same with other instances. */
  DaemonConfig withInstances(List<InstanceConfig> others) {
    return new DaemonConfig(routerId, others, checks, groups, trackers, network, global);
  }

  /** The same in which each member of a group tracks what its group tracks. */
  public DaemonConfig withSharedTracks() {
    return withInstances(instances.stream().map(this::withSharedTracks).toList());
  }

  private InstanceConfig withSharedTracks(InstanceConfig instance) {
    TrackWeights weights = new TrackWeights(checks, trackers);
    return groupOf(instance.name())
        .map(group -> group.shareWith(instance, weights))
        .orElse(instance);
  }

  /** The group that an instance is in. */
  public Optional<SyncGroup> groupOf(String instance) {
    return groups.stream().filter(it -> it.members().contains(instance)).findFirst();
  }

  /** The same without what instances say although it is understood. */
  public DaemonConfig withImpliedDevices() {
    return withInstances(instances.stream().map(InstanceConfig::withImpliedDevices).toList());
  }

  /** Whether there is nothing to put on this host. */
  public boolean isEmpty() {
    return instances.isEmpty() && network.isEmpty();
  }

  /** The static routes and rules that can be installed, in that order. */
  public List<RoutingEntry> staticEntries() {
    return network.routingEntries();
  }

  /** The static addresses, each with the interface it belongs on. */
  public List<VirtualAddressConfig> staticAddresses() {
    if (network.addresses().isEmpty()) {
      return List.of();
    }
    String usual = global.settings().word("default_interface").orElse(USUAL_INTERFACE);
    return network.addresses().stream().map(it -> it.address().on(usual)).toList();
  }

  /**
   * The interfaces of static entries that an instance is tied to by a track group: without one of
   * them it must not run.
   */
  public Map<String, Set<String>> tiedInterfaces() {
    return network.trackGroups().isEmpty()
        ? Map.of()
        : network.tiedInterfaces(
            global.settings().word("default_interface").orElse(USUAL_INTERFACE));
  }

  /** The check of that name. */
  public Optional<CheckConfig> check(String name) {
    return checks.stream().filter(check -> check.name().equals(name)).findFirst();
  }

  /** The trackers that some instance depends on; only these are watched. */
  public TrackerConfig usedTrackers() {
    Set<String> files = used(TrackKind.FILE);
    Set<String> processes = used(TrackKind.PROCESS);
    Set<String> sessions = used(TrackKind.BFD);
    return new TrackerConfig(
        trackers.files().stream().filter(it -> files.contains(it.name())).toList(),
        trackers.processes().stream().filter(it -> processes.contains(it.name())).toList(),
        trackers.sessions().stream().filter(it -> sessions.contains(it.name())).toList(),
        trackers.delays(),
        trackers.polled());
  }

  private Set<String> used(TrackKind kind) {
    Set<String> names = new HashSet<>();
    for (InstanceConfig instance : instances) {
      for (NamedTrack track : instance.extras().tracks()) {
        if (track.kind() == kind) {
          names.add(track.name());
        }
      }
    }
    return names;
  }

  /** The checks that some instance tracks; only these are run. */
  public List<CheckConfig> trackedChecks() {
    Set<String> tracked = new HashSet<>();
    for (InstanceConfig instance : instances) {
      instance.tracks().forEach(track -> tracked.add(track.checkName()));
    }
    return checks.stream().filter(check -> tracked.contains(check.name())).toList();
  }
}
