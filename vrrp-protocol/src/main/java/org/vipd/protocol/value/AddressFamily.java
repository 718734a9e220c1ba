package org.vipd.protocol.value;

/** IPv4 or IPv6; each has its own name space of virtual router identifiers (RFC 9568 section 1). */
public enum AddressFamily {
  /** Addresses of 4 bytes. */
  IPV4(4),
  /** Addresses of 16 bytes. */
  IPV6(16);

  private final int addressLength;

  AddressFamily(int addressLength) {
    this.addressLength = addressLength;
  }

  /** Length of one address in bytes. */
  public int addressLength() {
    return addressLength;
  }
}
