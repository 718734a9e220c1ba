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
}
