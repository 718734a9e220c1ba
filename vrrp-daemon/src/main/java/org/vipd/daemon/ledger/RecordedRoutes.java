package org.vipd.daemon.ledger;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.vipd.daemon.port.RouteInstall;
import org.vipd.daemon.port.RoutePort;

/**
 * Records routes in the ledger before they are installed, and withdraws those that were not: what
 * is there already is somebody else's, and the next process must not remove it. What was withdrawn
 * is asked for again and again, so it is recorded only when it was added.
 */
public final class RecordedRoutes implements RoutePort {

  private static final int LIMIT = 65_536;

  private final RoutePort kernel;
  private final Ledger ledger;
  private final Set<RouteEntry> added = new HashSet<>();
  private final Set<RouteEntry> withdrawn = new HashSet<>();

  /** Records in the ledger of this process. */
  public RecordedRoutes(RoutePort kernel, Ledger ledger) {
    this.kernel = kernel;
    this.ledger = ledger;
  }

  @Override
  public void listen(List<RouteInstall> routes) {
    kernel.listen(routes);
  }

  @Override
  public void prepare(List<RouteInstall> routes) {
    record(entries(routes).values());
    kernel.prepare(routes);
  }

  @Override
  public Optional<RouteInstall> recordable(RouteInstall route) {
    return kernel.recordable(route);
  }

  @Override
  public Installed install(List<RouteInstall> routes) {
    Map<RouteInstall, RouteEntry> asked = entries(routes);
    record(asked.values());
    Installed result = kernel.install(routes);
    settle(asked, result);
    return result;
  }

  @Override
  public Removed remove(List<RouteInstall> routes) {
    Removed result = kernel.remove(routes);
    Map<RouteInstall, RouteEntry> gone = entries(routes);
    result.failures().forEach(failure -> gone.remove(failure.route()));
    for (RouteEntry entry : gone.values()) {
      added.remove(entry);
    }
    return result;
  }

  private Map<RouteInstall, RouteEntry> entries(List<RouteInstall> routes) {
    Map<RouteInstall, RouteEntry> entries = new LinkedHashMap<>();
    for (RouteInstall route : routes) {
      kernel.recordable(route).ifPresent(it -> entries.put(route, RouteEntry.of(it)));
    }
    return entries;
  }

  private void record(Collection<RouteEntry> entries) {
    List<RouteEntry> possible = new ArrayList<>(entries);
    possible.removeIf(withdrawn::contains);
    ledger.recordRoutes(possible);
  }

  /** One that this process added before, perhaps for another router, exists and stays recorded. */
  private void settle(Map<RouteInstall, RouteEntry> asked, Installed result) {
    Set<RouteEntry> others = new LinkedHashSet<>();
    for (RouteInstall existing : result.existing()) {
      RouteEntry entry = asked.remove(existing);
      if (entry != null && !added.contains(entry)) {
        others.add(entry);
      }
    }
    for (Failure failure : result.failures()) {
      RouteEntry entry = asked.remove(failure.route());
      // what was added and is refused now may be there still: the next answer tells
      if (entry != null && !added.remove(entry)) {
        others.add(entry);
      }
    }
    boolean isOursNow = false;
    for (RouteEntry entry : asked.values()) {
      added.add(entry);
      others.remove(entry);
      isOursNow |= withdrawn.remove(entry);
    }
    if (isOursNow) {
      ledger.recordRoutes(asked.values());
    }
    if (withdrawn.size() + others.size() > LIMIT) {
      withdrawn.clear();
    }
    withdrawn.addAll(others);
    ledger.withdrawRoutes(others);
  }
}
