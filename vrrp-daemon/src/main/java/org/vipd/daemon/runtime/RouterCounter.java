package org.vipd.daemon.runtime;

/**
 * What is counted per virtual router beside rejected packets; names follow RFC 8347 where it has
 * one.
 */
enum RouterCounter {
  ADVERTISEMENTS_RECEIVED("advertisement-rcvd"),
  ADVERTISEMENTS_SENT("advertisement-sent"),
  PRIORITY_ZERO_RECEIVED("priority-zero-pkts-rcvd"),
  PRIORITY_ZERO_SENT("priority-zero-pkts-sent"),
  BECAME_MASTER("master-transitions"),
  RELEASED_MASTER("released-master"),
  ANNOUNCEMENTS_SENT("announcements-sent"),
  SEND_ERRORS("send-errors"),
  ADDRESS_ERRORS("address-errors"),
  ADDRESSES_RESTORED("addresses-restored"),
  ROUTE_ERRORS("route-errors"),
  ROUTES_RESTORED("routes-restored"),
  CONFLICTS("conflicts"),
  /** Hosts that were found to have one of the virtual addresses. */
  FOREIGN_OWNERS("foreign-owners"),
  /** VRRPv3 over IPv4: the checksum covered the message only (RFC 9568 section 5.2.8). */
  CHECKSUM_MESSAGE_ONLY("checksum-form-message"),
  /** VRRPv3 over IPv4: the checksum covered a pseudo-header too, as RFC 5798 was read. */
  CHECKSUM_PSEUDO_HEADER("checksum-form-pseudo-header");

  private final String metricName;

  RouterCounter(String metricName) {
    this.metricName = metricName;
  }

  String metricName() {
    return metricName;
  }
}
