package org.vipd.protocol.wire;

/** Which checksum forms a router accepts in version 3 over IPv4; without effect elsewhere. */
public enum ChecksumPolicy {
  /** Either form; the decoder reports which one it was. */
  AUTO,
  /** Only with pseudo-header. */
  RFC5798,
  /** Only the message alone. */
  RFC9568;

  boolean accepts(ChecksumForm form) {
    return this == AUTO || (this == RFC5798) == (form == ChecksumForm.PSEUDO_HEADER);
  }
}
