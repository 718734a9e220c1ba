package org.vipd.daemon.runtime;

import java.time.InstantSource;
import java.util.Set;
import org.vipd.daemon.port.NanoClock;
import org.vipd.protocol.value.IpAddress;

/**
 * What all virtual routers share.
 *
 * @param ports the outside
 * @param clock monotonic time
 * @param wallClock for time stamps only
 * @param interfaces what the kernel reported
 * @param tables channels, checks and the set of all virtual addresses
 */
record RouterContext(
    RuntimePorts ports,
    NanoClock clock,
    InstantSource wallClock,
    InterfaceTable interfaces,
    Tables tables) {

  /**
   * Shared tables.
   *
   * @param segments open channels
   * @param checks health checks
   * @param virtualAddresses every virtual address of the configuration: never a source of
   *     advertisements
   */
  record Tables(SegmentTable segments, CheckTable checks, Set<IpAddress> virtualAddresses) {}
}
