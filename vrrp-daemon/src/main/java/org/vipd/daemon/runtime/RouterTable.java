package org.vipd.daemon.runtime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.vipd.daemon.config.ConfigDiff;
import org.vipd.daemon.config.DaemonConfig;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.config.RoutingEntry;
import org.vipd.daemon.event.Event;
import org.vipd.protocol.machine.ShutdownCause;
import org.vipd.protocol.machine.StateKind;
import org.vipd.protocol.value.IpAddress;

/** All virtual routers, in the order of the configuration. */
final class RouterTable implements ReloadPlan.Situation {

  /** Asking this many for their deadlines costs nothing. */
  private static final int FEW = 8;

  /** A lower bound nearer than this is made exact, so that nobody wakes up for nothing. */
  private static final long NEAR_NANOS = 60_000_000L;

  /** A wake-up later than this is a sleep of the host. */
  static final long LATE_NANOS = 50_000_000L;

  private final List<ManagedRouter> routers = new ArrayList<>();
  private final RouterContext context;
  private final LostRoutes lostRoutes = new LostRoutes();
  private final Leftovers leftovers;
  private boolean areRoutesWaiting;

  RouterTable(RouterContext context) {
    this.context = context;
    this.leftovers = new Leftovers(context);
  }

  /**
   * Replaces the configuration and changes only what differs.
   *
   * @param concernsAll whether something that more than one router depends on is different, too
   */
  void apply(ConfigDiff diff, DaemonConfig after, boolean concernsAll, long nowNanos) {
    boolean isStart = routers.isEmpty();
    IdentityHashMap<InstanceConfig, ManagedRouter> concerned = new IdentityHashMap<>();
    List<ManagedRouter> gone = new ArrayList<>();
    if (!isStart) {
      knowAddresses(diff);
    }
    for (InstanceConfig removed : diff.removed()) {
      ManagedRouter router = find(removed);
      gone.add(router);
      router.stop(ShutdownCause.REMOVED, nowNanos);
    }
    routers.removeAll(gone);
    for (ConfigDiff.Change change : diff.changed()) {
      // before anybody installs: an address may move from one instance to another
      ManagedRouter router = find(change.before());
      concerned.put(change.after(), router);
      router.release(change.after());
    }
    for (ConfigDiff.Change change : diff.changed()) {
      concerned.get(change.after()).redefine(change.after(), nowNanos);
    }
    for (InstanceConfig added : diff.added()) {
      ManagedRouter router = new ManagedRouter(context, added, new Resumption(context, isStart));
      concerned.put(added, router);
      routers.add(router);
    }
    sortLike(after);
    context.tables().groups().replace(after.groups(), routers, nowNanos);
    if (concernsAll || isStart) {
      evaluateAll(nowNanos);
    } else {
      evaluate(concerned.keySet(), concernsSources(diff), nowNanos);
    }
  }

  /** The other routers depend on nothing that is different, but perhaps on an address. */
  private void evaluate(Set<InstanceConfig> concerned, boolean isOtherSource, long nowNanos) {
    for (ManagedRouter router : routers) {
      if (concerned.contains(router.config()) || (isOtherSource && sendsFromOther(router))) {
        router.evaluate(nowNanos);
      }
    }
  }

  /** Whether it would send from another address than it does. */
  private boolean sendsFromOther(ManagedRouter router) {
    return !new ReadinessCheck(context, router.config())
        .primaryAddress()
        .equals(Optional.of(router.primaryAddress()));
  }

  /** Before the routers start: knows their addresses, and removes what a former run has left. */
  void removeLeftovers(DaemonConfig config) {
    config.instances().forEach(context.tables().virtualAddresses()::add);
    leftovers.remove(config);
  }

  private void knowAddresses(ConfigDiff diff) {
    VirtualAddresses known = context.tables().virtualAddresses();
    diff.removed().forEach(known::remove);
    diff.changed().forEach(change -> known.remove(change.before()));
    diff.changed().forEach(change -> known.add(change.after()));
    diff.added().forEach(known::add);
  }

