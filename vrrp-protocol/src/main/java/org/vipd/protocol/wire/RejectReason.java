package org.vipd.protocol.wire;

/**
 * Why a packet was dropped, and thereby the key of its counter. Names follow RFC 8347 where it has
 * one.
 */
public enum RejectReason {
  /** Not sent to the VRRP group, or to a group although unicast is configured. */
  DESTINATION("destination-errors", "destination is not the one this router listens to", false),
  /** The source is our own address: another host has it too, or the network loops. */
  OWN_PACKET(
      "own-packets",
      "source is an address of this host: another host has it too, or the network sends our packets"
          + " back",
      false),
  /** Unicast: the source is not a configured peer. */
  UNKNOWN_PEER("unknown-peers", "source is not a configured unicast peer", false),
  /** TTL or hop limit outside the allowed range. */
  HOP_LIMIT("ip-ttl-errors", "TTL or hop limit", false),
  /** Too short, too long, or without addresses. */
  PACKET_LENGTH("packet-length-errors", "message length in bytes", false),
  /** Version 3 message whose address count is 0 (RFC 9568 erratum 8299). */
  NO_ADDRESSES("packet-length-errors", "address count", false),
  /** Another protocol version than the configured one. */
  VERSION("version-errors", "VRRP version", false),
  /** Identifier of another virtual router. */
  VRID("vrid-errors", "virtual router id", false),
  /** Not an advertisement. */
  TYPE("invalid-type-pkts-rcvd", "message type", false),
  /** Damaged, or another checksum form than configured. */
  CHECKSUM("checksum-errors", "checksum", true),
  /** Authentication type that no RFC defines. */
  INVALID_AUTHENTICATION_TYPE("invalid-auth-type", "authentication type", false),
  /** Known authentication type, but not the configured one. */
  AUTHENTICATION_TYPE_MISMATCH("auth-type-mismatch", "authentication type", false),
  /** Password or digest is wrong. */
  AUTHENTICATION_FAILURE("auth-failures", "password or digest does not match", false),
  /** Authentication header with a sequence number that is not new. */
  AUTHENTICATION_REPLAY("auth-failures", "sequence number (expected at least)", false),
  /** HMAC trailer required but absent. */
  TRAILER_MISSING("auth-ext-missing", "authentication trailer length in bytes", false),
  /** HMAC trailer with an unknown type or non-zero reserved bytes. */
  TRAILER_MALFORMED("auth-ext-malformed", "authentication trailer type and reserved bytes", true),
  /** HMAC trailer from outside the time window. */
  TRAILER_STALE("auth-ext-stale", "sender's clock in seconds", false),
  /** HMAC trailer signed by a key that is not configured. */
  TRAILER_UNKNOWN_KEY("auth-ext-unknown-key", "authentication key id is not configured", false),
  /** HMAC of the trailer is wrong. */
  TRAILER_SIGNATURE("auth-ext-invalid-hmac", "HMAC does not match", false),
  /** HMAC trailer whose sequence is not newer than the last. */
  TRAILER_REPLAY("auth-ext-replay", "sequence (expected above)", true),
  /** Interval 0, or in version 2 another interval than configured. */
  INTERVAL("interval-errors", "advertisement interval", false),
  /** Strict mode: the list of addresses is not ours, or IPv6 without link-local first. */
  ADDRESS_LIST("address-list-errors", "virtual addresses differ from ours", false);

  private final String metricName;
  private final String text;
  private final boolean isHexadecimal;

  RejectReason(String metricName, String text, boolean isHexadecimal) {
    this.metricName = metricName;
    this.text = text;
    this.isHexadecimal = isHexadecimal;
  }

  /** Name of the counter, in the words of RFC 8347; several reasons may share one. */
  public String metricName() {
    return metricName;
  }

  /** What was looked at, in words. */
  public String text() {
    return text;
  }

  String format(long number) {
    return isHexadecimal ? "0x" + Long.toHexString(number) : Long.toString(number);
  }
}
