package org.vipd.daemon.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.vipd.daemon.config.CheckConfig;
import org.vipd.daemon.config.ConfigDiff;
import org.vipd.daemon.config.DaemonConfig;
import org.vipd.daemon.config.GlobalChanges;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.config.Place;
import org.vipd.daemon.config.SyncGroup;
import org.vipd.daemon.config.Transport;
import org.vipd.daemon.config.VirtualAddressConfig;
import org.vipd.protocol.value.IpAddress;

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

  /** What a plan asks about this node. */
  interface Situation {

    /** Whether an instance of the old configuration is Active now. */
    boolean holdsAddresses(InstanceConfig instance);

    /** The address that an instance would send from now, of either configuration. */
    Optional<IpAddress> sourceOf(InstanceConfig instance);

    /** What an instance would wait for; empty when its interfaces and addresses let it run. */
    List<Obstacle> obstaclesOf(InstanceConfig instance);
  }

  private final Situation situation;
  private final List<String> lines = new ArrayList<>();
  private final ConfigDiff diff;
  private final Scope scope;
  private boolean movesAddresses;

  private ReloadPlan(ConfigDiff diff, Scope scope, Situation situation) {
    this.diff = diff;
    this.scope = scope;
    this.situation = situation;
  }

  /** Compares two configurations. */
  static ReloadPlan of(DaemonConfig before, DaemonConfig after, Situation situation) {
    ConfigDiff diff = ConfigDiff.between(before, after);
    boolean areTrackersSame = before.trackers().actsLike(after.trackers());
    boolean isSame =
        tracksAlike(diff)
            && settings(before.checks()).equals(settings(after.checks()))
            && before.tiedInterfaces().equals(after.tiedInterfaces())
            && areTrackersSame;
    boolean isOtherChecks =
        !isSame && !settings(before.trackedChecks()).equals(settings(after.trackedChecks()));
    boolean areGrouped = !before.groups().isEmpty() || !after.groups().isEmpty();
    ReloadPlan plan = new ReloadPlan(diff, new Scope(!isSame, !isSame || areGrouped), situation);
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
            .filter(situation::holdsAddresses)
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
    boolean holds = situation.holdsAddresses(instance);
    movesAddresses |= holds;
    lines.add(
        instance.name()
            + ": removed"
            + (holds ? "; this node resigns and gives up " + texts(instance.addresses()) : ""));
  }

  private void added(InstanceConfig instance) {
    String obstacles =
        situation.obstaclesOf(instance).stream()
            .map(Obstacle::text)
            .collect(Collectors.joining("; "));
    lines.add(
        instance.name()
            + (obstacles.isEmpty()
                ? ": added, starts as BACKUP (an owner as MASTER)"
                : ": added, is in FAULT: " + obstacles));
  }

  private void changed(ConfigDiff.Change change) {
    InstanceConfig before = change.before();
    InstanceConfig after = change.after();
    List<String> details = new ArrayList<>(InstanceChanges.between(before, after));
    boolean hasOthers =
        !before.tracks().containsAll(after.tracks())
            || !before.extras().tracks().containsAll(after.extras().tracks());
    if (hasOthers && situation.holdsAddresses(before)) {
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
    if (!situation.holdsAddresses(before)) {
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
        isHeardByAll(before, after)
            && before.authentication().equals(after.authentication())
            && before.version() == after.version()
            && before.election().interval().equals(after.election().interval());
    if (!isHeard) {
      movesAddresses = true;
      details.add("nodes that are not changed alike no longer hear it and claim the addresses");
    }
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
        .anyMatch(it -> group.members().contains(it.name()) && situation.holdsAddresses(it));
  }

  /** Whether whoever heard the router before does so afterwards, from the address it knows. */
  private boolean isHeardByAll(InstanceConfig before, InstanceConfig after) {
    Transport old = before.transport();
    Transport fresh = after.transport();
    boolean isUnicast = old instanceof Transport.Unicast;
    boolean isSameSource =
        !isUnicast || situation.sourceOf(before).equals(situation.sourceOf(after));
    return old.getClass().equals(fresh.getClass())
        && fresh.destinations().containsAll(old.destinations())
        && isSameSource;
  }

  private void describeAddresses(
      List<String> details, InstanceConfig before, InstanceConfig after) {
    List<VirtualAddressConfig> gone = without(before.addresses(), after.addresses());
    List<VirtualAddressConfig> fresh = without(after.addresses(), before.addresses());
    List<VirtualAddressConfig> rewritten = fresh.stream().filter(it -> isIn(it, gone)).toList();
    List<VirtualAddressConfig> lost = gone.stream().filter(it -> !isIn(it, fresh)).toList();
    boolean holds = situation.holdsAddresses(before);
    if (!lost.isEmpty()) {
      movesAddresses |= holds;
      details.add((holds ? "removes " : "no longer has ") + texts(lost));
    }
    if (!rewritten.isEmpty()) {
      details.add(
          (holds ? "removes and at once installs with other settings " : "has other settings of ")
              + texts(rewritten));
    }
    if (gone.isEmpty() && fresh.isEmpty() && !before.addresses().equals(after.addresses())) {
      details.add("order of addresses");
    }
    List<VirtualAddressConfig> added = without(fresh, rewritten);
    if (!added.isEmpty()) {
      details.add((holds ? "installs and announces " : "also has ") + texts(added));
    }
  }

  private static boolean isIn(VirtualAddressConfig address, List<VirtualAddressConfig> others) {
    return others.stream().anyMatch(it -> it.text().equals(address.text()));
  }

  private static List<VirtualAddressConfig> without(
      List<VirtualAddressConfig> all, List<VirtualAddressConfig> excluded) {
    return all.stream().filter(address -> !excluded.contains(address)).toList();
  }

  private static String texts(List<VirtualAddressConfig> addresses) {
    return String.join(", ", addresses.stream().map(VirtualAddressConfig::text).toList());
  }
}
