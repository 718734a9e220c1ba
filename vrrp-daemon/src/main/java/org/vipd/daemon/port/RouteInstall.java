package org.vipd.daemon.port;

import org.vipd.daemon.config.RoutingEntry;

/**
 * A route and the interface it leads over, or a rule.
 *
 * @param interfaceIndex kernel's number of the interface; 0 when it names none
 * @param entry what to install or remove
 */
public record RouteInstall(int interfaceIndex, RoutingEntry entry) {

  /** As {@code ip route} or {@code ip rule} writes it. */
  public String text() {
    return entry.text();
  }

  /** The same, and what it is. */
  public String title() {
    return entry.noun() + " " + entry.text();
  }

  // by hand: what Java makes for records is spun at the first call, milliseconds before the first
  // announcement
  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof RouteInstall that
            && interfaceIndex == that.interfaceIndex
            && entry.equals(that.entry));
  }

  @Override
  public int hashCode() {
    return entry.hashCode() * 31 + interfaceIndex;
  }
}
