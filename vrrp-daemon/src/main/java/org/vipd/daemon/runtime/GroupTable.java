package org.vipd.daemon.runtime;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.vipd.daemon.config.SyncGroup;
import org.vipd.daemon.group.GroupState;
import org.vipd.daemon.group.GroupView;
import org.vipd.daemon.group.Member;
import org.vipd.protocol.machine.StateKind;
import org.vipd.protocol.machine.VirtualRouter;

/**
 * The sync groups and the routers in them: asks the rules and carries their answers to the other
 * members. A router without a group never comes here for more than one look.
 */
final class GroupTable {

  private final GroupVoice voice;
  private final Map<String, SyncGroup> groupOf = new HashMap<>();
  private final Map<String, ManagedRouter> routers = new HashMap<>();
  private final Map<String, GroupState> published = new HashMap<>();

  /** When the members of groups that are split since a reload have to be together. */
  private final Map<String, Long> togetherByNanos = new HashMap<>();

  /** The earliest of them, which every turn asks for. */
  private long deadlineNanos = Long.MAX_VALUE;

  /** Whether members resign together: none of them falls because another did. */
  private boolean resignsTogether;

  GroupTable(GroupVoice voice) {
    this.voice = voice;
  }

  /** Takes over groups and routers; nobody moves at once because of that. */
  void replace(List<SyncGroup> groups, List<ManagedRouter> all, long nowNanos) {
    // a member that is added now has its own time, whatever was before
    togetherByNanos.keySet().removeIf(name -> !isSplit(name));
    groupOf.clear();
    routers.clear();
    for (SyncGroup group : groups) {
      group.members().forEach(member -> groupOf.put(member, group));
    }
    all.forEach(router -> routers.put(router.config().name(), router));
    List<String> names = groups.stream().map(SyncGroup::name).toList();
    published.keySet().retainAll(names);
    togetherByNanos.keySet().retainAll(names);
    groups.stream()
        .filter(group -> view(group).isSplit())
        .forEach(it -> togetherByNanos.putIfAbsent(it.name(), nowNanos + patienceNanos(it)));
    findDeadline();
  }

  private boolean isSplit(String name) {
    return groups().stream().anyMatch(it -> it.name().equals(name) && view(it).isSplit());
  }

  private void findDeadline() {
    deadlineNanos =
        togetherByNanos.values().stream().mapToLong(it -> it).min().orElse(Long.MAX_VALUE);
  }

  /** A member that hears nobody has become Active by then. */
  private long patienceNanos(SyncGroup group) {
    return routersOf(group).stream()
        .map(ManagedRouter::machine)
        .filter(it -> it.kind() != StateKind.ACTIVE)
        .mapToLong(VirtualRouter::activeDownNanos)
        .max()
        .orElse(0);
  }

  /** When {@link #unite} wants to be called; {@link Long#MAX_VALUE} for never. */
  long deadlineNanos() {
    return deadlineNanos;
  }

  /** A member starts as a Backup: when others are Active already, they do not stay apart. */
  void startsAsBackup(ManagedRouter router, long nowNanos) {
    SyncGroup group = groupOf.get(router.config().name());
    if (group != null && !view(group).active().isEmpty()) {
      togetherByNanos.putIfAbsent(group.name(), nowNanos + patienceNanos(group));
      findDeadline();
    }
  }

  /**
   * Members that a reload put together and that are still apart when each could have become Active:
   * when one of them follows somebody else, or cannot run, those that are Active give up. Whoever
   * has the other member is asked to take theirs, too. A member that waits, for a first result or a
   * first frame, is waited for.
   */
  void unite(long nowNanos) {
    if (deadlineNanos > nowNanos) {
      return;
    }
    for (SyncGroup group : groups()) {
      if (togetherByNanos.getOrDefault(group.name(), Long.MAX_VALUE) <= nowNanos) {
        togetherByNanos.remove(group.name());
        unite(group, nowNanos);
      }
    }
    findDeadline();
  }

  private void unite(SyncGroup group, long nowNanos) {
    GroupView view = view(group);
    if (!view.isSplit()) {
      return;
    }
    Optional<String> other =
        view.notActive().stream()
            .filter(it -> routers.get(it).membership().staysAway(nowNanos))
            .findFirst();
    if (other.isEmpty()) {
      togetherByNanos.put(group.name(), nowNanos + patienceNanos(group));
      return;
    }
    voice.split(view);
    resignsTogether = true;
    try {
      for (String member : view.falling(other.get())) {
        routers.get(member).follow(it -> it.resign(other.get(), nowNanos), nowNanos);
      }
    } finally {
      resignsTogether = false;
    }
  }

  boolean isGrouped(ManagedRouter router) {
    return !groupOf.isEmpty() && groupOf.containsKey(router.config().name());
  }

  /** Whether a member whose time has come may become Active now. */
  boolean mayRise(ManagedRouter router) {
    return view(router).map(it -> it.mayRise(router.config().name())).orElse(true);
  }

