package org.vipd.daemon.config;

import java.util.List;
import java.util.Optional;
import org.vipd.protocol.value.IpAddress;

/** How advertisements travel. */
public sealed interface Transport {

  /** The address to send from; empty means the first suitable address of the interface. */
  Optional<IpAddress> source();

  /** Where each advertisement goes; at least one address. */
  List<IpAddress> destinations();

  /**
   * To the VRRP group of the family (224.0.0.18 or ff02::12, RFC 9568 section 5.1) or another
   * group.
   *
   * @param source address to send from
   * @param group destination
   */
  record Multicast(Optional<IpAddress> source, IpAddress group) implements Transport {
    @Override
    public List<IpAddress> destinations() {
      return List.of(group);
    }
  }

  /**
   * To each peer on its own; keepalived's extension, in no RFC.
   *
   * @param source address to send from
   * @param peers at least one
   */
  record Unicast(Optional<IpAddress> source, List<IpAddress> peers) implements Transport {
    public Unicast {
      peers = List.copyOf(peers);
      if (peers.isEmpty()) {
        throw new IllegalArgumentException("unicast needs at least one peer");
      }
    }

    @Override
    public List<IpAddress> destinations() {
      return peers;
    }
  }
}
