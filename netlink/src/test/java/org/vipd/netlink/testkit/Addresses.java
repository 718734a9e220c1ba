package org.vipd.netlink.testkit;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.vipd.netlink.address.IpPrefix;

/** Addresses from literals, without a name service and without a checked exception. */
public final class Addresses {

  private Addresses() {}

  /** Returns the address of a literal, for example {@code 10.0.0.1} or {@code fe80::1}. */
  public static InetAddress ip(String literal) {
    if (!literal.matches("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
      throw new IllegalArgumentException(literal + ": must be an IPv4 or IPv6 literal");
    }
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(literal + ": must be an IPv4 or IPv6 literal", e);
    }
  }

  /** Returns the /32 or /128 prefix of a literal. */
  public static IpPrefix host(String literal) {
    return IpPrefix.host(ip(literal));
  }
}
