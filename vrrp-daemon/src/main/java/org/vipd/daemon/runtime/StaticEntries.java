package org.vipd.daemon.runtime;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.vipd.daemon.config.DaemonConfig;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.config.RoutingEntry;
import org.vipd.daemon.config.VirtualAddressConfig;
import org.vipd.daemon.port.LocalAddress;
import org.vipd.daemon.status.DaemonStatus.StaticStatus;
import org.vipd.protocol.value.IpAddress;

/**
 * The addresses, routes and rules that this host has as long as the daemon runs, whatever the state
 * of its routers (decision 0039). They are asked for a portion in each turn of the loop, so that
 * many of them do not make an advertisement late: addresses first, then routes, then rules.
 */
final class StaticEntries {

  /** How many are asked for in one turn. */
  static final int PORTION = 64;

  private static final String OWNER = "static";

  private static final List<RouterCounter> COUNTERS =
      List.of(
          RouterCounter.ADDRESS_ERRORS,
          RouterCounter.ADDRESSES_RESTORED,
          RouterCounter.ROUTE_ERRORS,
          RouterCounter.ROUTES_RESTORED);

  private final RouterContext context;
  private final RouterCounters counters = new RouterCounters();
  private final StaticAddresses addresses;
  private final HeldRoutes routes;
  private final LostAddresses lostAddresses;
  private final LostRoutes lostRoutes = new LostRoutes();
  private List<RoutingEntry> entries = List.of();
  private int position = Integer.MAX_VALUE;
  private boolean isAskedAgain;

  /**
   * Nothing yet.
   *
   * @param lostAddresses addresses that are gone and not looked at yet
   */
  StaticEntries(RouterContext context, LostAddresses lostAddresses) {
    this.context = context;
    this.lostAddresses = lostAddresses;
    this.addresses = new StaticAddresses(context, counters);
    this.routes = new HeldRoutes(context, () -> OWNER, counters);
  }

  /**
   * Takes another configuration: removes what it does not name, before anybody installs. What it
   * names is installed by {@link #install}.
   */
  void configure(DaemonConfig after) {
    addresses.want(addresses(after));
    routes.want(after.staticEntries());
    entries = routes.wanted();
    routes.forget();
    routes.removeAllBut(entries);
    addresses.removeAllBut(addresses.wanted());
  }

  /** An address that is virtual as well belongs to the election. */
  private List<VirtualAddressConfig> addresses(DaemonConfig config) {
    List<VirtualAddressConfig> all = config.staticAddresses();
    if (all.isEmpty()) {
      return all;
    }
    Set<IpAddress> virtual = new HashSet<>();
    for (InstanceConfig instance : config.instances()) {
      instance.addresses().forEach(it -> virtual.add(it.address()));
    }
    List<VirtualAddressConfig> found = new ArrayList<>();
    for (VirtualAddressConfig address : all) {
      if (!virtual.contains(address.address())) {
        found.add(address);
      } else {
        String text = " is a virtual address, too: it is not installed as a static one";
        context.ports().journal().warn("static address " + address.text() + text);
      }
    }
    return List.copyOf(found);
  }

  /** Installs the first portion of what is missing; the next turns install the rest. */
  void install(long nowNanos) {
    if (size() > 0) {
      addresses.prepare();
      routes.listen();
      position = 0;
      isAskedAgain = false;
      installNext(nowNanos);
    }
  }

  /** Looks at all again, in the next turns. */
  void repair() {
    if (position < size()) {
      isAskedAgain = true;
    } else {
      position = 0;
    }
  }

  /** When the next portion is due, or something that was lost. */
  long deadlineNanos(long nowNanos) {
    long lostNanos = Math.min(lostAddresses.deadlineNanos(), lostRoutes.deadlineNanos());
    boolean isMore = routes.hasWaiting() || (position < size() && lostNanos == Long.MAX_VALUE);
    return isMore ? nowNanos : lostNanos;
  }

  /** Does what is due. */
  void tick(long nowNanos) {
    if (nowNanos < deadlineNanos(nowNanos)) {
      return;
    }
    if (routes.hasWaiting()) {
      routes.continueRepair();
      return;
    }
    Set<RoutingEntry.Loss> due = lostRoutes.takeDue(nowNanos);
    if (routes.obstacle(nowNanos).isEmpty() && routes.isGivenUp(due, nowNanos)) {
      String why = routes.obstacle(nowNanos).orElse("");
      context.ports().journal().warn("static routes and rules are not put back: " + why);
    }
    // what is lost and waits to be looked at counts when it is put back
    if (position < size() && deadlineNanos(nowNanos) == nowNanos) {
      installNext(nowNanos);
    }
  }

  /** What somebody keeps removing waits. */
  private void installNext(long nowNanos) {
    int first = position;
    int border = addresses.wanted().size();
    if (first < border) {
      position =
          addresses.obstacle(nowNanos).isEmpty() ? addresses.install(first, PORTION) : border;
    } else {
      position = Math.min(first + PORTION, size());
      if (routes.obstacle(nowNanos).isEmpty()) {
        routes.install(entries.subList(first - border, position - border));
      }
    }
    if (position == size() && isAskedAgain) {
      isAskedAgain = false;
      position = 0;
    }
  }

  private int size() {
    return addresses.wanted().size() + entries.size();
  }

  /** An address left an interface. */
  void addressRemoved(LocalAddress address, long nowNanos) {
    addresses.removed(address, nowNanos);
  }

  /** Takes note that somebody removed a route or a rule. */
  void routingEntryRemoved(RoutingEntry.Loss loss) {
    if (!entries.isEmpty()) {
      lostRoutes.add(loss, context.clock().nanos());
    }
  }

  /** Removes all that is held: rules and routes first. */
  void removeAll() {
    position = Integer.MAX_VALUE;
    routes.removeAll();
    addresses.removeAllBut(List.of());
  }

  /** Which there are to be, and which this daemon has added. */
  StaticStatus status() {
    return new StaticStatus(
        texts(addresses.wanted(), entries), texts(addresses.list(), routes.list()));
  }

  private static List<String> texts(List<VirtualAddressConfig> some, List<RoutingEntry> others) {
    List<String> texts = new ArrayList<>();
    some.forEach(it -> texts.add("address " + it.text() + " dev " + it.device().orElse("")));
    others.forEach(it -> texts.add(it.noun() + " " + it.text()));
    return texts;
  }

  /** Adds what happened to them. */
  void describe(Map<String, Long> all) {
    Map<String, Long> own = counters.toMap();
    for (RouterCounter counter : COUNTERS) {
      all.put(OWNER + "-" + counter.metricName(), own.get(counter.metricName()));
    }
  }
}
