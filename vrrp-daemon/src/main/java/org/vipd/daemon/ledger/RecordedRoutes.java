package org.vipd.daemon.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vipd.daemon.port.RouteInstall;
import org.vipd.daemon.port.RoutePort;

/** Records routes in the ledger before they are installed. */
public final class RecordedRoutes implements RoutePort {

  private final RoutePort kernel;
  private final Ledger ledger;

  /** Records in the ledger of this process. */
  public RecordedRoutes(RoutePort kernel, Ledger ledger) {
    this.kernel = kernel;
    this.ledger = ledger;
  }

  @Override
  public void prepare(List<RouteInstall> routes) {
    record(routes);
    kernel.prepare(routes);
  }

  @Override
  public Optional<RouteInstall> recordable(RouteInstall route) {
    return kernel.recordable(route);
  }

  @Override
  public Installed install(List<RouteInstall> routes) {
    record(routes);
    return kernel.install(routes);
  }

  @Override
  public Removed remove(List<RouteInstall> routes) {
    return kernel.remove(routes);
  }

  private void record(List<RouteInstall> routes) {
    List<RouteInstall> found = new ArrayList<>();
    routes.forEach(it -> kernel.recordable(it).ifPresent(found::add));
    ledger.recordRoutes(found);
  }
}
