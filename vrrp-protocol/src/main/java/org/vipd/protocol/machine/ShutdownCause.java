package org.vipd.protocol.machine;

/** Why a virtual router is told to stop taking part. */
public enum ShutdownCause {
  /** The daemon or the router is stopped by an operator. */
  STOPPED("stopped by the operator", true),
  /** The router is no longer in the configuration. */
  REMOVED("removed from the configuration", true),
  /** A reconfiguration leaves it without any virtual address. */
  NO_ADDRESS("no virtual address is left", true),
  /** A condition for running is not met, such as a failed check. */
  NOT_READY("a condition for running is not met", true),
  /** The interface cannot carry packets, so nothing is sent. */
  LINK_DOWN("the interface is down", false),
  /** Another daemon of this host goes on with the same addresses, so nothing is resigned. */
  OTHER_DAEMON("another daemon of this host has the addresses", false);

  private final String text;
  private final boolean isAnnounced;

  ShutdownCause(String text, boolean isAnnounced) {
    this.text = text;
    this.isAnnounced = isAnnounced;
  }

  /** The cause in an operator's words. */
  public String text() {
    return text;
  }

  /** True when an Active router sends priority 0 before it goes. */
  public boolean isAnnounced() {
    return isAnnounced;
  }
}
