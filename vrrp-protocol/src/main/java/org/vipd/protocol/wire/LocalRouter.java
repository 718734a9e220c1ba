package org.vipd.protocol.wire;

import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.AddressList;
import org.vipd.protocol.value.AdvertInterval;
import org.vipd.protocol.value.Vrid;
import org.vipd.protocol.value.VrrpVersion;

/**
 * What the configuration says of this router, to compare packets with.
 *
 * @param version the only version accepted
 * @param vrid the only identifier accepted
 * @param interval must be matched in version 2
 * @param addresses their family decides the size of addresses in the message
 */
public record LocalRouter(
    VrrpVersion version, Vrid vrid, AdvertInterval interval, AddressList addresses) {

  /** Refuses version 2 with IPv6 addresses with {@link IllegalArgumentException}. */
  public LocalRouter {
    if (version == VrrpVersion.V2 && addresses.family() == AddressFamily.IPV6) {
      throw new IllegalArgumentException("VRRP version 2 is for IPv4 only, got IPv6 addresses");
    }
  }

  AddressFamily family() {
    return addresses.family();
  }
}
