package org.vipd.netlink.route;

import java.util.List;
import org.vipd.netlink.address.InterfaceIndex;
import org.vipd.netlink.address.MacAddress;

/**
 * A network interface as the kernel describes it.
 *
 * @param index its number
 * @param name its name
 * @param mac its hardware address; {@link MacAddress#ZERO} when it has none of 48 bits
 * @param flags IFF_* of the kernel header if.h
 * @param mtu octets of the longest packet
 * @param altNames other names it can be called by
 * @param portOf what kind of device it is a part of, as the kernel names it (IFLA_INFO_SLAVE_KIND
 *     of if_link.h: {@code bridge}, {@code bond}, {@code team}, {@code vrf}); empty when of none
 */
public record Link(
    InterfaceIndex index,
    String name,
    MacAddress mac,
    int flags,
    int mtu,
    List<String> altNames,
    String portOf) {

  /** Flag: switched on by the administrator. */
  public static final int FLAG_UP = 0x1;

  /** Flag: the loopback interface. */
  public static final int FLAG_LOOPBACK = 0x8;

  /** Flag: operational, with a carrier. */
  public static final int FLAG_RUNNING = 0x40;

  /** Flag: does not resolve addresses. */
  public static final int FLAG_NO_ARP = 0x80;

  /** Flag: can multicast. */
  public static final int FLAG_MULTICAST = 0x1000;

  /** Copies the names. */
  public Link {
    altNames = List.copyOf(altNames);
  }

  /** Returns whether the administrator switched it on. */
  public boolean up() {
    return has(FLAG_UP);
  }

  /** Returns whether it is operational, which needs a carrier. */
  public boolean running() {
    return has(FLAG_RUNNING);
  }

  /** Returns whether packets can pass: up and running. */
  public boolean isUsable() {
    return up() && running();
  }

  /** Returns whether it is a loopback interface. */
  public boolean isLoopback() {
    return has(FLAG_LOOPBACK);
  }

  /** Returns whether it can multicast. */
  public boolean supportsMulticast() {
    return has(FLAG_MULTICAST);
  }

  /** Returns whether neighbours resolve its addresses to its hardware address. */
  public boolean supportsArp() {
    return !has(FLAG_NO_ARP) && !isLoopback() && !mac.equals(MacAddress.ZERO);
  }

  private boolean has(int flag) {
    return (flags & flag) != 0;
  }
}
