package org.vipd.netlink.address;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * An address with the length of its network prefix; bits beyond the prefix are kept.
 *
 * @param address the address; a scope identifier or a host name is dropped
 * @param length bits of the prefix: 0..32 for IPv4, 0..128 for IPv6
 */
public record IpPrefix(InetAddress address, int length) {

  /** Checks the length. */
  public IpPrefix {
    int maximum = IpFamily.of(address).maximumPrefixLength();
    if (length < 0 || length > maximum) {
      throw new IllegalArgumentException(
          "prefix length "
              + length
              + " of "
              + address.getHostAddress()
              + ": must be 0.."
              + maximum);
    }
    address = bare(address.getAddress());
  }

  /** Returns the prefix that holds this one address: /32 or /128. */
  public static IpPrefix host(InetAddress address) {
    return new IpPrefix(address, IpFamily.of(address).maximumPrefixLength());
  }

  /** Returns the family of the address. */
  public IpFamily family() {
    return IpFamily.of(address);
  }

  /** Returns for example {@code 10.0.0.1/32}. */
  @Override
  public String toString() {
    return address.getHostAddress() + "/" + length;
  }

  private static InetAddress bare(byte[] octets) {
    try {
      return InetAddress.getByAddress(octets);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(
          "address of " + octets.length + " octets: must be 4 or 16", e);
    }
  }

  // by hand: what Java makes for records is spun at the first call, milliseconds before the first
  // announcement
  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof IpPrefix that
            && length == that.length
            && address.equals(that.address));
  }

  @Override
  public int hashCode() {
    return address.hashCode() * 31 + length;
  }
}
