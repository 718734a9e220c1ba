package org.vipd.daemon.tracking;

/** What a check currently says. */
public enum Verdict {
  /** No result yet. */
  PENDING,
  GOOD,
  BAD;

  /** Lower-case name for status. */
  public String word() {
    return switch (this) {
      case PENDING -> "pending";
      case GOOD -> "good";
      case BAD -> "bad";
    };
  }
}
