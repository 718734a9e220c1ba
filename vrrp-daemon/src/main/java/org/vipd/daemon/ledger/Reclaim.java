package org.vipd.daemon.ledger;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vipd.daemon.config.VirtualAddressConfig;
import org.vipd.daemon.port.AddressInstall;
import org.vipd.daemon.port.AddressPort;
import org.vipd.daemon.port.Journal;
import org.vipd.daemon.port.LinkPort;
import org.vipd.daemon.port.LinkState;
import org.vipd.daemon.port.LocalAddress;
import org.vipd.daemon.port.LocalAddress.Origin;
import org.vipd.daemon.port.PortException;
import org.vipd.daemon.port.RouteInstall;
import org.vipd.daemon.port.RoutePort;

/**
 * Removes what the ledger of a former process names and the kernel still has. An address that is in
 * the ledger but bears no mark of ours was put there by somebody else, and stays.
 */
public final class Reclaim {

  private final LedgerFile file;
  private final LinkPort links;
  private final AddressPort addresses;
  private final RoutePort routes;
  private final Journal journal;

  /** Works on a file of the runtime directory, of which the caller has the lock. */
  public Reclaim(
      Path file, LinkPort links, AddressPort addresses, RoutePort routes, Journal journal) {
    this.file = new LedgerFile(file);
    this.links = links;
    this.addresses = addresses;
    this.routes = routes;
    this.journal = journal;
  }

  /**
   * Removes, says what, and empties the ledger; false when something is left that should not be.
   *
   * @param leavesLeased whether addresses with a lease stay: they go by themselves, unless the next
   *     process resumes
   */
  public boolean run(boolean leavesLeased) {
    return run(leavesLeased, List.of());
  }

  /**
   * The same, but for static addresses that the next process wants as well: with the first address
   * of a network the kernel takes all others of it away.
   *
   * @param kept addresses that stay, each with its interface
   */
  public boolean run(boolean leavesLeased, List<VirtualAddressConfig> kept) {
    LedgerFile.Contents contents = file.read();
    contents.complaint().ifPresent(journal::warn);
    if (contents.entries().isEmpty() && contents.routes().isEmpty()) {
      return contents.complaint().isEmpty();
    }
    try {
      boolean areRoutesGone = removeRoutes(contents.routes());
      List<LedgerEntry> unwanted = new ArrayList<>(contents.entries());
      unwanted.removeIf(entry -> kept.stream().anyMatch(entry::isOf));
      List<AddressInstall> ours = find(unwanted, leavesLeased);
      List<AddressPort.Failure> failures = ours.isEmpty() ? List.of() : addresses.remove(ours);
      failures.forEach(failure -> journal.error(failure.message()));
      boolean isDone = failures.isEmpty() && areRoutesGone;
      if (isDone && !leavesLeased) {
        file.write(List.of(), List.of());
      }
      return isDone;
    } catch (PortException | IOException e) {
      journal.error("what a former run left cannot be removed: " + e.getMessage());
      return false;
    }
  }

  /** Routes have no lease, so none of them stays: who resumes installs them again at once. */
  private boolean removeRoutes(List<RouteEntry> entries) throws PortException {
    if (entries.isEmpty()) {
      return true;
    }
    List<LinkState> present = links.links();
    List<RouteInstall> ours = new ArrayList<>();
    for (int i = entries.size() - 1; i >= 0; i--) {
      entries.get(i).install(present).ifPresent(ours::add);
    }
    RoutePort.Removed removed = routes.remove(ours);
    List<RouteInstall> failed = new ArrayList<>();
    for (RoutePort.Failure failure : removed.failures()) {
      failed.add(failure.route());
      journal.error(failure.message());
    }
    for (RouteInstall route : ours) {
      if (!removed.missing().contains(route) && !failed.contains(route)) {
        journal.warn("removed " + route.title() + ": left over from a former run");
      }
    }
    return failed.isEmpty();
  }

  private List<AddressInstall> find(List<LedgerEntry> entries, boolean leavesLeased)
      throws PortException {
    List<LinkState> present = links.links();
    List<LocalAddress> known = links.addresses();
    List<AddressInstall> ours = new ArrayList<>();
    for (LedgerEntry entry : entries) {
      boolean isSameInterface = present.stream().anyMatch(entry::isOn);
      Optional<LocalAddress> there = known.stream().filter(entry::is).findFirst();
      boolean isLeft =
          leavesLeased && there.filter(it -> it.origin() == Origin.VIPD_LEASED).isPresent();
      if (!isSameInterface || there.isEmpty() || isLeft) {
        continue;
      }
      String what = entry.install().address().text() + " on " + entry.interfaceName();
      if (there.get().isMarked()) {
        ours.add(entry.install());
        journal.warn("removing " + what + ": left over from a former run");
      } else {
        journal.warn(
            what + " is in the ledger of a former run, but somebody else has added it; it stays");
      }
    }
    return ours;
  }
}
