package org.vipd.protocol.bfd;

/**
 * Why a session last changed its state, in the order of its code on the wire (RFC 5880 section
 * 4.1).
 */
public enum Diagnostic {
  NONE(0, "no diagnostic"),
  DETECTION_TIME_EXPIRED(1, "nothing heard for the detection time"),
  ECHO_FAILED(2, "echo function failed"),
  NEIGHBOUR_SIGNALED_DOWN(3, "the neighbour signalled that it is down"),
  FORWARDING_RESET(4, "forwarding plane reset"),
  PATH_DOWN(5, "path down"),
  CONCATENATED_PATH_DOWN(6, "concatenated path down"),
  ADMINISTRATIVELY_DOWN(7, "administratively down"),
  REVERSE_CONCATENATED_PATH_DOWN(8, "reverse concatenated path down"),
  RESERVED(9, "a reserved diagnostic");

  private static final Diagnostic[] BY_CODE = values();

  private final int code;
  private final String words;

  Diagnostic(int code, String words) {
    this.code = code;
    this.words = words;
  }

  /** The diagnostic of a code; codes 9..31 are {@link #RESERVED}. */
  static Diagnostic of(int code) {
    return BY_CODE[Math.min(code, RESERVED.code)];
  }

  /** Its number on the wire. */
  int code() {
    return code;
  }

  /** How operators are told. */
  public String words() {
    return words;
  }
}
