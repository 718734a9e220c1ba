package org.vipd.daemon.ledger;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
  private final Set<LedgerEntry> left = new LinkedHashSet<>();
  private final Set<LedgerEntry> stuckAddresses = new LinkedHashSet<>();
  private final Set<RouteEntry> stuckRoutes = new LinkedHashSet<>();

  /** Works on a file of the runtime directory, of which the caller has the lock. */
  public Reclaim(
      LedgerFile file, LinkPort links, AddressPort addresses, RoutePort routes, Journal journal) {
    this.file = file;
    this.links = links;
    this.addresses = addresses;
    this.routes = routes;
    this.journal = journal;
  }

  /**
   * Removes, says what, and empties the ledger; false when something is left that should not be, or
   * may be, because the ledger is damaged: then it stays as it is.
   *
   * @param leavesLeased whether addresses with a lease stay: they go by themselves, unless the next
   *     process resumes
   */
  public boolean release(boolean leavesLeased) {
    LedgerContents contents = read();
    if (contents.size() > 0 && contents.origin().isOtherThan(file.here())) {
      return releaseElsewhere(contents);
    }
    boolean isDone = contents.complaint().isEmpty();
    if (contents.size() > 0) {
      isDone &= remove(contents, leavesLeased, Set.of());
      if (isDone && !leavesLeased) {
        isDone = empty();
      }
    }
    if (contents.complaint().isPresent()) {
      journal.error(
          file.path()
              + " stays as it is, because it may have named more than can be read: look at 'ip"
              + " address' and 'ip route', remove what is left, then delete it");
    }
    return isDone && contents.foreign().lines().isEmpty();
  }

  /**
   * Removes what the next process does not want, and begins its ledger. Static addresses that it
   * wants as well stay: with the first address of a network the kernel takes all others of it away.
   *
   * @param wanted addresses that stay, each with its interface
   */
  public Ledger start(List<VirtualAddressConfig> wanted) {
    LedgerContents contents = read();
    FormerRecord former = FormerRecord.NOTHING;
    if (contents.origin().isOtherThan(file.here())) {
      forget(contents);
    } else if (contents.size() > 0) {
      Set<LedgerEntry> kept = new LinkedHashSet<>();
      for (LedgerEntry entry : contents.entries()) {
        if (wanted.stream().anyMatch(entry::isOf)) {
          kept.add(entry);
        }
      }
      left.addAll(kept);
      if (!remove(contents, true, kept)) {
        journal.warn(
            file.path()
                + " keeps "
                + (stuckAddresses.size() + stuckRoutes.size())
                + " entries of a former run: the next start or 'vipd release' tries again");
      }
      former = new FormerRecord(Set.copyOf(contents.entries()), left, contents.routers());
    }
    Ledger ledger = new Ledger(file, journal, former);
    ledger.keepEntries(stuckAddresses, stuckRoutes);
    return ledger;
  }

  private LedgerContents read() {
    LedgerContents contents = file.read();
    contents.complaint().ifPresent(journal::warn);
    if (!contents.foreign().lines().isEmpty()) {
      journal.warn(contents.foreign().notice());
    }
    return contents;
  }

  /** A pod that was made anew, for example, with the directory of the one before. */
  private void forget(LedgerContents contents) {
    int count = contents.size() + contents.foreign().lines().size();
    if (count == 0) {
      return;
    }
    String what = file.place(contents.origin()) + ": its " + count + " entries are forgotten";
    Optional<String> title = contents.origin().title();
    if (contents.origin().isGone(file.here()) || title.isEmpty()) {
      journal.info(what + ", because nothing of them can be here");
    } else {
      journal.warn(
          what
              + ", although that one still exists, as "
              + title.get()
              + ": addresses with a lease go by themselves, the rest stays there until somebody"
              + " removes it");
    }
  }

  private boolean releaseElsewhere(LedgerContents contents) {
    if (contents.origin().isGone(file.here())) {
      journal.info(file.place(contents.origin()) + ": nothing of it is left, and it is emptied");
      return empty();
    }
    String command = "vipd release --runtime-dir " + file.path().toAbsolutePath().getParent();
    Optional<String> title = contents.origin().title();
    journal.error(
        "nothing is released: "
            + file.place(contents.origin())
            + "; run it there: "
            + (title.isPresent()
                ? "ip netns exec " + title.get() + " " + command
                : "nsenter --net=/proc/PID/ns/net "
                    + command
                    + ", with a process of it that 'lsns -t net' shows; when there is none, delete"
                    + " the file"));
    return false;
  }

  private boolean remove(
      LedgerContents contents, boolean leavesLeased, Collection<LedgerEntry> kept) {
    stuckAddresses.clear();
    stuckRoutes.clear();
    List<LedgerEntry> unwanted = new ArrayList<>(contents.entries());
    unwanted.removeAll(kept);
    try {
      removeRoutes(contents.routes());
      List<AddressInstall> ours = find(unwanted, leavesLeased);
      if (!ours.isEmpty()) {
        for (AddressPort.Failure failure : addresses.removeBesideOthers(ours).failures()) {
          stuckAddresses.add(LedgerEntry.of(failure.address()));
          journal.error(failure.message());
        }
      }
    } catch (PortException e) {
      stuckAddresses.addAll(unwanted);
      stuckRoutes.addAll(contents.routes());
      failed(e);
    }
    return stuckAddresses.isEmpty() && stuckRoutes.isEmpty();
  }

  private boolean empty() {
    try {
      file.write(List.of(), List.of(), List.of());
      return true;
    } catch (IOException e) {
      return failed(e);
    }
  }

  private boolean failed(Exception cause) {
    journal.error("what a former run left cannot be removed: " + cause.getMessage());
    return false;
  }

  /** Routes have no lease, so none of them stays: who resumes installs them again at once. */
  private void removeRoutes(List<RouteEntry> entries) throws PortException {
    if (entries.isEmpty()) {
      return;
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
      stuckRoutes.add(RouteEntry.of(failure.route()));
      journal.error(failure.message());
    }
    for (RouteInstall route : ours) {
      if (!removed.missing().contains(route) && !failed.contains(route)) {
        journal.warn("removed " + route.title() + ": left over from a former run");
      }
    }
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
      if (isSameInterface && isLeft) {
        left.add(entry);
      }
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
