package org.vipd.daemon.runtime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.vipd.daemon.port.LinkState;
import org.vipd.daemon.port.LocalAddress;
import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.IpAddress;

/** The interfaces and addresses of this machine as the kernel last reported them. */
final class InterfaceTable {

  private final Map<Integer, LinkState> links = new HashMap<>();
  private final Map<Integer, List<LocalAddress>> addresses = new HashMap<>();

  void replaceAll(List<LinkState> allLinks, List<LocalAddress> allAddresses) {
    links.clear();
    addresses.clear();
    allLinks.forEach(this::put);
    allAddresses.forEach(this::add);
  }

  /** Records a link; true when something about it is new. */
  boolean put(LinkState link) {
    return !link.equals(links.put(link.index(), link));
  }

  boolean removeLink(int index) {
    addresses.remove(index);
    return links.remove(index) != null;
  }

  /** Records an address; true when it is new or changed. */
  boolean add(LocalAddress address) {
    List<LocalAddress> known =
        addresses.computeIfAbsent(address.interfaceIndex(), index -> new ArrayList<>());
    if (known.contains(address)) {
      return false;
    }
    for (int i = 0; i < known.size(); i++) {
      if (isSame(known.get(i), address)) {
        known.set(i, address);
        return true;
      }
    }
    return known.add(address);
  }

  boolean remove(LocalAddress address) {
    List<LocalAddress> known = addresses.getOrDefault(address.interfaceIndex(), List.of());
    return !known.isEmpty() && known.removeIf(other -> isSame(other, address));
  }

  Optional<LinkState> link(String name) {
    return links.values().stream().filter(link -> link.name().equals(name)).findFirst();
  }

  List<LocalAddress> addressesOf(int interfaceIndex) {
    return List.copyOf(addresses.getOrDefault(interfaceIndex, List.of()));
  }

  /** Whether the interface exists and packets can pass. */
  boolean isUp(int interfaceIndex) {
    LinkState link = links.get(interfaceIndex);
    return link != null && link.isUp();
  }

  /** Whether this very address is on its interface. */
  boolean has(LocalAddress address) {
    return addresses.getOrDefault(address.interfaceIndex(), List.of()).stream()
        .anyMatch(known -> isSame(known, address));
  }

  /** Whether the interface has the address, with whatever prefix length. */
  boolean has(int interfaceIndex, IpAddress address) {
    return addresses.getOrDefault(interfaceIndex, List.of()).stream()
        .anyMatch(known -> known.address().equals(address));
  }

  /** Whether some interface has this address, ready for use. */
  boolean hasUsable(IpAddress address) {
    return addresses.values().stream()
        .flatMap(List::stream)
        .anyMatch(known -> known.isUsable() && known.address().equals(address));
  }

  /**
   * The address to send from: the first usable one of the family that is not virtual; for IPv6 a
   * link-local one (RFC 9568 section 5.1.2.1).
   */
  Optional<IpAddress> primaryAddress(
      int interfaceIndex, AddressFamily family, Set<IpAddress> virtual) {
    return addresses.getOrDefault(interfaceIndex, List.of()).stream()
        .filter(LocalAddress::isUsable)
        .map(LocalAddress::address)
        .filter(address -> address.family() == family)
        .filter(address -> family == AddressFamily.IPV4 || address.isLinkLocal())
        .filter(address -> !virtual.contains(address))
        .findFirst();
  }

  private static boolean isSame(LocalAddress one, LocalAddress other) {
    return one.address().equals(other.address()) && one.prefixLength() == other.prefixLength();
  }
}
