package org.vipd.protocol.machine;

/** Two routers that cannot both be configured right (RFC 9568 section 8.3.2). */
public enum ConflictKind {
  /** Another router claims to be the owner of the addresses that this router owns. */
  OWNER("another router also sends priority 255"),
  /** Another router sends our priority from our own address, or our packet came back. */
  SAME_ADDRESS("same priority from our own address: a loop or a duplicate address");

  private final String text;

  ConflictKind(String text) {
    this.text = text;
  }

  /** The conflict in words. */
  public String text() {
    return text;
  }
}
