package org.vipd.daemon.runtime;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vipd.daemon.config.Prefix;
import org.vipd.daemon.config.track.InterfaceDelay;
import org.vipd.daemon.port.LinkPort;
import org.vipd.daemon.port.LinkState;
import org.vipd.daemon.port.LocalAddress;
import org.vipd.daemon.port.NanoClock;
import org.vipd.daemon.port.PortException;
import org.vipd.daemon.tracking.LinkDebounce;
import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.IpAddress;

/** The interfaces and addresses of this machine as the kernel last reported them. */
final class InterfaceTable {

  private final NanoClock clock;
  private final LinkDebounce debounce = new LinkDebounce();
  private final Map<Integer, LinkState> links = new HashMap<>();
  private final Map<Integer, Map<Prefix, LocalAddress>> addresses = new HashMap<>();
  private final LeasesBeside beside = new LeasesBeside();
  private long listedNanos = Long.MIN_VALUE;
  private boolean keepsMarks;

  InterfaceTable(NanoClock clock) {
    this.clock = clock;
  }

  /** Lets changes of these interfaces count only after they lasted. */
  void delay(List<InterfaceDelay> delays) {
    debounce.redefine(delays);
  }

  /** When a change that waits may count; {@code Long.MAX_VALUE} when none waits. */
  long deadlineNanos() {
    return debounce.deadlineNanos();
  }

  /** Lets changes count that lasted long enough; true when there are some. */
  boolean advance(long nowNanos) {
    List<String> due = debounce.takeDue(nowNanos);
    if (due.isEmpty()) {
      return false;
    }
    for (String name : due) {
      link(name).ifPresent(it -> links.put(it.index(), withState(it, !it.isUp())));
    }
    return true;
  }

  private LinkState debounced(LinkState link) {
    boolean before = link(link.name()).map(LinkState::isUp).orElse(link.isUp());
    return withState(link, debounce.accept(link.name(), before, link.isUp(), clock.nanos()));
  }

  private static LinkState withState(LinkState link, boolean isUp) {
    return new LinkState(
        link.index(), link.name(), link.mac(), isUp, link.mtu(), link.deviceAbove());
  }

  /** Asks the kernel for all of them again. */
  void list(LinkPort port) throws PortException {
    long askedNanos = clock.nanos();
    replaceAll(port.links(), port.addresses());
    listedNanos = askedNanos;
  }

  private void replaceAll(List<LinkState> allLinks, List<LocalAddress> allAddresses) {
    List<LinkState> debounced = allLinks.stream().map(this::debounced).toList();
    links.clear();
    addresses.clear();
    debounced.forEach(link -> links.put(link.index(), link));
    beside.retain(allAddresses);
    allAddresses.forEach(this::list);
  }

  /** Nobody has renewed what is merely listed. */
  private void list(LocalAddress listed) {
    LocalAddress address = respected(listed);
    keepsMarks |= address.origin() == LocalAddress.Origin.VIPD;
    put(address);
    beside.reported(address, false, clock.nanos());
  }

  /** Whether the kernel was asked for all of them at a time or later. */
  boolean isListedSince(long nanos) {
    return listedNanos >= nanos;
  }

  /** Records a link; true when something about it is new. */
  boolean put(LinkState reported) {
    LinkState link = debounced(reported);
    return !link.equals(links.put(link.index(), link));
  }

  boolean removeLink(int index) {
    addresses.remove(index);
    beside.gone(index);
    return links.remove(index) != null;
  }

  /** Records an address that was reported; true when it is new or changed. */
  boolean add(LocalAddress reported) {
    LocalAddress address = respected(reported);
    keepsMarks |= address.origin() == LocalAddress.Origin.VIPD;
    boolean isNew = put(address);
    beside.reported(address, !isNew, clock.nanos());
    return isNew;
  }

  /**
   * Who has a lease is left alone and waited for, whoever it is, unless the ledger names it; and
   * that does not name what bears no mark of a vipd.
   */
  private static LocalAddress respected(LocalAddress address) {
    return address.origin() == LocalAddress.Origin.LEASED
        ? new LocalAddress(
            address.interfaceIndex(),
            address.address(),
            address.prefixLength(),
            address.isUsable(),
            LocalAddress.Origin.VIPD_LEASED)
        : address;
  }

  /** What somebody else on this host holds. */
  LeasesBeside beside() {
    return beside;
  }

  /** Records an address that this daemon has added; the report of it has not been read yet. */
  void expect(LocalAddress address) {
    put(
        new LocalAddress(
            address.interfaceIndex(),
            address.address(),
            address.prefixLength(),
            address.isUsable(),
            LocalAddress.Origin.VIPD));
  }

  private boolean put(LocalAddress address) {
    LocalAddress before =
        addresses
            .computeIfAbsent(address.interfaceIndex(), index -> new LinkedHashMap<>())
            .put(prefix(address), address);
    return !address.equals(before);
  }

