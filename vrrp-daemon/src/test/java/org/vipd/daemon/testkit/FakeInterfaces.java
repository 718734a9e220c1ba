package org.vipd.daemon.testkit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.vipd.daemon.config.Lease;
import org.vipd.daemon.port.AddressInstall;
import org.vipd.daemon.port.AddressPort;
import org.vipd.daemon.port.LinkPort;
import org.vipd.daemon.port.LinkState;
import org.vipd.daemon.port.LocalAddress;
import org.vipd.daemon.port.LocalAddress.Origin;
import org.vipd.daemon.port.PortException;
import org.vipd.protocol.value.IpAddress;

/** Interfaces and addresses in memory; like a kernel it reports each change to the loop. */
public final class FakeInterfaces implements LinkPort, AddressPort {

  private final Trace trace;
  private final Map<String, Lease> leases = new HashMap<>();
  private final FakeNetwork network;
  private final Map<Integer, LinkState> links = new LinkedHashMap<>();
  private final Map<LocalAddress, LocalAddress> addresses = new LinkedHashMap<>();
  private final Map<IpAddress, String> refusals = new LinkedHashMap<>();
  private final List<String> refreshed = new ArrayList<>();
  private final List<LocalAddress> ofHost = new ArrayList<>();
  private final Map<String, Long> endsNanos = new HashMap<>();
  private Optional<FakeClock> clock = Optional.empty();
  private long ipv6Nanos;
  private long longestCallNanos;
  private int expired;
  private int refreshes;
  private Runnable beforeRefresh = () -> {};
  private Runnable afterListing = () -> {};
  private boolean reporting = true;
  private boolean areLeft;
  private boolean keepsMarks;
  private Optional<String> listFailure = Optional.empty();

  FakeInterfaces(Trace trace, FakeNetwork network) {
    this.trace = trace;
    this.network = network;
  }

  /** Adds an interface or changes the one with this index. */
  public void putLink(int index, String name, boolean isUp) {
    put(new LinkState(index, name, 0x0200_0000_0000L + index, isUp, 1500, ""));
  }

  /** Makes an interface a port of a bridge, a bond or a team; empty: of none again. */
  public void enslave(int index, String kind) {
    LinkState old = links.get(index);
    put(new LinkState(index, old.name(), old.mac(), old.isUp(), old.mtu(), kind));
  }

  private void put(LinkState link) {
    int index = link.index();
    links.put(index, link);
    report(() -> network.arrive(listener -> listener.linkChanged(link)));
  }

  /** Gives an interface another hardware address. */
  public void changeMac(int index, long mac) {
    LinkState old = links.get(index);
    put(new LinkState(index, old.name(), mac, old.isUp(), old.mtu(), old.deviceAbove()));
  }

  /** Removes an interface and its addresses. */
  public void removeLink(int index) {
    links.remove(index);
    addresses.keySet().removeIf(address -> address.interfaceIndex() == index);
    report(() -> network.arrive(listener -> listener.linkRemoved(index)));
  }

  /** Adds an address such as {@code 10.0.0.1/24} as an operator would. */
  public void putAddress(int index, String prefix) {
    add(parse(index, prefix, true));
  }

  /** Gives the host an address of its own, which no vipd has added. */
  public void putOwnAddress(int index, String prefix) {
    ofHost.add(parse(index, prefix, true).plain());
    putAddress(index, prefix);
  }

  /** Adds an address that cannot be used yet, as during duplicate address detection. */
  public void putTentativeAddress(int index, String prefix) {
    add(parse(index, prefix, false));
  }

  /** Removes an address as an operator would. */
  public void takeAddress(int index, String prefix) {
    LocalAddress address = parse(index, prefix, true);
    addresses.remove(address.plain());
    report(() -> network.arrive(listener -> listener.addressRemoved(address)));
  }

  /** Loses the reports of later changes until {@link #loseReports} is called again with false. */
  public void loseReports(boolean lost) {
    reporting = !lost;
  }

  /** Says that reports were lost. */
  public void askToResynchronize() {
    network.arrive(org.vipd.daemon.port.LinkListener::resynchronize);
  }

  /** Lets installing and removing this address fail. */
  public void refuse(String address, String message) {
    refusals.put(IpAddress.parse(address).orElseThrow(), message);
  }

