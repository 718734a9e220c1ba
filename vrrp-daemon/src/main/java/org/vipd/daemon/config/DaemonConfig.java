package org.vipd.daemon.config;

import java.util.List;
import java.util.Optional;

/**
 * A whole configuration.
 *
 * @param routerId name of this router in messages; empty when the host name serves
 * @param instances the virtual routers, in the order of the file
 * @param checks the health checks that at least one instance tracks or that merely exist
 */
public record DaemonConfig(
    Optional<String> routerId, List<InstanceConfig> instances, List<CheckConfig> checks) {

  public DaemonConfig {
    instances = List.copyOf(instances);
    checks = List.copyOf(checks);
  }

  /** The check of that name. */
  public Optional<CheckConfig> check(String name) {
    return checks.stream().filter(check -> check.name().equals(name)).findFirst();
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
