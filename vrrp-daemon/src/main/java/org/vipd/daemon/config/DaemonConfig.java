package org.vipd.daemon.config;

import java.util.List;
import java.util.Optional;
import org.vipd.daemon.config.global.GlobalConfig;
import org.vipd.daemon.config.network.NetworkConfig;
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

  /** The check of that name. */
  public Optional<CheckConfig> check(String name) {
    return checks.stream().filter(check -> check.name().equals(name)).findFirst();
  }

  /** The trackers that some instance depends on; only these are watched. */
  public TrackerConfig usedTrackers() {
    return new TrackerConfig(
        trackers.files().stream().filter(it -> isUsed(TrackKind.FILE, it.name())).toList(),
        trackers.processes().stream().filter(it -> isUsed(TrackKind.PROCESS, it.name())).toList(),
        trackers.sessions().stream().filter(it -> isUsed(TrackKind.BFD, it.name())).toList(),
        trackers.delays(),
        trackers.polled());
  }

  private boolean isUsed(TrackKind kind, String name) {
    return instances.stream()
        .flatMap(instance -> instance.extras().tracks().stream())
        .anyMatch(track -> track.kind() == kind && track.name().equals(name));
  }

  /** The checks that some instance tracks; only these are run. */
  public List<CheckConfig> trackedChecks() {
    return checks.stream().filter(check -> isTracked(check.name())).toList();
  }

  private boolean isTracked(String name) {
    return instances.stream()
        .flatMap(instance -> instance.tracks().stream())
        .anyMatch(track -> track.checkName().equals(name));
  }
}