  /** Lets installing and removing this address succeed again. */
  public void permit(String address) {
    refusals.remove(IpAddress.parse(address).orElseThrow());
  }

  /** Lets time pass for each IPv6 address in a request, and addresses go when their lease ends. */
  public void slowDown(FakeClock passing, long nanosForEachIpv6Address) {
    clock = Optional.of(passing);
    ipv6Nanos = nanosForEachIpv6Address;
    longestCallNanos = 0;
    leases.forEach((address, lease) -> endsNanos.put(address, passing.nanos() + lease.nanos()));
  }

  /** How long the longest request took since {@link #slowDown}. */
  public long longestCallNanos() {
    return longestCallNanos;
  }

  /** How many addresses were asked for again after their lease had ended. */
  public int expired() {
    return expired;
  }

  /** When each lease that was asked for ends, since {@link #slowDown}. */
  public Map<String, Long> endsNanos() {
    return Map.copyOf(endsNanos);
  }

  /** The latest end of a lease. */
  public long latestEndNanos() {
    return endsNanos.values().stream().mapToLong(it -> it).max().orElseThrow();
  }

  private void workOn(List<AddressInstall> requested) {
    if (clock.isEmpty()) {
      return;
    }
    long beforeNanos = clock.get().nanos();
    for (AddressInstall install : requested) {
      clock.get().advance(install.address().address().toBytes().length > 4 ? ipv6Nanos : 0);
      Long endNanos =
          endsNanos.put(install.address().text(), clock.get().nanos() + install.lease().nanos());
      expired += endNanos != null && endNanos <= clock.get().nanos() ? 1 : 0;
    }
    longestCallNanos = Math.max(longestCallNanos, clock.get().nanos() - beforeNanos);
  }

  /** Lets another vipd on this host have an address, or renew its lease. */
  public void putBesideUs(int index, String prefix) {
    putBesideUs(index, prefix, Origin.VIPD_LEASED);
  }

  /** The same of that origin. */
  public void putBesideUs(int index, String prefix, Origin origin) {
    LocalAddress plain = parse(index, prefix, true);
    add(new LocalAddress(index, plain.address(), plain.prefixLength(), true, origin));
  }

  /** Lets all addresses count as left by a former run, as far as they bear a mark. */
  public void leaveAll() {
    areLeft = true;
  }

  @Override
  public boolean isLeft(AddressInstall address) {
    return areLeft;
  }

  /** Lets the kernel keep the mark of what is installed from now on. */
  public void keepMarks() {
    keepsMarks = true;
  }

  @Override
  public Removed removeBesideOthers(List<AddressInstall> unwanted) {
    trace.add("promote others");
    return remove(unwanted);
  }

  /** Lets listing fail with this message, or succeed again. */
  public void failToList(Optional<String> message) {
    listFailure = message;
  }

  /** Lets all addresses look as if a vipd had added them, but for the host's own. */
  public void markAll(LocalAddress.Origin origin) {
    areLeft = origin == Origin.VIPD_LEASED;
    addresses.replaceAll(
        (key, it) ->
            ofHost.contains(key)
                ? it
                : new LocalAddress(
                    it.interfaceIndex(), it.address(), it.prefixLength(), it.isUsable(), origin));
  }

  /** Whether the address is on an interface. */
  public boolean has(String address) {
    IpAddress wanted = IpAddress.parse(address).orElseThrow();
    return addresses.keySet().stream().anyMatch(known -> known.address().equals(wanted));
  }

  @Override
  public List<LinkState> links() throws PortException {
    failWhenAsked();
    return List.copyOf(links.values());
  }

  @Override
  public List<LocalAddress> addresses() throws PortException {
    failWhenAsked();
    List<LocalAddress> listed = List.copyOf(addresses.values());
    afterListing.run();
    afterListing = () -> {};
    return listed;
  }

  @Override
  public Installed install(List<AddressInstall> wanted) {
    trace.add("install " + describe(wanted));
    workOn(wanted);
    wanted.forEach(it -> leases.put(it.address().text(), it.lease()));
    List<AddressInstall> existing = wanted.stream().filter(this::isThere).toList();
    wanted.stream()
        .filter(it -> !isRefused(it) && !existing.contains(it))
        .map(this::installed)
        .forEach(this::add);
    return new Installed(existing, failures(wanted));
  }

