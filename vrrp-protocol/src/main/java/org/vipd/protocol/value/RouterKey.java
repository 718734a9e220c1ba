package org.vipd.protocol.value;

/**
 * What makes a virtual router unique on a host.
 *
 * @param interfaceName name of the interface on which the protocol runs
 * @param family IPv4 and IPv6 routers with the same identifier are different routers
 * @param vrid identifier on that interface and family
 */
public record RouterKey(String interfaceName, AddressFamily family, Vrid vrid) {

  /** Refuses an empty interface name with {@link IllegalArgumentException}. */
  public RouterKey {
    if (interfaceName.isEmpty()) {
      throw new IllegalArgumentException("interface name must not be empty");
    }
  }

  // by hand: what Java makes for records is spun at the first call, milliseconds before the first
  // packet; see docs/decisions/0008-jvm-flags.md
  @Override
  public boolean equals(Object other) {
    return other instanceof RouterKey that
        && vrid.value() == that.vrid.value()
        && family == that.family
        && interfaceName.equals(that.interfaceName);
  }

  @Override
  public int hashCode() {
    return (interfaceName.hashCode() * 31 + vrid.value()) * 31 + family.addressLength();
  }

  @Override
  public String toString() {
    return interfaceName + "/" + (family == AddressFamily.IPV4 ? "ipv4" : "ipv6") + "/" + vrid;
  }
}