  /** Whether an address of this host becomes virtual or ceases to be: others may send from it. */
  private boolean concernsSources(ConfigDiff diff) {
    return Stream.of(
            diff.removed().stream().flatMap(it -> it.addresses().stream()),
            diff.added().stream().flatMap(it -> it.addresses().stream()),
            diff.changed().stream().flatMap(it -> it.addressesOfOne().stream()))
        .flatMap(it -> it)
        .anyMatch(it -> context.interfaces().hasUsable(it.address()));
  }

  private ManagedRouter find(InstanceConfig config) {
    for (ManagedRouter router : routers) {
      if (isSame(router.config(), config)) {
        return router;
      }
    }
    throw new NoSuchElementException("no router of " + config.name());
  }

  private static boolean isSame(InstanceConfig one, InstanceConfig other) {
    return one.key().equals(other.key()) && one.version() == other.version();
  }

  private void sortLike(DaemonConfig config) {
    List<InstanceConfig> wanted = config.instances();
    boolean isSorted = true;
    for (int i = 0; i < wanted.size() && isSorted; i++) {
      isSorted = isSame(routers.get(i).config(), wanted.get(i));
    }
    if (isSorted) {
      return;
    }
    Map<Object, ManagedRouter> known = new HashMap<>();
    routers.forEach(it -> known.put(identity(it.config()), it));
    routers.clear();
    wanted.forEach(it -> routers.add(known.get(identity(it))));
  }

  private static List<Object> identity(InstanceConfig config) {
    return List.of(config.key(), config.version());
  }

  void evaluateAll(long nowNanos) {
    for (ManagedRouter router : routers) {
      router.evaluate(nowNanos);
    }
  }

  /** Looks again at routers that wait for something or lost their channel. */
  void evaluateWaiting(long nowNanos) {
    for (ManagedRouter router : routers) {
      boolean lostChannel = router.segment().filter(Segment::isBroken).isPresent();
      if (lostChannel || !router.readiness().isReady()) {
        router.evaluate(nowNanos);
      }
      router.repairAddresses();
    }
  }

  /** Before this time no router has something to do. */
  long deadlineNanos(long nowNanos) {
    EarliestDeadline earliest = context.tables().earliest();
    boolean isNear = routers.size() <= FEW || earliest.nanos() - NEAR_NANOS < nowNanos;
    if (isNear && !earliest.isExact()) {
      askAll();
    }
    long ofAll = Math.min(lostRoutes.deadlineNanos(), context.tables().groups().deadlineNanos());
    return areRoutesWaiting ? nowNanos : Math.min(earliest.nanos(), ofAll);
  }

  /** Does what is due in every router. */
  void tick(long nowNanos) {
    repairRoutes(nowNanos);
    if (nowNanos >= context.tables().earliest().nanos()) {
      tickRouters(nowNanos);
    }
    context.tables().groups().unite(nowNanos);
    leftovers.removeUnserved(routers);
  }

  private void tickRouters(long nowNanos) {
    for (int i = 0; i < routers.size() && isAwakeSince(nowNanos); i++) {
      if (routers.get(i).deadlineNanos() <= nowNanos) {
        routers.get(i).tick(nowNanos);
      }
    }
    askAll();
  }

  /**
   * Whether a turn goes on as it began. When the process was stopped in the middle of it, others
   * may have claimed since: the rest waits for the next turn, which reads first and counts the
   * sleep.
   */
  private boolean isAwakeSince(long nowNanos) {
    return context.clock().nanos() - nowNanos <= LATE_NANOS;
  }

  /** Takes note that somebody removed a route or a rule. */
  void routingEntryRemoved(RoutingEntry.Loss loss) {
    lostRoutes.add(loss, context.clock().nanos());
  }

