package org.vipd.netlink.address;

import java.net.Inet4Address;
import java.net.InetAddress;

/** The two versions of the Internet protocol. */
public enum IpFamily {
  /** 32-bit addresses. */
  IPV4(2, 4),
  /** 128-bit addresses. */
  IPV6(10, 16);

  private final int number;
  private final int addressLength;

  IpFamily(int number, int addressLength) {
    this.number = number;
    this.addressLength = addressLength;
  }

  /** Returns the family of an address. */
  public static IpFamily of(InetAddress address) {
    return address instanceof Inet4Address ? IPV4 : IPV6;
  }

  /** Returns AF_INET (2) or AF_INET6 (10) of the Linux header socket.h. */
  public int number() {
    return number;
  }

  /** Returns the octets of an address: 4 or 16. */
  public int addressLength() {
    return addressLength;
  }

  /** Returns the longest prefix in bits: 32 or 128. */
  public int maximumPrefixLength() {
    return addressLength * Byte.SIZE;
  }
}
