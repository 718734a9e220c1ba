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
 */
public record LocalAddress(
    int interfaceIndex, IpAddress address, int prefixLength, boolean isUsable) {

  // by hand: what Java makes for records is spun at the first call, milliseconds before the first
  // packet; see docs/decisions/0008-jvm-flags.md
  @Override
  public boolean equals(Object other) {
    return other instanceof LocalAddress that
        && interfaceIndex == that.interfaceIndex
        && prefixLength == that.prefixLength
        && isUsable == that.isUsable
        && address.equals(that.address);
  }

  @Override
  public int hashCode() {
    return (address.hashCode() * 31 + interfaceIndex) * 31 + prefixLength;
  }
}
