package org.vipd.daemon.port;

/**
 * Asks the hosts of a LAN whether they have an address, and hears what they say about addresses.
 */
public interface NeighbourPort {

  /**
   * Begins to listen; what is heard is given to the listener during {@link NetworkPort#await}.
   *
   * @param link an interface with a hardware address
   */
  NeighbourWatch watch(LinkState link, NeighbourListener listener) throws PortException;
}
