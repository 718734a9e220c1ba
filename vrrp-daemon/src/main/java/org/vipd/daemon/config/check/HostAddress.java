package org.vipd.daemon.config.check;

import java.util.Optional;
import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.IpAddress;

/** Whether an address can be that of one host. */
final class HostAddress {

  private static final int LOOPBACK_NETWORK = 127;

  /** 240.0.0.0/4, with 255.255.255.255 (RFC 1112 section 4). */
  private static final int RESERVED = 240;

  private HostAddress() {}

  /** What it is instead; empty for an address of a host. */
  static Optional<String> obstacle(IpAddress address) {
    boolean isIpv4 = address.family() == AddressFamily.IPV4;
    long first = isIpv4 ? address.low() >>> 24 : 0;
    if (address.isMulticast()) {
      return Optional.of("a multicast address");
    }
    if ((isIpv4 && first == 0) || (address.high() == 0 && address.low() == 0)) {
      return Optional.of("no address but a placeholder");
    }
    if (isIpv4 && first >= RESERVED) {
      return Optional.of("a broadcast or reserved address");
    }
    boolean isLoopback =
        isIpv4 ? first == LOOPBACK_NETWORK : address.high() == 0 && address.low() == 1;
    return isLoopback ? Optional.of("a loopback address") : Optional.empty();
  }
}
