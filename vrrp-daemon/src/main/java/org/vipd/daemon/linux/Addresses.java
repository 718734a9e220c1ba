package org.vipd.daemon.linux;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.vipd.protocol.value.IpAddress;

/** Translates between the protocol's addresses and the JDK's. */
final class Addresses {

  private Addresses() {}

  static InetAddress toJdk(IpAddress address) {
    try {
      return InetAddress.getByAddress(address.toBytes());
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address has 4 or 16 bytes: " + address, e);
    }
  }

  static IpAddress fromJdk(InetAddress address) {
    return IpAddress.of(address.getAddress());
  }
}
