package org.vipd.daemon.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vipd.protocol.value.RouterKey;
import org.vipd.protocol.value.VrrpVersion;

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
  public record Change(InstanceConfig before, InstanceConfig after) {

    /** The addresses that only one of them has, or that they have in another way. */
    public List<VirtualAddressConfig> addressesOfOne() {
      List<VirtualAddressConfig> all = new ArrayList<>(before.addresses());
      all.removeAll(after.addresses());
      after.addresses().stream().filter(it -> !before.addresses().contains(it)).forEach(all::add);
      return all;
    }
  }

  /** What an instance is on the LAN. */
  private record Identity(RouterKey key, VrrpVersion version) {

    static Identity of(InstanceConfig instance) {
      return new Identity(instance.key(), instance.version());
    }

    /** By hand, as in every record that a start compares: docs/decisions/0008. */
    @Override
    public boolean equals(Object other) {
      return other instanceof Identity same && key.equals(same.key) && version == same.version;
    }

    @Override
    public int hashCode() {
      return key.hashCode() * 31 + version.hashCode();
    }
  }

  /** Compares two configurations; quick where the same objects begin and end both. */
  public static ConfigDiff between(DaemonConfig before, DaemonConfig after) {
    int start = alike(before.instances(), after.instances(), 0, 1);
    int end = alike(before.instances(), after.instances(), start, -1);
    Map<Identity, InstanceConfig> old =
        byIdentity(before.instances().subList(start, before.instances().size() - end));
    List<InstanceConfig> added = new ArrayList<>();
    List<Change> changed = new ArrayList<>();
    for (InstanceConfig instance :
        after.instances().subList(start, after.instances().size() - end)) {
      InstanceConfig same = old.remove(Identity.of(instance));
      if (same == null) {
        added.add(instance);
      } else if (!isSame(same, instance)) {
        changed.add(new Change(same, instance));
      }
    }
    return new ConfigDiff(List.copyOf(added), List.copyOf(old.values()), List.copyOf(changed));
  }

  /** How many objects are the same, from either end, beside those that are known to be. */
  @SuppressWarnings("ReferenceEquality") // that is the point
  private static int alike(
      List<InstanceConfig> before, List<InstanceConfig> after, int known, int step) {
    int most = Math.min(before.size(), after.size()) - known;
    int one = step > 0 ? 0 : before.size() - 1;
    int other = step > 0 ? 0 : after.size() - 1;
    int count = 0;
    while (count < most && before.get(one + step * count) == after.get(other + step * count)) {
      count++;
    }
    return count;
  }

  /**
   * A configuration in which every instance that is in an earlier one already, perhaps in another
   * place of the file, is the very same object. Comparing it with the earlier one costs nothing
   * then; this here takes time and is done where nobody waits.
   */
  public static DaemonConfig sharing(DaemonConfig earlier, DaemonConfig config) {
    Map<Identity, InstanceConfig> known = byIdentity(earlier.instances());
    return config.withInstances(
        config.instances().stream()
            .map(
                instance -> {
                  InstanceConfig same = known.get(Identity.of(instance));
                  return same != null && sameSettings(same, instance) ? same : instance;
                })
            .toList());
  }

  /**
   * In the order of the file; of two with the same identity, which no reader lets pass, the first.
   */
  private static Map<Identity, InstanceConfig> byIdentity(List<InstanceConfig> all) {
    Map<Identity, InstanceConfig> instances = new LinkedHashMap<>();
    all.forEach(it -> instances.putIfAbsent(Identity.of(it), it));
    return instances;
  }

  @SuppressWarnings("ReferenceEquality") // the quick answer first
  private static boolean isSame(InstanceConfig one, InstanceConfig other) {
    return one == other || sameSettings(one, other);
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
