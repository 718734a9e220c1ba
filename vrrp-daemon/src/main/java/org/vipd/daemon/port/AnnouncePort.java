package org.vipd.daemon.port;

import org.vipd.protocol.value.IpAddress;

/** Tells the LAN where an address lives. */
public interface AnnouncePort {

  /**
   * Sends one gratuitous ARP (RFC 5227 section 3 form of a request) or unsolicited neighbour
   * advertisement (RFC 4861 section 7.2.6) for the address.
   *
   * @param link interface whose hardware address is announced
   */
  void announce(LinkState link, IpAddress address) throws PortException;
}
