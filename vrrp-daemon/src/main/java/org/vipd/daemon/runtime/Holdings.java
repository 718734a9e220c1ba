package org.vipd.daemon.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.config.Lease;
import org.vipd.daemon.config.VirtualAddressConfig;
import org.vipd.daemon.port.AddressInstall;
import org.vipd.daemon.port.LocalAddress;

/**
 * What one router has in the kernel: addresses with their leases, and the routes and rules that go
 * with them.
 *
 * <p>The kernel removes at most once a second what does not end together ({@link Cadence}), so what
 * is not in step yet has a second less: that is what the kernel may be late by. This goes for what
 * is claimed, until the next whole second, and for an address that joins others between two
 * advertisements, which is asked for after an advertisement of its own.
 */
final class Holdings {

  private static final long COMPLAINT_INTERVAL_NANOS = 10_000_000_000L;

  private final RouterContext context;
  private final ManagedRouter router;
  private final RouterCounters counters;
  private final RateLimit complaintLimit = new RateLimit(COMPLAINT_INTERVAL_NANOS);
  private final HeldAddresses addresses;
  private final HeldRoutes routes;
  private final AddressLease lease;
  private final InstallPortion portion;
  private long decidedNanos;
  private long claimedNanos;

  Holdings(RouterContext context, ManagedRouter router, RouterCounters counters) {
    this.context = context;
    this.router = router;
    this.counters = counters;
    this.addresses = new HeldAddresses(context.ports().addresses());
    this.routes = new HeldRoutes(context, () -> router.config().name(), counters);
    this.routes.want(router.config().extras().routingEntries());
    this.lease = new AddressLease(addresses, new Cadence(router.config()));
    this.portion = new InstallPortion(context.tables().installations(), context.clock());
  }

  HeldAddresses addresses() {
    return addresses;
  }

  HeldRoutes routes() {
    return routes;
  }

  /** When the router is to advertise. */
  Cadence cadence() {
    return lease.cadence();
  }

  /** Whether there is none of the addresses although all were asked for. */
  boolean isWithoutAddresses() {
    return addresses.isEmpty()
        && !router.config().addresses().isEmpty()
        && portion.continueAtNanos() == Long.MAX_VALUE
        && !hasLostAddresses();
  }

  /** Whether the kernel has taken the addresses away, because their lease ended. */
  boolean hasLostAddresses() {
    return lease.isOver(context.clock().nanos());
  }

  /** How long the process stood still over the end of a lease, while it asked the kernel. */
  long stalledNanos() {
    return lease.stalledNanos();
  }

  /** Why the lease of addresses ended although the loop was awake. */
  String whyLost(long nowNanos) {
    if (lease.refusal().isPresent()) {
      return "the kernel did not extend the lease of virtual addresses: " + lease.refusal().get();
    }
    if (lease.loss() == AddressLease.Loss.BEFORE_INSTALLED) {
      return "there was no time to install the virtual addresses: others could claim before the"
          + " shortest lease had ended";
    }
    return lease.isHeard(nowNanos)
        ? context.tables().leases().pace().complaint(lease.countOver(nowNanos), lease.size())
        : "no advertisement could be sent during the lease of the virtual addresses";
  }

  /** An advertisement was sent: others wait from now on. */
  void advertised() {
    context.tables().leases().advertised(lease);
  }

  /** A reload may bring the first route, whose loss nobody would hear of. */
  void configurationChanged() {
    lease.keepStep(new Cadence(router.config()));
    routes.want(router.config().extras().routingEntries());
    prepare();
  }

  /** Gets ready for a claim: nothing has to be written or opened then. */
  void prepare() {
    List<AddressInstall> all = new ArrayList<>();
    router.config().addresses().forEach(address -> target(address).ifPresent(all::add));
    context.ports().addresses().prepareFor(router.config().identity(), all);
    routes.prepare();
  }

  /** What follows was decided a moment ago. */
  void decided() {
    decidedNanos = context.clock().nanos();
  }

