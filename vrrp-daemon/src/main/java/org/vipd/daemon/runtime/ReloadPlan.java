package org.vipd.daemon.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.vipd.daemon.config.CheckConfig;
import org.vipd.daemon.config.ConfigDiff;
import org.vipd.daemon.config.DaemonConfig;
import org.vipd.daemon.config.ElectionConfig;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.config.Place;
import org.vipd.daemon.config.VirtualAddressConfig;

/**
 * Says in words what a new configuration changes, and whether an address leaves this node because
 * of it.
 */
final class ReloadPlan {

  private static final Place NOWHERE = Place.ofFile("");

  private final Predicate<InstanceConfig> holdsAddresses;
  private final List<String> lines = new ArrayList<>();
  private boolean movesAddresses;

  private ReloadPlan(Predicate<InstanceConfig> holdsAddresses) {
    this.holdsAddresses = holdsAddresses;
  }

  /**
   * Compares two configurations.
   *
   * @param holdsAddresses whether an instance of the old configuration is Active now
   */
  static ReloadPlan of(
      DaemonConfig before, DaemonConfig after, Predicate<InstanceConfig> holdsAddresses) {
    ReloadPlan plan = new ReloadPlan(holdsAddresses);
    ConfigDiff diff = ConfigDiff.between(before, after);
    diff.removed().forEach(plan::removed);
    diff.added().forEach(plan::added);
    diff.changed().forEach(plan::changed);
    if (!settings(before.trackedChecks()).equals(settings(after.trackedChecks()))) {
      plan.lines.add("the set of health checks or their settings change");
    }
    return plan;
  }

  /** The checks as if all stood in the same place: where they stand in the file is no setting. */
  private static List<CheckConfig> settings(List<CheckConfig> checks) {
    return checks.stream().map(check -> check.at(NOWHERE)).toList();
  }

  List<String> lines() {
    return List.copyOf(lines);
  }

  boolean movesAddresses() {
    return movesAddresses;
  }

  private void removed(InstanceConfig instance) {
    boolean holds = holdsAddresses.test(instance);
    movesAddresses |= holds;
    lines.add(
        instance.name()
            + ": removed"
            + (holds ? "; this node resigns and gives up " + texts(instance.addresses()) : ""));
  }

  private void added(InstanceConfig instance) {
    lines.add(instance.name() + ": added, starts as BACKUP (an owner as MASTER)");
  }

  private void changed(ConfigDiff.Change change) {
    InstanceConfig before = change.before();
    InstanceConfig after = change.after();
    List<String> details = new ArrayList<>();
    describe(details, "name", before.name(), after.name());
    describeElection(details, before.election(), after.election());
    describe(details, "transport", before.transport(), after.transport());
    describe(details, "authentication", before.authentication(), after.authentication());
    describe(details, "packet settings", before.wire(), after.wire());
    describe(details, "tracked checks", before.tracks(), after.tracks());
    describe(details, "notify scripts", before.hooks(), after.hooks());
    describeAddresses(details, before, after);
    lines.add(
        after.name()
            + ": "
            + (details.isEmpty() ? "order of addresses" : String.join("; ", details)));
  }

  private static void describeElection(
      List<String> details, ElectionConfig before, ElectionConfig after) {
    describe(details, "priority", before.priority(), after.priority());
    describe(details, "interval", before.interval(), after.interval());
    describe(details, "preemption", before.preempts(), after.preempts());
    describe(details, "preemption delay", before.preemptDelay(), after.preemptDelay());
    describe(details, "announcements", before.announcements(), after.announcements());
  }

  private static void describe(List<String> details, String what, Object before, Object after) {
    if (before.equals(after)) {
      return;
    }
    boolean isShort = before.toString().length() + after.toString().length() < 60;
    details.add(what + (isShort ? " " + before + " -> " + after : " changes"));
  }

  private void describeAddresses(
      List<String> details, InstanceConfig before, InstanceConfig after) {
    List<VirtualAddressConfig> gone = without(before.addresses(), after.addresses());
    List<VirtualAddressConfig> fresh = without(after.addresses(), before.addresses());
    boolean holds = holdsAddresses.test(before);
    if (!gone.isEmpty()) {
      movesAddresses |= holds;
      details.add((holds ? "removes " : "no longer has ") + texts(gone));
    }
    if (!fresh.isEmpty()) {
      details.add((holds ? "installs and announces " : "also has ") + texts(fresh));
    }
  }

  private static List<VirtualAddressConfig> without(
      List<VirtualAddressConfig> all, List<VirtualAddressConfig> excluded) {
    return all.stream().filter(address -> !excluded.contains(address)).toList();
  }

  private static String texts(List<VirtualAddressConfig> addresses) {
    return String.join(", ", addresses.stream().map(VirtualAddressConfig::text).toList());
  }
}
