package org.vipd.protocol.wire;

import java.util.Set;
import org.vipd.protocol.value.IpAddress;

/**
 * From whom and how far packets may come.
 *
 * @param ownAddresses addresses of this host on the interface; packets from them are our own
 * @param peers unicast peers; empty means multicast
 * @param minimumHopLimit smallest accepted TTL or hop limit, 0 to 255
 * @param maximumHopLimit largest accepted TTL or hop limit, 0 to 255
 */
public record Delivery(
    Set<IpAddress> ownAddresses, Set<IpAddress> peers, int minimumHopLimit, int maximumHopLimit) {
  /** The hop limit that no forwarded packet can have (RFC 9568 section 5.1.1.3). */
  public static final int UNFORWARDED = 255;

  /** Copies the sets; refuses an empty or impossible hop limit range. */
  public Delivery {
    ownAddresses = Set.copyOf(ownAddresses);
    peers = Set.copyOf(peers);
    if (minimumHopLimit < 0 || maximumHopLimit > UNFORWARDED || minimumHopLimit > maximumHopLimit) {
      throw new IllegalArgumentException(
          "hop limit range must lie in 0..255, got " + minimumHopLimit + ".." + maximumHopLimit);
    }
  }

  /** To the VRRP group, hop limit 255. */
  public static Delivery multicast(Set<IpAddress> ownAddresses) {
    return new Delivery(ownAddresses, Set.of(), UNFORWARDED, UNFORWARDED);
  }

  /** From named peers to this host, any hop limit. */
  public static Delivery unicast(Set<IpAddress> ownAddresses, Set<IpAddress> peers) {
    if (peers.isEmpty()) {
      throw new IllegalArgumentException("unicast needs at least one peer address, got none");
    }
    return new Delivery(ownAddresses, peers, 0, UNFORWARDED);
  }

  /** The same with another hop limit range. */
  public Delivery withHopLimits(int minimum, int maximum) {
    return new Delivery(ownAddresses, peers, minimum, maximum);
  }

  /** True when peers are named. */
  public boolean isUnicast() {
    return !peers.isEmpty();
  }
}
