package org.vipd.daemon.config;

import java.util.Optional;
import org.vipd.protocol.value.IpAddress;

/**
 * A virtual address as the holder installs it.
 *
 * @param address the address
 * @param prefixLength 0..32 or 0..128; /32 and /128 unless configured
 * @param device interface it goes to; empty means the instance's own
 * @param options label, scope and broadcast
 * @param isAdvertised whether advertisements carry it (keepalived's excluded addresses are not)
 */
public record VirtualAddressConfig(
    IpAddress address,
    int prefixLength,
    Optional<String> device,
    AddressOptions options,
    boolean isAdvertised) {

  /**
   * What the kernel stores beside an address.
   *
   * @param label interface alias, at most 15 characters (IFNAMSIZ, linux/if.h)
   * @param scope rtnetlink scope 0..255: 0 global, 200 site, 253 link, 254 host (linux/rtnetlink.h)
   * @param broadcast broadcast address
   */
  public record AddressOptions(Optional<String> label, int scope, Optional<IpAddress> broadcast) {

    /** No label, scope global, no broadcast address. */
    public static final AddressOptions NONE =
        new AddressOptions(Optional.empty(), 0, Optional.empty());
  }

  /** {@code 10.0.0.1/32}. */
  public String text() {
    return address + "/" + prefixLength;
  }
}
