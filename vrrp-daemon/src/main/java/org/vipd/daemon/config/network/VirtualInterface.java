package org.vipd.daemon.config.network;

import java.util.Optional;

/** An interface that is made for an instance. */
public sealed interface VirtualInterface {

  /** None: the addresses go to the instance's interface. */
  record None() implements VirtualInterface {}

  /**
   * A macvlan with the virtual MAC address of the router.
   *
   * @param name its name; empty for one made of the VRID
   * @param mac five octets that the VRID is appended to, or all six; empty for the one of RFC 9568
   *     section 7.3
   * @param transmitsOnBase whether advertisements leave through the base interface
   * @param coversAddresses whether addresses for other interfaces get macvlans there too
   * @param group interface group, as written
   */
  record Macvlan(
      Optional<String> name,
      Optional<String> mac,
      boolean transmitsOnBase,
      boolean coversAddresses,
      Optional<String> group)
      implements VirtualInterface {}

  /**
   * An ipvlan.
   *
   * @param name its name; empty for one made of the VRID
   * @param address address it sends from, with its length
   * @param mode bridge, private or vepa
   */
  record Ipvlan(Optional<String> name, Optional<String> address, String mode)
      implements VirtualInterface {}
}
