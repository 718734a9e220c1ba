package org.vipd.daemon.port;

import org.vipd.protocol.value.IpAddress;

/** Hears what neighbours say about addresses, on the loop thread. */
public interface NeighbourListener {

  /** A host says that it has an address: it answered, announced it or used it in an ARP packet. */
  void has(HardwareAddress host, IpAddress address);

  /** A host sent a packet of IP protocol 112 or 51. */
  void advertises(HardwareAddress host, IpAddress source);

  /** Nothing more will be heard, for instance because the interface went away. */
  void deafened(String reason);
}
