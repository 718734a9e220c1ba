package org.vipd.daemon.ledger;

import java.util.Collection;
import java.util.Optional;
import org.vipd.daemon.config.VirtualRoute;
import org.vipd.daemon.port.LinkState;
import org.vipd.daemon.port.RouteInstall;

/**
 * A route that this daemon may have put into a table.
 *
 * @param interfaceIndex kernel's number of the interface it leads over; 0 when it names none
 * @param text the route, as {@code ip route} writes it
 */
record RouteEntry(int interfaceIndex, String text) {

  private static final String WORD = "route";
  private static final String SEPARATOR = "\t";
  private static final int FIELDS = 3;

  static RouteEntry of(RouteInstall install) {
    return new RouteEntry(install.interfaceIndex(), install.text());
  }

  // written out: the JVM would make them at the first call, which is the first takeover

  @Override
  public boolean equals(Object other) {
    return other instanceof RouteEntry that
        && interfaceIndex == that.interfaceIndex
        && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode() * 31 + interfaceIndex;
  }

  /** Reads a line of the file; empty when it is none. */
  static Optional<RouteEntry> parse(String line) {
    String[] fields = line.split(SEPARATOR, -1);
    if (fields.length != FIELDS || !fields[0].equals(WORD) || !fields[1].matches("[0-9]{1,9}")) {
      return Optional.empty();
    }
    return VirtualRoute.parse(fields[2])
        .map(route -> new RouteEntry(Integer.parseInt(fields[1]), fields[2]));
  }

  /** The line of the file. */
  String line() {
    return String.join(SEPARATOR, WORD, Integer.toString(interfaceIndex), text);
  }

  /** The route as something to remove; empty when its interface is gone or another one now. */
  Optional<RouteInstall> install(Collection<LinkState> present) {
    return VirtualRoute.parse(text)
        .filter(route -> interfaceIndex == 0 || isThere(route, present))
        .map(route -> new RouteInstall(interfaceIndex, route));
  }

  private boolean isThere(VirtualRoute route, Collection<LinkState> present) {
    return present.stream()
        .anyMatch(
            link ->
                link.index() == interfaceIndex
                    && route.device().filter(link.name()::equals).isPresent());
  }
}
