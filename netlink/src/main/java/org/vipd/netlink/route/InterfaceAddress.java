package org.vipd.netlink.route;

import java.util.Optional;
import org.vipd.netlink.address.InterfaceIndex;
import org.vipd.netlink.address.IpPrefix;

/**
 * An address on an interface as the kernel describes it.
 *
 * @param index the interface
 * @param prefix the local address and its prefix length
 * @param scope RT_SCOPE_* of the kernel header rtnetlink.h: 0 global, 253 link, 254 host
 * @param flags IFA_F_* of the kernel header if_addr.h
 * @param label the IPv4 label, if any
 * @param protocol who added it (IFA_PROTO), 0 when unknown
 */
public record InterfaceAddress(
    InterfaceIndex index,
    IpPrefix prefix,
    int scope,
    int flags,
    Optional<String> label,
    int protocol) {

  /** Flag: another address of the same subnet is the primary one (IPv4), or temporary (IPv6). */
  public static final int FLAG_SECONDARY = 0x1;

  /** Flag: duplicate address detection is skipped. */
  public static final int FLAG_NO_DAD = 0x2;

  /** Flag: duplicate address detection found a duplicate. */
  public static final int FLAG_DAD_FAILED = 0x8;

  /** Flag: not to be chosen as a source. */
  public static final int FLAG_DEPRECATED = 0x20;

  /** Flag: duplicate address detection is under way, so the address is not usable. */
  public static final int FLAG_TENTATIVE = 0x40;

  /** Flag: it has no lifetime and stays until somebody removes it. */
  public static final int FLAG_PERMANENT = 0x80;

  /** An address of which nobody knows who added it. */
  public InterfaceAddress(
      InterfaceIndex index, IpPrefix prefix, int scope, int flags, Optional<String> label) {
    this(index, prefix, scope, flags, label, 0);
  }

  /** Returns whether another address of the subnet is preferred as source. */
  public boolean secondary() {
    return has(FLAG_SECONDARY);
  }

  /** Returns whether duplicate address detection is under way. */
  public boolean tentative() {
    return has(FLAG_TENTATIVE);
  }

  /** Returns whether duplicate address detection found a duplicate. */
  public boolean dadFailed() {
    return has(FLAG_DAD_FAILED);
  }

  /** Returns whether the address is not to be chosen as a source. */
  public boolean deprecated() {
    return has(FLAG_DEPRECATED);
  }

  private boolean has(int flag) {
    return (flags & flag) != 0;
  }
}
