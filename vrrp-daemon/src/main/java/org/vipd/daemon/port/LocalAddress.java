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
 * @param isMarked whether it looks like one that a vipd has added: by the protocol number that the
 *     kernel keeps with it, or, where kernels do not keep that, by a lease
 */
public record LocalAddress(
    int interfaceIndex, IpAddress address, int prefixLength, boolean isUsable, boolean isMarked) {

  /** An address without a mark. */
  public LocalAddress(int interfaceIndex, IpAddress address, int prefixLength, boolean isUsable) {
    this(interfaceIndex, address, prefixLength, isUsable, false);
  }

  // by hand: what Java makes for records is spun at the first call, milliseconds before the first
  // packet; see docs/decisions/0008-jvm-flags.md
  @Override
  public boolean equals(Object other) {
    return other instanceof LocalAddress that
        && interfaceIndex == that.interfaceIndex
        && prefixLength == that.prefixLength
        && isUsable == that.isUsable
        && isMarked == that.isMarked
        && address.equals(that.address);
  }

  @Override
  public int hashCode() {
    return (address.hashCode() * 31 + interfaceIndex) * 31 + prefixLength;
  }
}