  private void repairRoutes(long nowNanos) {
    Set<RoutingEntry.Loss> due = lostRoutes.takeDue(nowNanos);
    if (due.isEmpty() && !areRoutesWaiting) {
      return;
    }
    areRoutesWaiting = false;
    for (ManagedRouter router : routers) {
      HeldRoutes routes = router.effects().holdings().routes();
      if (routes.hasWaiting()) {
        routes.continueRepair();
      }
      if (routes.isGivenUp(due, nowNanos)) {
        router.evaluate(nowNanos);
      }
      areRoutesWaiting |= routes.hasWaiting();
    }
  }

  /** An interface or an address changed: the kernel may have dropped routes without a word. */
  void interfacesChanged(long nowNanos) {
    evaluateAll(nowNanos);
    for (ManagedRouter router : routers) {
      if (router.machine().kind() == StateKind.ACTIVE) {
        router.effects().holdings().installRoutes();
      }
    }
  }

  /** Tells the routers that the host slept. */
  void wokeLate(long lateNanos, long nowNanos) {
    context.stalls().note(lateNanos, nowNanos);
    for (int i = 0; i < routers.size(); i++) {
      routers.get(i).wokeLate(lateNanos, nowNanos);
    }
  }

  private void askAll() {
    long earliest = Long.MAX_VALUE;
    for (int i = 0; i < routers.size(); i++) {
      earliest = Math.min(earliest, routers.get(i).deadlineNanos());
    }
    context.tables().earliest().replace(earliest);
  }

  /** Stops every router; one that fails to does not keep the others from it. */
  void stopAll(long nowNanos) {
    for (ManagedRouter router : routers) {
      try {
        router.stop(ShutdownCause.STOPPED, nowNanos);
      } catch (RuntimeException e) {
        context.ports().journal().error(router.config().name() + ": stopped badly: " + e);
      }
    }
    context.tables().groups().publishStops();
  }

  /** Tells a router that its script before the release has ended. */
  void releasePrepared(Event.ReleasePrepared prepared, long nowNanos) {
    for (ManagedRouter router : routers) {
      if (router.config().name().equals(prepared.instance())) {
        router.beforeRelease().finished(prepared.outcome(), nowNanos);
      }
    }
  }

  /** Tells again in which state routers and groups are. */
  void repeatStates() {
    routers.forEach(it -> it.chronicle().repeatState(it.view().priority()));
    context.tables().groups().repeatStates();
  }

  /** Tells the routers that an address left an interface. */
  void addressRemoved(LostAddresses.Loss loss, long nowNanos) {
    for (ManagedRouter router : routers) {
      router.addressRemoved(loss, nowNanos);
    }
  }

  /** Compares what is held with what the kernel lists, after events were lost. */
  void verifyAddresses(LostAddresses lost, long nowNanos) {
    context.tables().removals().reportsWereLost();
    findLost(lost, nowNanos);
  }

  /** Finds what did not fit among the lost, when there is room; false when there is none of it. */
  boolean findForgotten(LostAddresses lost, long nowNanos) {
    boolean isDue = lost.takeForgotten(nowNanos);
    if (isDue) {
      findLost(lost, nowNanos);
    }
    return isDue;
  }

  private void findLost(LostAddresses lost, long nowNanos) {
    for (ManagedRouter router : routers) {
      HeldAddresses held = router.effects().holdings().addresses();
      held.missingFrom(context.interfaces()).forEach(it -> lost.add(it, false, nowNanos));
    }
  }

  @Override
  public boolean holdsAddresses(InstanceConfig config) {
    return !find(config).effects().holdings().addresses().isEmpty();
  }

  @Override
  public Optional<IpAddress> sourceOf(InstanceConfig config) {
    return new ReadinessCheck(context, config).primaryAddress();
  }

  @Override
  public List<Obstacle> obstaclesOf(InstanceConfig config, Set<String> tied) {
    return new ReadinessCheck(context, config).ofInterfaces(tied);
  }

  List<ManagedRouter> all() {
    return List.copyOf(routers);
  }
}
