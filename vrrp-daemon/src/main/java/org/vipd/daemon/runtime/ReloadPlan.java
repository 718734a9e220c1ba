package org.vipd.daemon.runtime;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    /**
     * What an instance would wait for; empty when interfaces and addresses let it run.
     *
     * @param tied interfaces that it must not run without beside its own
     */
    List<Obstacle> obstaclesOf(InstanceConfig instance, Set<String> tied);
  }

  private final Situation situation;
  private final List<String> lines = new ArrayList<>();
  private final ConfigDiff diff;
  private final Scope scope;
  private final Set<String> faulty = new LinkedHashSet<>();
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
    Map<String, Set<String>> tied = after.tiedInterfaces();
    diff.added().forEach(it -> plan.added(it, tied.getOrDefault(it.name(), Set.of())));
    diff.changed()
        .forEach(it -> plan.changed(it, plan.faults(it.before(), it.after(), before, after)));
    plan.unchanged(before, after);
    plan.groups(before, after);
    plan.dragged(before, after);
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
            + Succession.of(instance, diff.added()).map(it -> ", because " + it).orElse("")
            + (holds ? "; this node resigns and gives up " + belongings(instance) : ""));
  }

  private static String belongings(InstanceConfig instance) {
    return Stream.concat(
            instance.addresses().stream().map(VirtualAddressConfig::text),
            instance.extras().routingEntries().stream().map(it -> it.noun() + " " + it.text()))
        .collect(Collectors.joining(", "));
  }

  private void added(InstanceConfig instance, Set<String> tied) {
    String obstacles = text(situation.obstaclesOf(instance, tied));
    if (!obstacles.isEmpty()) {
      faulty.add(instance.name());
    }
    lines.add(
        instance.name()
            + (obstacles.isEmpty()
                ? ": added, starts as BACKUP (an owner as MASTER)"
                : ": added, is in FAULT: " + obstacles));
  }

  private static String text(List<Obstacle> obstacles) {
    return obstacles.stream().map(Obstacle::text).collect(Collectors.joining("; "));
  }

  /** Why an instance that is there already does not run any more; empty when it goes on. */
  private String faults(
      InstanceConfig instance, InstanceConfig then, DaemonConfig before, DaemonConfig after) {
    Set<String> tied = before.tiedInterfaces().getOrDefault(instance.name(), Set.of());
    Set<String> tiedThen = after.tiedInterfaces().getOrDefault(then.name(), Set.of());
    List<Obstacle> fresh = new ArrayList<>(situation.obstaclesOf(then, tiedThen));
    fresh.removeAll(situation.obstaclesOf(instance, tied));
    if (!fresh.isEmpty()) {
      faulty.add(then.name());
      movesAddresses |= situation.holdsAddresses(instance);
    }
    return text(fresh);
  }

  /** An instance may be tied to other interfaces by static entries and groups of the file. */
  private void unchanged(DaemonConfig before, DaemonConfig after) {
    if (before.tiedInterfaces().equals(after.tiedInterfaces())) {
      return;
    }
    for (InstanceConfig instance : before.instances()) {
      boolean isSame =
          !diff.removed().contains(instance)
              && diff.changed().stream().noneMatch(it -> it.before().equals(instance));
      String why = isSame ? faults(instance, instance, before, after) : "";
      if (!why.isEmpty()) {
        lines.add(instance.name() + ": goes to FAULT: " + why);
      }
    }
  }

  /** Members of a group stop with one that cannot run. */
  private void dragged(DaemonConfig before, DaemonConfig after) {
    for (SyncGroup group : after.groups()) {
      List<String> cannot = group.members().stream().filter(faulty::contains).toList();
      List<String> others = group.members().stream().filter(it -> !cannot.contains(it)).toList();
      if (!cannot.isEmpty() && !others.isEmpty()) {
        movesAddresses |= holds(before, group);
        lines.add(
            "group "
                + group.name()
                + ": without "
                + String.join(", ", cannot)
                + " none of the others runs: "
                + String.join(", ", others));
      }
    }
  }

  private void changed(ConfigDiff.Change change, String faults) {
    InstanceConfig before = change.before();
    InstanceConfig after = change.after();
    boolean holds = situation.holdsAddresses(before);
    List<String> details = new ArrayList<>(InstanceChanges.between(before, after, holds));
    boolean hasOthers =
        !before.tracks().containsAll(after.tracks())
            || !before.extras().tracks().containsAll(after.extras().tracks());
    if (hasOthers && holds) {
      movesAddresses = true;
      details.add("it leaves MASTER if what it tracks now has failed");
    }
    if (!faults.isEmpty()) {
      details.add("goes to FAULT: " + faults);
    }
    AddressChanges addresses = AddressChanges.between(before, after);
    movesAddresses |= holds && addresses.losesSome();
    details.addAll(addresses.details(holds));
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
                + (holds
                    ? "; a member that does not become MASTER takes the MASTERs among "
                    : "; members ")
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
}
