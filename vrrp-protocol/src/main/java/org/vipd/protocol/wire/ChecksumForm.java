package org.vipd.protocol.wire;

/** What a checksum covers; both forms are in use for version 3 over IPv4. */
public enum ChecksumForm {
  /** The VRRP message alone: version 2, and version 3 over IPv4 by RFC 9568 section 5.2.8. */
  MESSAGE_ONLY,
  /** Pseudo-header and message: IPv6, and version 3 over IPv4 as RFC 5798 was widely read. */
  PSEUDO_HEADER
}
