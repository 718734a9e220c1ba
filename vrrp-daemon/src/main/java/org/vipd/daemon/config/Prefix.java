package org.vipd.daemon.config;

import org.vipd.protocol.value.IpAddress;

/**
 * Addresses that begin alike.
 *
 * @param address one of them
 * @param length how many bits are alike
 */
public record Prefix(IpAddress address, int length) {

  // by hand: what Java makes for records is spun at the first call, milliseconds before the first
  // announcement
  @Override
  public boolean equals(Object other) {
    return other instanceof Prefix that && length == that.length && address.equals(that.address);
  }

  @Override
  public int hashCode() {
    return address.hashCode() * 31 + length;
  }

  @Override
  public String toString() {
    return address + "/" + length;
  }
}
