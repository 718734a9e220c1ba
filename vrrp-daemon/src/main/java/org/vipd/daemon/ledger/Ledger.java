package org.vipd.daemon.ledger;

import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.vipd.daemon.port.AddressInstall;
import org.vipd.daemon.port.FileFailure;
import org.vipd.daemon.port.Journal;

/** What this process recorded so far, and the file it stands in. */
public final class Ledger {

  private static final int LIMIT = 65_536;

  private final LedgerFile file;
  private final Journal journal;
  private final Set<LedgerEntry> addresses = new LinkedHashSet<>();
  private final Set<RouteEntry> routes = new LinkedHashSet<>();
  private final Set<RouterEntry> routers = new LinkedHashSet<>();
  private final Set<LedgerEntry> withoutLease = new LinkedHashSet<>();
  private final FormerRecord former;
  private boolean hasComplained;
  private boolean isWritten;

  /** With nothing that a former process has left. */
  public Ledger(LedgerFile file, Journal journal) {
    this(file, journal, FormerRecord.NOTHING);
  }

  /**
   * Writes to a file of the runtime directory.
   *
   * @param former what a former process with this ledger recorded
   */
  Ledger(LedgerFile file, Journal journal, FormerRecord former) {
    this.file = file;
    this.journal = journal;
    this.former = former;
  }

  /** What a former process has added and could not be removed: the file names it further on. */
  void keepEntries(Collection<LedgerEntry> ofAddresses, Collection<RouteEntry> ofRoutes) {
    addresses.addAll(ofAddresses);
    routes.addAll(ofRoutes);
  }

  /** What was there when this process began. */
  FormerRecord former() {
    return former;
  }

  void withdrawAddress(AddressInstall install) {
    LedgerEntry entry = LedgerEntry.of(install);
    withoutLease.remove(entry);
    if (addresses.remove(entry)) {
      routers.removeIf(it -> it.address().equals(entry));
      write();
    }
  }

  void recordAddresses(List<AddressInstall> installs) {
    if (add(installs)) {
      write();
    }
  }

  /** Records all addresses of a router, which has no others any more. */
  void recordAddresses(String router, List<AddressInstall> installs) {
    boolean isNew = add(installs);
    Set<RouterEntry> now = new LinkedHashSet<>();
    installs.forEach(it -> now.add(new RouterEntry(router, LedgerEntry.of(it))));
    isNew |= routers.removeIf(it -> it.router().equals(router) && !now.contains(it));
    for (RouterEntry entry : now) {
      isNew |= routers.size() < LIMIT && routers.add(entry);
    }
    if (isNew) {
      write();
    }
  }

  private boolean add(List<AddressInstall> installs) {
    boolean isNew = false;
    for (AddressInstall install : installs) {
      LedgerEntry entry = LedgerEntry.of(install);
      isNew |= addresses.size() < LIMIT && addresses.add(entry);
      if (install.lease().isOn()) {
        withoutLease.remove(entry);
      } else if (addresses.contains(entry)) {
        withoutLease.add(entry);
      }
    }
    return isNew;
  }

  void recordRoutes(Collection<RouteEntry> entries) {
    boolean isNew = false;
    for (RouteEntry entry : entries) {
      isNew |= routes.size() < LIMIT && routes.add(entry);
    }
    if (isNew) {
      write();
    }
  }

  void withdrawRoutes(Collection<RouteEntry> entries) {
    boolean isOther = false;
    for (RouteEntry entry : entries) {
      isOther |= routes.remove(entry);
    }
    if (isOther) {
      write();
    }
  }

  /** Writes it again when somebody has removed the file, or when it could not be written. */
  void keep() {
    if (!hasComplained && (!isWritten || file.isThere())) {
      return;
    }
    boolean wasMissing = !hasComplained;
    write();
    if (!hasComplained) {
      journal.warn(
          file.path()
              + (wasMissing
                  ? " was removed by somebody and is written again"
                  : " could not be written for a while and is up to date again"));
    }
  }

  /** What becomes of the addresses that the next start does not remove. */
  private String rest() {
    if (withoutLease.isEmpty()) {
      return ", and the lease of the addresses does the rest";
    }
    LedgerEntry first = withoutLease.iterator().next();
    int others = withoutLease.size() - 1;
    return "; if the daemon dies now, what has no lease stays, and 'vipd release' does not find it:"
        + " then, and only then, ip address del "
        + first.address()
        + "/"
        + first.prefixLength()
        + " dev "
        + first.interfaceName()
        + (others == 0 ? "" : ", and so for " + others + " more");
  }

  private void write() {
    try {
      file.write(addresses, routes, routers);
      isWritten = true;
      hasComplained = false;
    } catch (IOException e) {
      if (!hasComplained) {
        hasComplained = true;
        journal.warn(
            (routes.isEmpty() ? "addresses" : "addresses and routes")
                + " are not recorded in "
                + file.path()
                + ": "
                + FileFailure.cause(e)
                + "; after a crash the next start removes only what its configuration names"
                + rest()
                + (routes.isEmpty() ? "" : "; routes stay: ip route del"));
      }
    }
  }
}
