package org.vipd.daemon.port;

import java.util.Optional;
import org.vipd.protocol.value.IpAddress;

/**
 * How the packets of one BFD session go.
 *
 * @param source own address; empty for the one that the routing table gives
 * @param neighbour the other side
 * @param port the neighbour's and our port to receive: 3784, or 4784 over several hops
 * @param hopLimit TTL or hop limit of what is sent, 1..255
 * @param lowestHopLimit what may arrive with less is dropped, 0..255
 */
public record SessionPath(
    Optional<IpAddress> source, IpAddress neighbour, int port, int hopLimit, int lowestHopLimit) {

  /** Whether a packet belongs to it, whatever its hop limit is. */
  public boolean carries(SessionPort.Arrival arrival) {
    return port == arrival.port()
        && neighbour.equals(arrival.source())
        && source.map(arrival.destination()::equals).orElse(true);
  }
}
