package org.vipd.daemon.boot;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.vipd.daemon.config.VirtualRule;
import org.vipd.daemon.linux.LinuxNetwork;
import org.vipd.daemon.linux.LinuxRoutes;
import org.vipd.daemon.port.RouteInstall;
import org.vipd.daemon.port.RoutePort;
import org.vipd.netlink.route.RoutingTable;

/**
 * Asks the kernel for the routes of {@link Rehearsal}, over an interface that does not exist, and
 * for its rules as ones that lead backwards, which no kernel takes (net/core/fib_rules.c). The
 * refusal counts as success: a router that holds nothing would have nothing to remove.
 */
final class StagedRoutes implements RoutePort {

  private final RoutePort kernel;
  private final Set<RouteInstall> present = new HashSet<>();

  StagedRoutes(LinuxNetwork network, Closing parts) {
    this.kernel = new LinuxRoutes(() -> parts.add(RoutingTable.open()), network::watchRoutes);
  }

  @Override
  public void listen(List<RouteInstall> routes) {
    kernel.listen(routes);
  }

  @Override
  public void prepare(List<RouteInstall> routes) {
    kernel.prepare(routes);
  }

  @Override
  public Installed install(List<RouteInstall> routes) {
    kernel.install(refusable(routes));
    List<RouteInstall> existing = new ArrayList<>();
    for (RouteInstall route : routes) {
      if (!present.add(route)) {
        existing.add(route);
      }
    }
    return new Installed(existing, List.of());
  }

  @Override
  public Removed remove(List<RouteInstall> routes) {
    kernel.remove(refusable(routes));
    routes.forEach(present::remove);
    return Removed.ALL;
  }

  private static List<RouteInstall> refusable(List<RouteInstall> routes) {
    List<RouteInstall> refusable = new ArrayList<>();
    for (RouteInstall install : routes) {
      refusable.add(
          install.entry() instanceof VirtualRule rule
              ? new RouteInstall(0, backwards(rule))
              : install);
    }
    return refusable;
  }

  private static VirtualRule backwards(VirtualRule rule) {
    return new VirtualRule(
        rule.family(),
        rule.selector(),
        VirtualRule.Action.GOTO,
        rule.table(),
        rule.priority(),
        new VirtualRule.Options(0, -1, -1, 0, rule.options().protocol()),
        rule.isTracked());
  }
}
