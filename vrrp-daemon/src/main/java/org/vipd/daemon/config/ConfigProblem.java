package org.vipd.daemon.config;

/**
 * Something an operator should know about the configuration.
 *
 * @param place where it is
 * @param severity whether the configuration can run at all
 * @param text what is wrong: expected and found
 * @param hint what to do about it; empty when the text says it
 */
public record ConfigProblem(Place place, Severity severity, String text, String hint) {

  /** How bad it is. */
  public enum Severity {
    /** The configuration cannot be used; a running daemon keeps its old one. */
    ERROR,
    /** The configuration is used, but probably does not mean what its author thinks. */
    WARNING;

    /** The word used in messages. */
    public String word() {
      return this == ERROR ? "error" : "warning";
    }
  }

  public boolean isError() {
    return severity == Severity.ERROR;
  }

  /** {@code file:line:column: severity: text; hint}. */
  @Override
  public String toString() {
    String message = place + ": " + severity.word() + ": " + text;
    return hint.isEmpty() ? message : message + "; " + hint;
  }
}
