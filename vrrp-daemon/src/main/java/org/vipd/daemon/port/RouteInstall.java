package org.vipd.daemon.port;

import org.vipd.daemon.config.VirtualRoute;

/**
 * A route and the interface it leads over.
 *
 * @param interfaceIndex kernel's number of the interface; 0 when the route names none
 * @param route what to install or remove
 */
public record RouteInstall(int interfaceIndex, VirtualRoute route) {

  /** As {@code ip route} writes it. */
  public String text() {
    return route.text();
  }

  // by hand: what Java makes for records is spun at the first call, milliseconds before the first
  // announcement
  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof RouteInstall that
            && interfaceIndex == that.interfaceIndex
            && route.equals(that.route));
  }

  @Override
  public int hashCode() {
    return route.hashCode() * 31 + interfaceIndex;
  }
}
