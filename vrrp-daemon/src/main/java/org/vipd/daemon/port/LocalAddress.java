package org.vipd.daemon.port;

import org.vipd.protocol.value.IpAddress;

/**
 * An address of this machine.
 *
 * @param interfaceIndex the interface it is on
 * @param address the address
 * @param prefixLength length of its prefix in bits
 * @param isUsable whether packets can be sent from it now (not tentative, not failed in duplicate
 *     address detection)
 * @param origin who seems to have added it
 */
public record LocalAddress(
    int interfaceIndex, IpAddress address, int prefixLength, boolean isUsable, Origin origin) {

  /** An address without a mark. */
  public LocalAddress(int interfaceIndex, IpAddress address, int prefixLength, boolean isUsable) {
    this(interfaceIndex, address, prefixLength, isUsable, Origin.OTHER);
  }

  /** What tells it from others, for the kernel: without its state and who added it. */
  public LocalAddress plain() {
    return new LocalAddress(interfaceIndex, address, prefixLength, true);
  }

  // by hand: what Java makes for records is spun at the first call, milliseconds before the first
  // packet; see docs/decisions/0008-jvm-flags.md
  @Override
  public boolean equals(Object other) {
    return other instanceof LocalAddress that
        && interfaceIndex == that.interfaceIndex
        && prefixLength == that.prefixLength
        && isUsable == that.isUsable
        && origin == that.origin
        && address.equals(that.address);
  }

  @Override
  public int hashCode() {
    return (address.hashCode() * 31 + interfaceIndex) * 31 + prefixLength;
  }

  /** Who seems to have added an address. */
  public enum Origin {
    /** Not a vipd. */
    OTHER,
    /** A vipd: the kernel keeps a protocol number with it. */
    VIPD,
    /** A vipd, and it has a lease; where kernels do not keep that number, whoever uses leases. */
    VIPD_LEASED,
    /** It has a lease and, on a kernel that keeps that number, none: a DHCP client, for example. */
    LEASED
  }

  /** Whether a vipd may have added it. */
  public boolean isMarked() {
    return origin == Origin.VIPD || origin == Origin.VIPD_LEASED;
  }
}
