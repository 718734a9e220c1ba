package org.vipd.daemon.runtime;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.vipd.daemon.config.ConfigDiff;
import org.vipd.daemon.config.DaemonConfig;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.config.VirtualAddressConfig;
import org.vipd.daemon.port.LocalAddress;
import org.vipd.protocol.machine.ShutdownCause;
import org.vipd.protocol.value.IpAddress;

/** All virtual routers, in the order of the configuration. */
final class RouterTable {

  /** Asking this many for their deadlines costs nothing. */
  private static final int FEW = 8;

  /** A lower bound nearer than this is made exact, so that nobody wakes up for nothing. */
  private static final long NEAR_NANOS = 60_000_000L;

  /** A wake-up later than this is a sleep of the host. */
  static final long LATE_NANOS = 50_000_000L;

  private final List<ManagedRouter> routers = new ArrayList<>();
  private final RouterContext context;

  RouterTable(RouterContext context) {
    this.context = context;
  }

  /** Replaces the configuration and changes only what differs. */
  void apply(DaemonConfig before, DaemonConfig after, long nowNanos) {
    ConfigDiff diff = ConfigDiff.between(before, after);
    boolean isStart = routers.isEmpty();
    knowAddresses(after);
    for (InstanceConfig removed : diff.removed()) {
      ManagedRouter router = find(removed);
      routers.remove(router);
      router.stop(ShutdownCause.REMOVED, nowNanos);
    }
    for (ConfigDiff.Change change : diff.changed()) {
      // before anybody installs: an address may move from one instance to another
      find(change.before()).release(change.after());
    }
    for (ConfigDiff.Change change : diff.changed()) {
      find(change.before()).redefine(change.after(), nowNanos);
    }
    for (InstanceConfig added : diff.added()) {
      routers.add(new ManagedRouter(context, added, new Resumption(context.interfaces(), isStart)));
    }
    sortLike(after);
    context.tables().groups().replace(after.groups(), routers);
    evaluateAll(nowNanos);
  }

  /** Takes note of which addresses are virtual. */
  void knowAddresses(DaemonConfig config) {
    context.tables().virtualAddresses().clear();
    context.tables().virtualAddresses().addAll(virtualAddresses(config));
  }

  private static Set<IpAddress> virtualAddresses(DaemonConfig config) {
    Set<IpAddress> addresses = new HashSet<>();
    for (InstanceConfig instance : config.instances()) {
      if (instance.election().priority().isOwner()) {
        // an owner has the addresses anyway, and others may send from them
        continue;
      }
      instance.addresses().stream().map(VirtualAddressConfig::address).forEach(addresses::add);
    }
    return addresses;
  }

  private ManagedRouter find(InstanceConfig config) {
    return routers.stream()
        .filter(router -> isSame(router.config(), config))
        .findFirst()
        .orElseThrow();
  }

  private static boolean isSame(InstanceConfig one, InstanceConfig other) {
    return one.key().equals(other.key()) && one.version() == other.version();
  }

  private void sortLike(DaemonConfig config) {
    List<ManagedRouter> sorted = config.instances().stream().map(this::find).toList();
    routers.clear();
    routers.addAll(sorted);
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
    return earliest.nanos();
  }

  /** Does what is due in every router. */
  void tick(long nowNanos) {
    if (nowNanos < context.tables().earliest().nanos()) {
      return;
    }
    for (int i = 0; i < routers.size(); i++) {
      if (routers.get(i).deadlineNanos() <= nowNanos) {
        routers.get(i).tick(nowNanos);
      }
    }
    askAll();
  }

  /** Tells the routers that the host slept. */
  void wokeLate(long lateNanos, long nowNanos) {
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

  /** Tells the routers that an address left an interface. */
  void addressRemoved(LocalAddress address, long nowNanos) {
    for (ManagedRouter router : routers) {
      router.addressRemoved(address, nowNanos);
    }
  }

  /** Compares what is held with what the kernel lists, after events were lost. */
  void verifyAddresses(long nowNanos) {
    for (ManagedRouter router : routers) {
      router.verifyAddresses(nowNanos);
    }
  }

  /** Whether the router of an instance holds its addresses now. */
  boolean holdsAddresses(InstanceConfig config) {
    return !find(config).held().isEmpty();
  }

  List<ManagedRouter> all() {
    return List.copyOf(routers);
  }
}
