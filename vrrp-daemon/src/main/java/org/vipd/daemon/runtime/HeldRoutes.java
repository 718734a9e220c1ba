package org.vipd.daemon.runtime;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.vipd.daemon.config.InstanceExtras;
import org.vipd.daemon.config.VirtualRoute;
import org.vipd.daemon.port.LinkState;
import org.vipd.daemon.port.RouteInstall;
import org.vipd.daemon.port.RoutePort;
import org.vipd.protocol.value.IpAddress;

/**
 * The routes that one router has in the kernel now. Only what it added is held: a route that was
 * there before stays, and what the kernel refused is asked for again later.
 */
final class HeldRoutes {

  private static final long COMPLAINT_INTERVAL_NANOS = 10_000_000_000L;

  private final RouterContext context;
  private final ManagedRouter router;
  private final RouterCounters counters;
  private final Interference interference = new Interference();
  private final RateLimit complaintLimit = new RateLimit(COMPLAINT_INTERVAL_NANOS);
  private final Map<VirtualRoute, RouteInstall> held = new LinkedHashMap<>();
  private final Set<VirtualRoute> others = new HashSet<>();
  private InstanceExtras known = InstanceExtras.NONE;
  private List<VirtualRoute> wanted = List.of();

  HeldRoutes(RouterContext context, ManagedRouter router, RouterCounters counters) {
    this.context = context;
    this.router = router;
    this.counters = counters;
  }

  List<String> texts() {
    return held.keySet().stream().map(VirtualRoute::text).toList();
  }

  /** What the configuration names, in its order. */
  @SuppressWarnings("ReferenceEquality") // another definition is another object
  List<VirtualRoute> wanted() {
    InstanceExtras now = router.config().extras();
    if (now != known) {
      wanted = now.virtualRoutes();
      known = now;
    }
    return wanted;
  }

  /** Gets ready to install. */
  void prepare() {
    List<RouteInstall> all = new ArrayList<>();
    wanted().forEach(route -> target(route).ifPresent(all::add));
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
    for (VirtualRoute route : wanted) {
      Optional<RouteInstall> target = target(route);
      if (target.isEmpty()) {
        held.remove(route);
        complaints.add(
            "cannot install route "
                + route.text()
                + ": there is no interface "
                + route.device().orElse("")
                + "; it is installed when there is");
      } else if (route.isTracked() || !target.get().equals(held.get(route))) {
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
      held.remove(failure.route().route());
      complaints.add(failure.message());
    }
    for (RouteInstall existing : result.existing()) {
      open.remove(existing);
      if (!existing.equals(held.get(existing.route()))) {
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
    held.remove(existing.route());
    if (others.add(existing.route())) {
      warn(
          "route "
              + existing.text()
              + " is not installed: there is one already with this table, destination and metric,"
              + " which somebody else added; it is left alone");
    }
  }

  private void added(RouteInstall install) {
    others.remove(install.route());
    if (install.equals(held.put(install.route(), install))) {
      counters.count(RouterCounter.ROUTES_RESTORED);
      warn("route " + install.text() + " was gone and is put back");
    }
  }

  /** Removes what is held and not in the list, the last one first. */
  void removeAllBut(List<VirtualRoute> kept) {
    List<RouteInstall> unwanted = new ArrayList<>();
    for (RouteInstall install : List.copyOf(held.values())) {
      if (!kept.contains(install.route())) {
        held.remove(install.route());
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
   * Another program removed a route: it is put back, or the role is given up when that happens too
   * often; true when the router has to be evaluated again.
   */
  boolean isGivenUp(IpAddress destination, int prefixLength, long nowNanos) {
    List<RouteInstall> lost = new ArrayList<>();
    for (RouteInstall install : held.values()) {
      boolean isOne =
          install.route().isTracked() && install.route().leadsTo(destination, prefixLength);
      // what goes with its interface comes back with it
      if (isOne && (install.interfaceIndex() == 0 || isUp(install))) {
        lost.add(install);
      }
    }
    if (lost.isEmpty()) {
      return false;
    }
    if (!interference.permitsRepair(nowNanos)) {
      interference.giveUp("another program keeps removing route " + lost.get(0).text(), nowNanos);
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

  private Optional<RouteInstall> target(VirtualRoute route) {
    if (route.device().isEmpty()) {
      return Optional.of(new RouteInstall(0, route));
    }
    return context
        .interfaces()
        .link(route.device().get())
        .map(LinkState::index)
        .map(index -> new RouteInstall(index, route));
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