  /** Forgets an address; false when it was not known, nor perhaps its interface. */
  boolean remove(LocalAddress address) {
    beside.gone(address);
    Map<Prefix, LocalAddress> known = addresses.get(address.interfaceIndex());
    return known != null && known.remove(prefix(address)) != null;
  }

  List<LinkState> links() {
    return List.copyOf(links.values());
  }

  Optional<LinkState> link(String name) {
    return links.values().stream().filter(link -> link.name().equals(name)).findFirst();
  }

  /** The link that has a name now which another one had before, if there is one. */
  Optional<LinkState> heirOf(String name, int formerIndex) {
    LinkState former = links.get(formerIndex);
    boolean keepsName = former != null && former.name().equals(name);
    return keepsName ? Optional.empty() : link(name);
  }

  /** Those of an interface, an earlier one first. */
  List<LocalAddress> addressesOf(int interfaceIndex) {
    return List.copyOf(addressesAt(interfaceIndex).values());
  }

  /** Whether an interface of that number exists. */
  boolean hasLink(int interfaceIndex) {
    return links.containsKey(interfaceIndex);
  }

  /** Whether the interface exists and packets can pass. */
  boolean isUp(int interfaceIndex) {
    LinkState link = links.get(interfaceIndex);
    return link != null && link.isUp();
  }

  /** Whether an interface of this machine has the hardware address. */
  boolean hasMac(long mac) {
    return links.values().stream().anyMatch(link -> link.mac() == mac);
  }

  /** Whether this very address is on its interface. */
  boolean has(LocalAddress address) {
    return addressesAt(address.interfaceIndex()).containsKey(prefix(address));
  }

  /** Whether this very address is there with the mark of a vipd, and has no lease. */
  boolean hasMarked(LocalAddress address) {
    return isOfOrigin(address, LocalAddress.Origin.VIPD);
  }

  /** Whether this very address is there with a lease. */
  boolean hasLeased(LocalAddress address) {
    return isOfOrigin(address, LocalAddress.Origin.VIPD_LEASED);
  }

  private boolean isOfOrigin(LocalAddress address, LocalAddress.Origin origin) {
    LocalAddress known = known(address);
    return known != null && known.origin() == origin;
  }

  /** Whether it is there without the mark of a vipd, on a kernel that keeps marks. */
  boolean isForeign(LocalAddress address) {
    LocalAddress known = known(address);
    return known != null && keepsMarks && !known.isMarked();
  }

  private LocalAddress known(LocalAddress address) {
    return addressesAt(address.interfaceIndex()).get(prefix(address));
  }

  /** Whether the interface has the address, with whatever prefix length. */
  boolean has(int interfaceIndex, IpAddress address) {
    return addressesAt(interfaceIndex).values().stream()
        .anyMatch(known -> known.address().equals(address));
  }

  /** Whether some interface has this address, ready for use. */
  boolean hasUsable(IpAddress address) {
    return addresses.values().stream()
        .flatMap(known -> known.values().stream())
        .anyMatch(known -> known.isUsable() && known.address().equals(address));
  }

  /**
   * The address to send from: the first usable one of the family and kind that is not virtual, one
   * that was not added here before a static one, wherever the kernel lists that.
   *
   * @param isLinkLocal whether an IPv6 one must be link-local, or must not be; without a meaning
   *     for IPv4
   */
  Optional<IpAddress> primaryAddress(
      int interfaceIndex, AddressFamily family, boolean isLinkLocal, VirtualAddresses virtual) {
    return firstAddress(interfaceIndex, family, isLinkLocal, virtual, false)
        .or(() -> firstAddress(interfaceIndex, family, isLinkLocal, virtual, true));
  }

  /** Not sorted: with thousands of addresses each router asks for its own after a change. */
  private Optional<IpAddress> firstAddress(
      int interfaceIndex,
      AddressFamily family,
      boolean isLinkLocal,
      VirtualAddresses virtual,
      boolean isAddedHere) {
    return addressesAt(interfaceIndex).values().stream()
        .filter(LocalAddress::isUsable)
        .filter(it -> isAddedHere == (it.origin() == LocalAddress.Origin.VIPD))
        .map(LocalAddress::address)
        .filter(address -> address.family() == family)
        .filter(address -> family == AddressFamily.IPV4 || address.isLinkLocal() == isLinkLocal)
        .filter(address -> !virtual.contains(address))
        .findFirst();
  }

  private Map<Prefix, LocalAddress> addressesAt(int interfaceIndex) {
    Map<Prefix, LocalAddress> known = addresses.get(interfaceIndex);
    return known == null ? Map.of() : known;
  }

  /** What the kernel tells the addresses of an interface apart by. */
  private static Prefix prefix(LocalAddress address) {
    return new Prefix(address.address(), address.prefixLength());
  }
}
