package org.vipd.daemon.config.network;

import java.time.Duration;
import java.util.List;

/**
 * Interfaces that share one limit for announcements ({@code garp_group}).
 *
 * @param arpInterval least time between two gratuitous ARP packets; zero for none
 * @param ndpInterval least time between two neighbour advertisements; zero for none
 * @param interfaces the interfaces
 */
public record AnnounceGroup(Duration arpInterval, Duration ndpInterval, List<String> interfaces) {

  public AnnounceGroup {
    interfaces = List.copyOf(interfaces);
  }
}
