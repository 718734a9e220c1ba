package org.vipd.daemon.runtime;

/**
 * One reason why a router does not run.
 *
 * @param kind what sort
 * @param text for the operator: what is waited for
 */
record Obstacle(Kind kind, String text) {

  /** Sorts of reasons. */
  enum Kind {
    INTERFACE_MISSING,
    INTERFACE_DOWN,
    NO_SOURCE_ADDRESS,
    CHANNEL,
    /** The advertisement does not fit a packet of the interface. */
    MESSAGE_TOO_LONG,
    /** The kernel refuses the virtual addresses, or another program keeps removing them. */
    ADDRESSES,
    /** Another host, which is no router of this VRID, has one of the virtual addresses. */
    FOREIGN_OWNER,
    /** Another vipd of this network namespace has one of the virtual addresses. */
    OTHER_DAEMON,
    CHECK_FAILED,
    /** Another member of its sync group is in FAULT. */
    GROUP,
    /** Not a fault yet: the first result is awaited. */
    CHECK_PENDING
  }
}