  private LocalAddress installed(AddressInstall wanted) {
    LocalAddress plain = wanted.local();
    Origin mark = wanted.lease().isOn() ? Origin.VIPD_LEASED : Origin.VIPD;
    return new LocalAddress(
        plain.interfaceIndex(),
        plain.address(),
        plain.prefixLength(),
        true,
        keepsMarks ? mark : Origin.OTHER);
  }

  private boolean isThere(AddressInstall wanted) {
    return addresses.containsKey(wanted.local());
  }

  @Override
  public List<Failure> refresh(List<AddressInstall> wanted) {
    refreshes++;
    beforeRefresh.run();
    beforeRefresh = () -> {};
    workOn(wanted);
    if (!trace.isRecording()) {
      return List.of();
    }
    refreshed.clear();
    wanted.forEach(it -> refreshed.add(it.address().text()));
    wanted.forEach(this::traceLease);
    // as the kernel: what is missing is added, and nobody hears of that
    wanted.stream()
        .filter(it -> !isRefused(it) && !isThere(it))
        .map(AddressInstall::local)
        .forEach(it -> addresses.put(it.plain(), it));
    return failures(wanted);
  }

  /** Only a lease of another length is worth a line. */
  private void traceLease(AddressInstall wanted) {
    Lease before = leases.put(wanted.address().text(), wanted.lease());
    if (!wanted.lease().equals(before)) {
      trace.add(
          "lease "
              + wanted.address().text()
              + " "
              + wanted.lease().nanos() / 1_000_000_000L
              + " s");
    }
  }

  /** The lease that an address was last installed or refreshed with. */
  public Lease lease(String address) {
    return leases.get(address);
  }

  /** Does something once, when the daemon has decided to refresh and the kernel has not begun. */
  public void beforeRefresh(Runnable action) {
    beforeRefresh = action;
  }

  /** Does something once, after the daemon has asked for all addresses. */
  public void afterListing(Runnable action) {
    afterListing = action;
  }

  /** How many batches of refreshes there were. */
  public int refreshes() {
    return refreshes;
  }

  /** The addresses of the last batch. */
  public List<String> refreshed() {
    return List.copyOf(refreshed);
  }

  @Override
  public Removed remove(List<AddressInstall> unwanted) {
    trace.add("remove " + describe(unwanted));
    unwanted.forEach(it -> endsNanos.remove(it.address().text()));
    workOn(unwanted);
    unwanted.forEach(it -> endsNanos.remove(it.address().text()));
    List<Failure> failures = failures(unwanted);
    List<AddressInstall> missing = new ArrayList<>();
    for (AddressInstall install : unwanted) {
      LocalAddress address = install.local();
      if (isRefused(install)) {
        continue;
      }
      if (addresses.remove(address.plain()) == null) {
        missing.add(install);
      } else {
        report(() -> network.arrive(listener -> listener.addressRemoved(address)));
      }
    }
    return new Removed(missing, failures);
  }

  private void add(LocalAddress address) {
    addresses.remove(address.plain());
    addresses.put(address.plain(), address);
    report(() -> network.arrive(listener -> listener.addressAdded(address)));
  }

  private void report(Runnable event) {
    if (reporting) {
      event.run();
    }
  }

  private List<Failure> failures(List<AddressInstall> installs) {
    return installs.stream()
        .filter(this::isRefused)
        .map(
            it ->
                new Failure(it, it.address().text() + ": " + refusals.get(it.address().address())))
        .toList();
  }

  private boolean isRefused(AddressInstall install) {
    return refusals.containsKey(install.address().address());
  }

  private void failWhenAsked() throws PortException {
    if (listFailure.isPresent()) {
      throw new PortException(listFailure.get(), false);
    }
  }

  private static LocalAddress parse(int index, String prefix, boolean isUsable) {
    int slash = prefix.indexOf('/');
    IpAddress address = IpAddress.parse(prefix.substring(0, slash)).orElseThrow();
    return new LocalAddress(
        index, address, Integer.parseInt(prefix.substring(slash + 1)), isUsable);
  }

  private static String describe(List<AddressInstall> installs) {
    return installs.stream()
        .map(it -> it.address().text() + " on " + it.interfaceName())
        .collect(Collectors.joining(", "));
  }
}
