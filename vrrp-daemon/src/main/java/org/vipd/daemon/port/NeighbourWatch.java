package org.vipd.daemon.port;

import org.vipd.protocol.value.IpAddress;

/** Listens to the neighbours on one interface until it is closed. On the loop thread only. */
public interface NeighbourWatch extends AutoCloseable {

  /**
   * Asks who has an address, without claiming it: an ARP probe (RFC 5227 section 2.1.1) or a
   * neighbour solicitation as for duplicate addresses (RFC 4862 section 5.4.2).
   */
  void ask(IpAddress address) throws PortException;

  /** Whether any frame of another host has arrived since the beginning. */
  boolean hasReceived();

  @Override
  void close();
}
