package org.vipd.daemon.ledger;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a former process with this ledger has recorded, as far as the next one asks for it.
 *
 * @param recorded its addresses
 * @param left those that it has added and that are there still
 * @param routers which address is of which router, as far as that was recorded
 */
record FormerRecord(Set<LedgerEntry> recorded, Set<LedgerEntry> left, List<RouterEntry> routers) {

  /** There was none. */
  static final FormerRecord NOTHING = new FormerRecord(Set.of(), Set.of(), List.of());

  FormerRecord {
    recorded = new HashSet<>(recorded);
    left = new HashSet<>(left);
    routers = List.copyOf(routers);
  }

  /** The addresses of a router; none when that was not recorded. */
  List<LedgerEntry> of(String router) {
    List<LedgerEntry> found = new ArrayList<>();
    for (RouterEntry entry : routers) {
      if (entry.router().equals(router)) {
        found.add(entry.address());
      }
    }
    return found;
  }

  /** Whether an address is of another router, and not of this one. */
  boolean isOfOther(LedgerEntry address, String router) {
    boolean isOfOther = false;
    for (RouterEntry entry : routers) {
      if (entry.address().equals(address)) {
        if (entry.router().equals(router)) {
          return false;
        }
        isOfOther = true;
      }
    }
    return isOfOther;
  }
}