  /**
   * Installs everything, right after the advertisement of a claim. When the process was stopped
   * since that was decided, others may have claimed: the next turn listens first, and goes on if
   * this is still the Active.
   */
  void install() {
    lease.claimed(decidedNanos);
    claimedNanos = decidedNanos;
    if (context.clock().nanos() - decidedNanos > RouterTable.LATE_NANOS) {
      portion.postpone();
    } else {
      installFrom(0, false);
    }
  }

  /** When the router last claimed. */
  long claimedNanos() {
    return claimedNanos;
  }

  /** When the next portion of many addresses is due; {@link Long#MAX_VALUE} for never. */
  long continueAtNanos() {
    return Math.min(portion.continueAtNanos(), routes.continueAtNanos());
  }

  /** Installs the next portion, when there is one; answers what was not there before. */
  List<VirtualAddressConfig> continueInstalling(long nowNanos) {
    if (routes.continueAtNanos() <= nowNanos) {
      routes.continueInstalling();
    }
    return portion.continueAtNanos() > nowNanos
        ? List.of()
        : installFrom(portion.position(), false);
  }

  /** Removes everything. */
  void removeAll() {
    portion.end();
    routes.removeAll();
    remove(addresses.giveUp());
    report();
  }

  /** Takes away what is held and not in another definition. */
  void release(InstanceConfig after) {
    routes.removeAllBut(after.extras().routingEntries());
    removeOthers(after.addresses());
  }

  /** Takes away what is not in the configuration, installs what is missing and answers that. */
  List<VirtualAddressConfig> adjust() {
    removeOthers(router.config().addresses());
    return installFrom(0, true);
  }

  /** Takes away what is held and not in the list. */
  private void removeOthers(List<VirtualAddressConfig> wanted) {
    remove(addresses.giveUpAllBut(wanted));
    report();
  }

  /**
   * What another program put in the place of ours stays. One with a lease is ours again after the
   * next refresh, at most a second later, and goes: others may claim it now.
   */
  private void remove(List<AddressInstall> unwanted) {
    List<AddressInstall> ours = new ArrayList<>();
    for (AddressInstall install : unwanted) {
      if (install.lease().isOn() || !context.interfaces().isForeign(install.local())) {
        ours.add(install);
      } else {
        context
            .ports()
            .journal()
            .warn(
                router.config().name()
                    + ": "
                    + install.address().text()
                    + " on "
                    + install.interfaceName()
                    + " is not removed: another program has replaced it, and it has no lease;"
                    + " unless that was on purpose: ip address del "
                    + install.address().text()
                    + " dev "
                    + install.interfaceName());
      }
    }
    for (AddressInstall install : ours) {
      if (context.interfaces().has(install.local())) {
        context.interfaces().beside().own(install.local());
      }
    }
    context.tables().removals().remove(ours, this::removalFailed);
  }

  /** Puts all addresses under the lease of the configuration. */
  void changeLease() {
    Lease wanted = router.config().election().lease();
    if (!addresses.hasOtherThan(wanted)) {
      return;
    }
    if (!lease.isPromised(wanted, context.clock().nanos())) {
      router.effects().advertiseNow();
    }
    long nowNanos = context.clock().nanos();
    if (lease.isPromised(wanted, nowNanos)) {
      lease.asking(List.of(), wanted.seconds(), nowNanos);
      addresses.changeLease(wanted);
      report();
    }
  }

  /** Installs what is missing; answers what was not there before. */
  private List<VirtualAddressConfig> installFrom(int position, boolean isBesideOthers) {
    List<AddressInstall> missing = new ArrayList<>();
    portion.begin(position);
    List<VirtualAddressConfig> wanted = router.config().addresses();
    while (portion.takes(wanted)) {
      VirtualAddressConfig address = wanted.get(portion.position());
      boolean isMissing = !addresses.has(address);
      if (isMissing) {
        target(address).ifPresent(missing::add);
      }
      portion.next(isMissing, address);
    }
    context.tables().removals().makeWayFor(missing);
    int seconds = secondsFor(missing, isBesideOthers);
    long beforeNanos = context.clock().nanos();
    List<VirtualAddressConfig> added = ask(missing, seconds);
    portion.askedSince(beforeNanos);
    installRoutes();
    return added;
  }

