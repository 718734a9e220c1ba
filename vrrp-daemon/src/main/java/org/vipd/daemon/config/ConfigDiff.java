package org.vipd.daemon.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What differs between the configuration in force and a new one. Instances are matched by what they
 * are on the LAN (interface, family, VRID and version), not by name, so that a renamed instance
 * keeps its role.
 *
 * @param added instances that did not exist
 * @param removed instances that no longer exist
 * @param changed instances whose definition differs, with both definitions
 */
public record ConfigDiff(
    List<InstanceConfig> added, List<InstanceConfig> removed, List<Change> changed) {

  /** One instance before and after. */
  public record Change(InstanceConfig before, InstanceConfig after) {}

  /** Compares two configurations. */
  public static ConfigDiff between(DaemonConfig before, DaemonConfig after) {
    List<InstanceConfig> added = new ArrayList<>();
    List<Change> changed = new ArrayList<>();
    for (InstanceConfig instance : after.instances()) {
      Optional<InstanceConfig> old = sameRouter(before, instance);
      if (old.isEmpty()) {
        added.add(instance);
      } else if (!sameSettings(old.get(), instance)) {
        changed.add(new Change(old.get(), instance));
      }
    }
    List<InstanceConfig> removed =
        before.instances().stream().filter(old -> sameRouter(after, old).isEmpty()).toList();
    return new ConfigDiff(List.copyOf(added), removed, List.copyOf(changed));
  }

  private static Optional<InstanceConfig> sameRouter(DaemonConfig config, InstanceConfig instance) {
    return config.instances().stream()
        .filter(
            other -> other.key().equals(instance.key()) && other.version() == instance.version())
        .findFirst();
  }

  /** Whether two definitions differ in nothing but where they stand in the file. */
  private static boolean sameSettings(InstanceConfig one, InstanceConfig other) {
    return one.name().equals(other.name())
        && one.election().equals(other.election())
        && one.transport().equals(other.transport())
        && one.authentication().equals(other.authentication())
        && one.wire().equals(other.wire())
        && one.addresses().equals(other.addresses())
        && one.tracks().equals(other.tracks())
        && one.hooks().equals(other.hooks())
        && one.extras().actsLike(other.extras());
  }
}
