package org.vipd.daemon.runtime;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.vipd.daemon.config.InstanceExtras;
import org.vipd.daemon.config.RoutingEntry;
import org.vipd.daemon.config.VirtualRule;
import org.vipd.daemon.port.LinkState;
import org.vipd.daemon.port.RouteInstall;
import org.vipd.daemon.port.RoutePort;

/**
 * The routes and rules that one router has in the kernel now. Only what it added is held: what was
 * there before stays, and what the kernel refused is asked for again later.
 */
final class HeldRoutes {

  private static final long COMPLAINT_INTERVAL_NANOS = 10_000_000_000L;

  private final RouterContext context;
  private final ManagedRouter router;
  private final RouterCounters counters;
  private final Interference interference = new Interference();
  private final RateLimit complaintLimit = new RateLimit(COMPLAINT_INTERVAL_NANOS);
  private final Map<RoutingEntry, RouteInstall> held = new LinkedHashMap<>();
  private final Set<RoutingEntry> others = new HashSet<>();
  private InstanceExtras known = InstanceExtras.NONE;
  private List<RoutingEntry> wanted = List.of();

  HeldRoutes(RouterContext context, ManagedRouter router, RouterCounters counters) {
    this.context = context;
    this.router = router;
    this.counters = counters;
  }

  /** What it has. */
  List<RoutingEntry> list() {
    return List.copyOf(held.keySet());
  }

  /** What the configuration names, in its order: what a rule looks into is there before it. */
  @SuppressWarnings("ReferenceEquality") // another definition is another object
  List<RoutingEntry> wanted() {
    InstanceExtras now = router.config().extras();
    if (now != known) {
      wanted = now.routingEntries();
      known = now;
    }
    return wanted;
  }

  /** Gets ready to install. */
  void prepare() {
    List<RouteInstall> all = new ArrayList<>();
    wanted().forEach(entry -> target(entry).ifPresent(all::add));
    if (!all.isEmpty()) {
      context.ports().routes().prepare(all);
    }
  }

  /**
   * Installs what is missing. What is held and tracked is asked for once more, in the same batch,
   * because the kernel does not tell when it drops a route with its interface or its source.
   */
  void install() {
    if (wanted().isEmpty()) {
      return;
    }
    List<RouteInstall> asked = new ArrayList<>();
    List<String> complaints = new ArrayList<>();
    for (RoutingEntry entry : wanted) {
      Optional<RouteInstall> target = target(entry);
      if (target.isEmpty()) {
        held.remove(entry);
        complaints.add(
            "cannot install "
                + entry.noun()
                + " "
                + entry.text()
                + ": there is no interface "
                + entry.device().orElse("")
                + "; it is installed when there is");
      } else if (entry.isTracked() || !target.get().equals(held.get(entry))) {
        asked.add(target.get());
      }
    }
    if (!asked.isEmpty()) {
      complaints.addAll(ask(asked));
    }
    report(complaints);
  }

  private List<String> ask(List<RouteInstall> asked) {
    RoutePort.Installed result = context.ports().routes().install(asked);
    List<String> complaints = new ArrayList<>();
    Set<RouteInstall> open = new HashSet<>(asked);
    for (RoutePort.Failure failure : result.failures()) {
      open.remove(failure.route());
      held.remove(failure.route().entry());
      complaints.add(failure.message());
    }
    for (RouteInstall existing : result.existing()) {
      open.remove(existing);
      if (!existing.equals(held.get(existing.entry()))) {
        leave(existing);
      }
    }
    for (RouteInstall install : asked) {
      if (open.contains(install)) {
        added(install);
      }
    }
    return complaints;
  }

  private void leave(RouteInstall existing) {
    held.remove(existing.entry());
    if (others.add(existing.entry())) {
      warn(
          existing.title()
              + " is not installed: there is one already with this "
              + (existing.entry() instanceof VirtualRule
                  ? "priority, selector and table"
                  : "table, destination and metric")
              + ", which somebody else added; it is left alone");
    }
  }

  private void added(RouteInstall install) {
    others.remove(install.entry());
    if (install.equals(held.put(install.entry(), install))) {
      counters.count(RouterCounter.ROUTES_RESTORED);
      warn(install.title() + " was gone and is put back");
    }
  }

  /** Removes what is held and not in the list, the last one first. */
  void removeAllBut(List<RoutingEntry> kept) {
    List<RouteInstall> unwanted = new ArrayList<>();
    for (RouteInstall install : List.copyOf(held.values())) {
      if (!kept.contains(install.entry())) {
        held.remove(install.entry());
        unwanted.add(0, install);
      }
    }
    others.retainAll(kept);
    if (!unwanted.isEmpty()) {
      List<String> complaints = new ArrayList<>();
      context
          .ports()
          .routes()
          .remove(unwanted)
          .failures()
          .forEach(failure -> complaints.add(failure.message()));
      report(complaints);
    }
  }

  /** Removes all that is held. */
  void removeAll() {
    if (!held.isEmpty()) {
      removeAllBut(List.of());
    }
    others.clear();
  }

  /**
   * Another program removed a route or a rule: it is put back, or the role is given up when that
   * happens too often; true when the router has to be evaluated again.
   */
  boolean isGivenUp(RoutingEntry.Loss loss, long nowNanos) {
    List<RouteInstall> lost = new ArrayList<>();
    for (RouteInstall install : held.values()) {
      boolean isOne = install.entry().isTracked() && install.entry().isMeantBy(loss);
      // what goes with its interface comes back with it
      if (isOne && (install.interfaceIndex() == 0 || isUp(install))) {
        lost.add(install);
      }
    }
    if (lost.isEmpty()) {
      return false;
    }
    if (!interference.permitsRepair(nowNanos)) {
      interference.giveUp("another program keeps removing " + lost.get(0).title(), nowNanos);
      return true;
    }
    report(ask(lost));
    return false;
  }

  private boolean isUp(RouteInstall install) {
    return context.interfaces().isUp(install.interfaceIndex());
  }

  /** Why the router must not run now. */
  Optional<String> obstacle(long nowNanos) {
    return interference.obstacle(nowNanos);
  }

  /** Lets the router try again at once, because the configuration is another one. */
  void forget() {
    interference.forget();
  }

  private Optional<RouteInstall> target(RoutingEntry entry) {
    if (entry.device().isEmpty()) {
      return Optional.of(new RouteInstall(0, entry));
    }
    return context
        .interfaces()
        .link(entry.device().get())
        .map(LinkState::index)
        .map(index -> new RouteInstall(index, entry));
  }

  private void report(List<String> complaints) {
    if (complaints.isEmpty()) {
      return;
    }
    counters.add(RouterCounter.ROUTE_ERRORS, complaints.size());
    if (complaintLimit.permits(context.clock().nanos())) {
      for (String complaint : complaints) {
        context.ports().journal().error(router.config().name() + ": " + complaint);
      }
    }
  }

  private void warn(String text) {
    context.ports().journal().warn(router.config().name() + ": " + text);
  }
}