  /** What an owner finds is the host's own, unless it has the lease that a former run gave it. */
  private boolean isOfHost(AddressInstall found) {
    return router.config().election().priority().isOwner()
        && !context.interfaces().hasLeased(found.local());
  }

  /** How long a lease may be; see {@link AddressLease#seconds}. */
  private int secondsFor(List<AddressInstall> missing, boolean isBesideOthers) {
    Lease whole = router.config().election().lease();
    boolean isWanted = !missing.isEmpty() && whole.isOn();
    if (isBesideOthers && isWanted && !lease.isFresh(context.clock().nanos())) {
      router.effects().advertiseNow();
    }
    boolean isOutOfStep =
        isBesideOthers ? !addresses.leased().isEmpty() : lease.cadence().isWanted();
    Lease shortest = Lease.shortest(router.config().election().interval());
    boolean isShorter = isWanted && isOutOfStep && whole.seconds() > shortest.seconds();
    return lease.seconds(whole, isShorter ? 1 : 0, context.clock().nanos());
  }

  /** Asks the kernel; not when others could claim before the shortest lease ends. */
  private List<VirtualAddressConfig> ask(List<AddressInstall> wanted, int seconds) {
    if (wanted.isEmpty()) {
      return List.of();
    }
    if (seconds < 0) {
      lease.refused();
      return List.of();
    }
    lease.asking(wanted, seconds, context.clock().nanos());
    List<VirtualAddressConfig> added = addresses.install(wanted, seconds, this::isOfHost);
    for (AddressInstall install : wanted) {
      if (addresses.isOwn(install.address())) {
        context.interfaces().beside().own(install.local());
      }
    }
    // that they bear our mark now is not reported
    addresses.takenOver(wanted, added).forEach(it -> context.interfaces().expect(it.local()));
    report();
    return added;
  }

  /** A source must be there before the route that names it. */
  void installRoutes() {
    if (portion.continueAtNanos() == Long.MAX_VALUE) {
      routes.install();
    }
  }

  /** Puts back an address that another program removed; answers it unless it was there. */
  List<VirtualAddressConfig> restore(LocalAddress lost) {
    List<AddressInstall> again = addresses.matching(lost);
    context.tables().removals().makeWayFor(again);
    int seconds = secondsFor(again, true);
    List<VirtualAddressConfig> added = ask(again, seconds);
    if (added.isEmpty() && seconds >= 0 && !addresses.matching(lost).isEmpty()) {
      // a refresh put it back, which is not reported; what is refused is asked for again later
      context.interfaces().add(lost);
    }
    // with an address the kernel drops the routes that have it as their source; in the next turn,
    // once for all addresses that are put back in this one
    if (portion.continueAtNanos() == Long.MAX_VALUE) {
      routes.installSoon();
    }
    return added;
  }

  private Optional<AddressInstall> target(VirtualAddressConfig address) {
    Lease whole = router.config().election().lease();
    return context
        .interfaces()
        .link(router.config().deviceOf(address))
        .map(link -> new AddressInstall(link.index(), link.name(), address, whole));
  }

  private void removalFailed(String complaint) {
    addresses.complain(complaint);
    report();
  }

  private void report() {
    List<String> complaints = addresses.takeComplaints();
    if (complaints.isEmpty()) {
      return;
    }
    counters.add(RouterCounter.ADDRESS_ERRORS, complaints.size());
    if (complaintLimit.permits(context.clock().nanos())) {
      for (String complaint : complaints) {
        context.ports().journal().error(router.config().name() + ": " + complaint);
      }
    }
  }
}
