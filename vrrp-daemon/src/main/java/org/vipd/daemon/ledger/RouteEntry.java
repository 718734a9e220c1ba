package org.vipd.daemon.ledger;

import java.util.Collection;
import java.util.Optional;
import org.vipd.daemon.config.RoutingEntry;
import org.vipd.daemon.config.VirtualRoute;
import org.vipd.daemon.config.VirtualRule;
import org.vipd.daemon.port.LinkState;
import org.vipd.daemon.port.RouteInstall;

/**
 * A route that this daemon may have put into a table, or a rule.
 *
 * @param interfaceIndex kernel's number of the interface it leads over; 0 when it names none
 * @param isRule whether it is a rule
 * @param text as {@code ip route} or {@code ip rule} writes it
 */
record RouteEntry(int interfaceIndex, boolean isRule, String text) {

  private static final String ROUTE = "route";
  private static final String RULE = "rule";
  private static final String SEPARATOR = "\t";
  private static final int FIELDS = 3;

  static RouteEntry of(RouteInstall install) {
    return new RouteEntry(
        install.interfaceIndex(), install.entry() instanceof VirtualRule, install.text());
  }

  // written out: the JVM would make them at the first call, which is the first takeover

  @Override
  public boolean equals(Object other) {
    return other instanceof RouteEntry that
        && interfaceIndex == that.interfaceIndex
        && isRule == that.isRule
        && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode() * 31 + interfaceIndex;
  }

  /** Reads a line of the file; empty when it is none. */
  static Optional<RouteEntry> parse(String line) {
    String[] fields = line.split(SEPARATOR, -1);
    boolean isRule = fields[0].equals(RULE);
    boolean isKnown = isRule || fields[0].equals(ROUTE);
    if (fields.length != FIELDS || !isKnown || !fields[1].matches("[0-9]{1,9}")) {
      return Optional.empty();
    }
    RouteEntry entry = new RouteEntry(Integer.parseInt(fields[1]), isRule, fields[2]);
    return entry.entry().map(it -> entry);
  }

  private Optional<RoutingEntry> entry() {
    return isRule ? VirtualRule.parse(text).map(it -> it) : VirtualRoute.parse(text).map(it -> it);
  }

  /** The line of the file. */
  String line() {
    return String.join(SEPARATOR, isRule ? RULE : ROUTE, Integer.toString(interfaceIndex), text);
  }

  /** What it is as something to remove; empty when its interface is gone or another one now. */
  Optional<RouteInstall> install(Collection<LinkState> present) {
    return entry()
        .filter(it -> interfaceIndex == 0 || isThere(it, present))
        .map(it -> new RouteInstall(interfaceIndex, it));
  }

  private boolean isThere(RoutingEntry entry, Collection<LinkState> present) {
    return present.stream()
        .anyMatch(
            link ->
                link.index() == interfaceIndex
                    && entry.device().filter(link.name()::equals).isPresent());
  }
}
