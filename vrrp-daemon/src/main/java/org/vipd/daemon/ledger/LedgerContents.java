package org.vipd.daemon.ledger;

import java.util.List;
import java.util.Optional;

/**
 * What a former process recorded.
 *
 * @param entries addresses that could be read
 * @param routes routes and rules that could be read
 * @param routers which address is of which router; none when the file may be damaged
 * @param foreign what a newer version recorded and this one does not know
 * @param origin where all that is
 * @param complaint why that may not be all
 */
record LedgerContents(
    List<LedgerEntry> entries,
    List<RouteEntry> routes,
    List<RouterEntry> routers,
    Foreign foreign,
    NetworkNamespace origin,
    Optional<String> complaint) {

  /** Of a file that does not exist. */
  static final LedgerContents NOTHING =
      new LedgerContents(
          List.of(),
          List.of(),
          List.of(),
          Foreign.NONE,
          NetworkNamespace.UNKNOWN,
          Optional.empty());

  LedgerContents {
    entries = List.copyOf(entries);
    routes = List.copyOf(routes);
    routers = List.copyOf(routers);
  }

  static LedgerContents unusable(String why) {
    return new LedgerContents(
        List.of(), List.of(), List.of(), Foreign.NONE, NetworkNamespace.UNKNOWN, Optional.of(why));
  }

  /** How many records this version understands. */
  int size() {
    return entries.size() + routes.size();
  }

  /**
   * Records that this version does not know.
   *
   * @param version of the file that they are from, at least
   * @param lines as they stand there
   * @param notice what to say of them
   */
  record Foreign(int version, List<String> lines, String notice) {

    static final Foreign NONE = new Foreign(LedgerReading.WITH_ADDRESSES, List.of(), "");

    Foreign {
      lines = List.copyOf(lines);
    }
  }
}
