package org.vipd.protocol.bfd;

/** State of a session, in the order of its code on the wire (RFC 5880 section 4.1). */
public enum SessionState {
  ADMIN_DOWN(0, "administratively down"),
  DOWN(1, "down"),
  INIT(2, "init"),
  UP(3, "up");

  private static final SessionState[] BY_CODE = values();

  private final int code;
  private final String word;

  SessionState(int code, String word) {
    this.code = code;
    this.word = word;
  }

  /** The state of a code. */
  static SessionState of(int code) {
    return BY_CODE[code & 3];
  }

  /** Its number on the wire. */
  int code() {
    return code;
  }

  /** How operators are told. */
  public String word() {
    return word;
  }
}
