package org.vipd.daemon.linux;

import org.vipd.netlink.socket.Datagram;

/** A descriptor that {@link LinuxNetwork} waits for, and what takes its packets off. */
interface Receiver {

  int fd();

  /**
   * Takes what is there, with a limit.
   *
   * @param datagram memory that may be used
   * @param mayBeMore whether there may be a second packet; without it one is taken
   * @return number of packets taken
   */
  int receive(Datagram datagram, boolean mayBeMore);
}