  /**
   * A member is about to claim its addresses: the others, which follow it, see whether they may.
   */
  void decideWith(ManagedRouter router, long nowNanos) {
    if (mayRise(router)) {
      for (ManagedRouter other : others(router)) {
        if (other.foreigners().claim().decide(nowNanos)) {
          other.evaluate(nowNanos);
        }
      }
    }
  }

  /** Whether all other members have resumed or are about to. */
  boolean mayResume(ManagedRouter router) {
    return others(router).stream()
        .allMatch(
            it ->
                it.machine().kind() == StateKind.ACTIVE
                    || (it.machine().kind() == StateKind.INITIALIZE && it.hasChanceToResume()));
  }

  /** What another member says against running; one that runs does not stop for one that waits. */
  Optional<Obstacle> obstacle(ManagedRouter router) {
    boolean runs = router.machine().kind() != StateKind.INITIALIZE;
    Optional<GroupView> view = view(router);
    return view.flatMap(it -> it.hindrance(router.config().name()))
        .filter(member -> !runs || member.condition() == Member.Condition.FAULT)
        .map(member -> obstacle(view.get().name(), member));
  }

  private static Obstacle obstacle(String group, Member member) {
    String where = member.name() + " of group " + group;
    return member.condition() == Member.Condition.FAULT
        ? new Obstacle(Obstacle.Kind.GROUP, where + " is in FAULT")
        : new Obstacle(Obstacle.Kind.CHECK_PENDING, "waiting for " + where);
  }

  /** Whether another member still waits for its script before it gives its addresses up. */
  boolean isHeldBack(ManagedRouter router) {
    return others(router).stream().anyMatch(it -> it.beforeRelease().isRunning());
  }

  /** A member can run, or cannot, other than before: the others look again. */
  void conditionChanged(ManagedRouter router, long nowNanos) {
    others(router).forEach(it -> it.evaluate(nowNanos));
  }

  /** A member became Active: the others follow. */
  void rose(ManagedRouter router, long nowNanos) {
    String name = router.config().name();
    view(router)
        .ifPresent(view -> view.rising(name).forEach(it -> rise(routers.get(it), name, nowNanos)));
  }

  private static void rise(ManagedRouter router, String member, long nowNanos) {
    if (router.foreigners().otherDaemon().mustYield(nowNanos)) {
      router.evaluate(nowNanos);
    } else {
      router.follow(it -> it.rise(member, nowNanos), nowNanos);
    }
  }

  /** A member went from Active to Backup: the others follow. */
  void fell(ManagedRouter router, long nowNanos) {
    if (resignsTogether) {
      return;
    }
    String name = router.config().name();
    view(router)
        .ifPresent(view -> view.falling(name).forEach(it -> fall(routers.get(it), name, nowNanos)));
  }

  private static void fall(ManagedRouter router, String member, long nowNanos) {
    router.follow(it -> it.fall(member, nowNanos), nowNanos);
  }

  /** Tells of the group's state when all members have reached it. */
  void publish(ManagedRouter router) {
    Optional<GroupView> view = view(router);
    Optional<GroupState> state = view.flatMap(GroupView::state);
    if (state.isEmpty()
        || state.get() == published.getOrDefault(view.get().name(), GroupState.INIT)) {
      return;
    }
    SyncGroup group = groupOf.get(router.config().name());
    GroupState before = published.getOrDefault(group.name(), GroupState.INIT);
    published.put(group.name(), state.get());
    voice.changed(group, before, state.get(), router.chronicle().causes());
  }

  /** Tells that a stopped group has stopped, after its members. */
  void publishStops() {
    for (SyncGroup group : groups()) {
      voice.stopped(
          group, stateOf(group), routers.get(group.members().get(0)).chronicle().causes());
    }
  }

  /** Tells again in which state the groups are. */
  void repeatStates() {
    groups().forEach(group -> voice.repeat(group, stateOf(group)));
  }

  private List<SyncGroup> groups() {
    return groupOf.values().stream().distinct().toList();
  }

  private GroupState stateOf(SyncGroup group) {
    return published.getOrDefault(group.name(), GroupState.INIT);
  }

  /** The other members of its group. */
  List<ManagedRouter> others(ManagedRouter router) {
    SyncGroup group = groupOf.get(router.config().name());
    return group == null
        ? List.of()
        : routersOf(group).stream().filter(it -> it != router).toList();
  }

  private List<ManagedRouter> routersOf(SyncGroup group) {
    return group.members().stream().map(routers::get).filter(Objects::nonNull).toList();
  }

  private Optional<GroupView> view(ManagedRouter router) {
    return Optional.ofNullable(groupOf.get(router.config().name())).map(this::view);
  }

  private GroupView view(SyncGroup group) {
    return new GroupView(
        group.name(), routersOf(group).stream().map(it -> it.membership().describe()).toList());
  }
}
