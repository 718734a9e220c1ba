package org.vipd.daemon.runtime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vipd.daemon.config.SyncGroup;
import org.vipd.daemon.group.GroupState;
import org.vipd.daemon.group.GroupView;
import org.vipd.daemon.group.Member;

/**
 * The sync groups and the routers in them: asks the rules and carries their answers to the other
 * members. A router without a group never comes here for more than one look.
 */
final class GroupTable {

  private final GroupVoice voice;
  private final Map<String, SyncGroup> groupOf = new HashMap<>();
  private final Map<String, ManagedRouter> routers = new HashMap<>();
  private final Map<String, GroupState> published = new HashMap<>();

  GroupTable(GroupVoice voice) {
    this.voice = voice;
  }

  /** Takes over groups and routers; nobody moves because of that. */
  void replace(List<SyncGroup> groups, List<ManagedRouter> all) {
    groupOf.clear();
    routers.clear();
    for (SyncGroup group : groups) {
      group.members().forEach(member -> groupOf.put(member, group));
    }
    all.forEach(router -> routers.put(router.config().name(), router));
    published.keySet().retainAll(groups.stream().map(SyncGroup::name).toList());
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

  /** What another member says against running. */
  Optional<Obstacle> obstacle(ManagedRouter router) {
    Optional<GroupView> view = view(router);
    return view.flatMap(it -> it.hindrance(router.config().name()))
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
      router.follow(member, true, nowNanos);
    }
  }

  /** A member went from Active to Backup: the others follow. */
  void fell(ManagedRouter router, long nowNanos) {
    String name = router.config().name();
    view(router)
        .ifPresent(
            view ->
                view.falling(name).forEach(it -> routers.get(it).follow(name, false, nowNanos)));
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

  private List<ManagedRouter> others(ManagedRouter router) {
    List<ManagedRouter> others = new ArrayList<>();
    SyncGroup group = groupOf.get(router.config().name());
    if (group != null) {
      for (String member : group.members()) {
        ManagedRouter other = routers.get(member);
        if (other != null && other != router) {
          others.add(other);
        }
      }
    }
    return others;
  }

  private Optional<GroupView> view(ManagedRouter router) {
    SyncGroup group = groupOf.get(router.config().name());
    if (group == null) {
      return Optional.empty();
    }
    List<Member> members = new ArrayList<>();
    for (String name : group.members()) {
      ManagedRouter member = routers.get(name);
      if (member != null) {
        members.add(member.membership().describe());
      }
    }
    return Optional.of(new GroupView(group.name(), members));
  }
}
