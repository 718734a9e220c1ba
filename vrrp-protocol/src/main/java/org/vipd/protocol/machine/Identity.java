package org.vipd.protocol.machine;

import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.Vrid;
import org.vipd.protocol.value.VrrpVersion;

/**
 * What cannot change while a virtual router lives.
 *
 * @param version protocol version
 * @param family address family
 * @param vrid virtual router id
 */
public record Identity(VrrpVersion version, AddressFamily family, Vrid vrid) {
  /** Refuses version 2 over IPv6 with {@link IllegalArgumentException}. */
  public Identity {
    if (version == VrrpVersion.V2 && family == AddressFamily.IPV6) {
      throw new IllegalArgumentException("VRRP version 2 is for IPv4 only, got IPV6");
    }
  }

  // by hand: what Java makes for records is spun at the first call, milliseconds before the first
  // packet; see docs/decisions/0008-jvm-flags.md
  @Override
  public boolean equals(Object other) {
    return other instanceof Identity that
        && version == that.version
        && family == that.family
        && vrid.value() == that.vrid.value();
  }

  @Override
  public int hashCode() {
    return (vrid.value() * 31 + version.number()) * 31 + family.addressLength();
  }
}
