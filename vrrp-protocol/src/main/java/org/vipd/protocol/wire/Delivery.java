package org.vipd.protocol.wire;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.IpAddress;

/**
 * From whom, to whom and how far packets may come.
 *
 * @param ownAddresses addresses of this host on the interface; packets from them are our own
 * @param group the multicast group; empty means that of the family (224.0.0.18 or ff02::12, RFC
 *     9568 section 5.1). Without a meaning in unicast
 * @param peers unicast peers, and how far away each may be; empty means multicast
 */
public record Delivery(
    Set<IpAddress> ownAddresses, Optional<IpAddress> group, Map<IpAddress, HopRange> peers) {

  /** Copies the collections. */
  public Delivery {
    ownAddresses = Set.copyOf(ownAddresses);
    peers = Map.copyOf(peers);
  }

  /** To the VRRP group of the family, hop limit 255. */
  public static Delivery multicast(Set<IpAddress> ownAddresses) {
    return new Delivery(ownAddresses, Optional.empty(), Map.of());
  }

  /** To another group, hop limit 255. */
  public static Delivery multicast(Set<IpAddress> ownAddresses, IpAddress group) {
    return new Delivery(ownAddresses, Optional.of(group), Map.of());
  }

  /** From named peers to this host, any hop limit. */
  public static Delivery unicast(Set<IpAddress> ownAddresses, Set<IpAddress> peers) {
    return unicast(
        ownAddresses, peers.stream().collect(Collectors.toMap(it -> it, it -> HopRange.ANY)));
  }

  /** From named peers to this host, each from as far as its range says. */
  public static Delivery unicast(Set<IpAddress> ownAddresses, Map<IpAddress, HopRange> peers) {
    if (peers.isEmpty()) {
      throw new IllegalArgumentException("unicast needs at least one peer address, got none");
    }
    return new Delivery(ownAddresses, Optional.empty(), peers);
  }

  /** True when peers are named. */
  public boolean isUnicast() {
    return !peers.isEmpty();
  }

  /** Whether packets for this router may be sent to a destination. */
  boolean isTo(IpAddress destination, AddressFamily family) {
    if (isUnicast()) {
      return !destination.isMulticast();
    }
    return destination.equals(group.isPresent() ? group.get() : IpAddress.vrrpGroup(family));
  }

  /** Whether packets from a source are taken at all: from anybody in multicast. */
  boolean isFromKnown(IpAddress source) {
    return !isUnicast() || peers.containsKey(source);
  }

  /** Which hop limits are taken from a source: unforwarded packets only in multicast. */
  HopRange hopLimits(IpAddress source) {
    return peers.getOrDefault(source, HopRange.ONLY_UNFORWARDED);
  }
}
