package org.vipd.daemon.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.vipd.daemon.config.CheckConfig;
import org.vipd.daemon.config.ConfigDiff;
import org.vipd.daemon.config.DaemonConfig;
import org.vipd.daemon.config.ElectionConfig;
import org.vipd.daemon.config.GlobalChanges;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.config.InstanceExtras;
import org.vipd.daemon.config.Place;
import org.vipd.daemon.config.SyncGroup;
import org.vipd.daemon.config.VirtualAddressConfig;

/**
 * Says in words what a new configuration changes, and whether an address leaves this node because
 * of it.
 */
final class ReloadPlan {

  private static final Place NOWHERE = Place.ofFile("");

  /**
   * What is affected beside the instances that differ.
   *
   * @param isOtherObservation whether other checks or trackers are to be watched, or otherwise
   * @param concernsAll whether any instance may depend on something that differs
   */
  record Scope(boolean isOtherObservation, boolean concernsAll) {}

  private final Predicate<InstanceConfig> holdsAddresses;
  private final List<String> lines = new ArrayList<>();
  private final ConfigDiff diff;
  private final Scope scope;
  private boolean movesAddresses;

  private ReloadPlan(ConfigDiff diff, Scope scope, Predicate<InstanceConfig> holdsAddresses) {
    this.diff = diff;
    this.scope = scope;
    this.holdsAddresses = holdsAddresses;
  }

  /**
   * Compares two configurations.
   *
   * @param holdsAddresses whether an instance of the old configuration is Active now
   */
  static ReloadPlan of(
      DaemonConfig before, DaemonConfig after, Predicate<InstanceConfig> holdsAddresses) {
    ConfigDiff diff = ConfigDiff.between(before, after);
    boolean areTrackersSame = before.trackers().actsLike(after.trackers());
    boolean isSame =
        tracksAlike(diff)
            && settings(before.checks()).equals(settings(after.checks()))
            && areTrackersSame;
    boolean isOtherChecks =
        !isSame && !settings(before.trackedChecks()).equals(settings(after.trackedChecks()));
    boolean areGrouped = !before.groups().isEmpty() || !after.groups().isEmpty();
    ReloadPlan plan =
        new ReloadPlan(diff, new Scope(!isSame, !isSame || areGrouped), holdsAddresses);
    diff.removed().forEach(plan::removed);
    diff.added().forEach(plan::added);
    diff.changed().forEach(plan::changed);
    plan.groups(before, after);
    if (isOtherChecks) {
      plan.observation("the set of health checks or their settings change", before);
    }
    if (!areTrackersSame) {
      plan.observation("the tracked files, processes or sessions or their settings change", before);
    }
    GlobalChanges.between(before, after).ifPresent(plan.lines::add);
    return plan;
  }

  /** What is watched decides about every instance that tracks something. */
  private void observation(String text, DaemonConfig before) {
    String held =
        before.instances().stream()
            .filter(it -> !it.tracks().isEmpty() || !it.extras().tracks().isEmpty())
            .filter(holdsAddresses)
            .map(InstanceConfig::name)
            .collect(Collectors.joining(", "));
    movesAddresses |= !held.isEmpty();
    lines.add(
        held.isEmpty() ? text : text + "; their results decide whether MASTER stays: " + held);
  }

  private static boolean tracksAlike(ConfigDiff diff) {
    return diff.added().isEmpty()
        && diff.removed().isEmpty()
        && diff.changed().stream()
            .allMatch(
                it ->
                    it.before().tracks().equals(it.after().tracks())
                        && it.before().extras().tracks().equals(it.after().extras().tracks()));
  }

  /** The checks as if all stood in the same place: where they stand in the file is no setting. */
  private static List<CheckConfig> settings(List<CheckConfig> checks) {
    return checks.stream().map(check -> check.at(NOWHERE)).toList();
  }

  /** What differs. */
  ConfigDiff diff() {
    return diff;
  }

  /** What is affected beside the instances that differ. */
  Scope scope() {
    return scope;
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
    describeExtras(details, before.extras(), after.extras());
    boolean hasOthers =
        !before.tracks().containsAll(after.tracks())
            || !before.extras().tracks().containsAll(after.extras().tracks());
    if (hasOthers && holdsAddresses.test(before)) {
      movesAddresses = true;
      details.add("it leaves MASTER if what it tracks now has failed");
    }
    describeAddresses(details, before, after);
    describeRole(details, before, after);
    lines.add(after.name() + ": " + String.join("; ", details));
  }

  /** What may come of it in the election, which other nodes decide as well. */
  private void describeRole(List<String> details, InstanceConfig before, InstanceConfig after) {
    int priority = after.election().priority().value() - before.election().priority().value();
    if (!holdsAddresses.test(before)) {
      boolean isPreempting = after.election().preempts() && !before.election().preempts();
      if (priority > 0 || isPreempting) {
        details.add("it takes over if its priority is the highest");
      }
      return;
    }
    if (priority < 0) {
      movesAddresses = true;
      details.add("it leaves MASTER if another node has a higher priority");
    }
    boolean isHeard =
        before.transport().equals(after.transport())
            && before.authentication().equals(after.authentication())
            && before.version() == after.version()
            && before.election().interval().equals(after.election().interval());
    if (!isHeard) {
      movesAddresses = true;
      details.add("nodes that are not changed alike no longer hear it and claim the addresses");
    }
  }

  private static void describeExtras(
      List<String> details, InstanceExtras before, InstanceExtras after) {
    describe(details, "what it tracks beside checks", before.tracks(), after.tracks());
    describe(details, "strict mode", before.isStrict(), after.isStrict());
    describe(details, "virtual interface", before.virtualInterface(), after.virtualInterface());
    describe(details, "routes", before.routes(), after.routes());
    describe(details, "rules", before.rules(), after.rules());
    describe(details, "other settings", before.settings(), after.settings());
    describe(details, "start state", before.startsAsMaster(), after.startsAsMaster());
  }

  /** Members of a group move together, so one that does not run takes the others with it. */
  private void groups(DaemonConfig before, DaemonConfig after) {
    List<SyncGroup> old = before.groups().stream().map(it -> it.at(NOWHERE)).toList();
    List<SyncGroup> fresh = after.groups().stream().map(it -> it.at(NOWHERE)).toList();
    for (SyncGroup group : fresh) {
      if (!old.contains(group)) {
        boolean isKnown = old.stream().anyMatch(it -> it.name().equals(group.name()));
        boolean holds = holds(before, group);
        movesAddresses |= holds;
        lines.add(
            "group "
                + group.name()
                + (isKnown ? ": changes" : ": added")
                + (holds ? "; a member that cannot run takes the MASTERs among " : "; members ")
                + String.join(", ", group.members())
                + (holds ? " with it" : ""));
      }
    }
    for (SyncGroup group : old) {
      if (fresh.stream().noneMatch(it -> it.name().equals(group.name()))) {
        lines.add("group " + group.name() + ": removed; its members move alone");
      }
    }
  }

  private boolean holds(DaemonConfig before, SyncGroup group) {
    return before.instances().stream()
        .anyMatch(it -> group.members().contains(it.name()) && holdsAddresses.test(it));
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
    boolean isOrder = gone.isEmpty() && fresh.isEmpty();
    if (isOrder && !before.addresses().equals(after.addresses())) {
      details.add("order of addresses");
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
