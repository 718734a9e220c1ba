package org.vipd.daemon.config;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Something an operator should know about the configuration.
 *
 * @param place where it is
 * @param severity whether the configuration can run at all
 * @param text what is wrong: expected and found
 * @param hint what to do about it; empty when the text says it
 * @param rule id of the rule that found it, such as {@code V001}; empty for mistakes of the
 *     language
 */
public record ConfigProblem(Place place, Severity severity, String text, String hint, String rule) {

  /** keepalived runs a file with such a brace; where it stands, a block ends too early. */
  public static final String UNMATCHED_BRACE = "closing brace without an opening one";

  /** The same where lines that follow are outside of the block that it ends. */
  public static final String EARLY_BRACE = "closing brace too many";

  /** keepalived ignores the second one. */
  public static final String DOUBLE_BRACE =
      "opening brace given twice; the second one is ignored, as in keepalived";

  /** keepalived reads on behind the missing brace, too. */
  public static final String MISSING_BRACE =
      " has no block: its { is missing; it is read as if it stood there, as in keepalived";

  /** What is said of the use of a definition that is not replaced. */
  public static final String STAYS = " stays as it is";

  /** What is said of a keyword that the daemon reads and does not follow yet. */
  public static final String NOT_YET = " is accepted, not yet effective";

  /** What is said of a keyword that is about something that vipd does not have. */
  public static final String NO_MEANING = " has no meaning in vipd";

  /** How bad it is. */
  public enum Severity {
    /** The configuration cannot be used; a running daemon keeps its old one. */
    ERROR,
    /** The configuration is used, but probably does not mean what its author thinks. */
    WARNING,
    /** Nothing is wrong; the operator may want to know. */
    NOTE;

    /** The word used in messages. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Text and hint may quote what a file has; it must not reach a terminal as it is. */
  public ConfigProblem {
    text = Printable.of(text);
    hint = Printable.of(hint);
  }

  /** A problem that no rule with an id found. */
  public ConfigProblem(Place place, Severity severity, String text, String hint) {
    this(place, severity, text, hint, "");
  }

  /** The keyword that this says to have no effect, wherever it stands; empty for other problems. */
  public Optional<String> idleKeyword() {
    return Stream.of(NOT_YET, NO_MEANING)
        .filter(text::endsWith)
        .map(end -> text.substring(0, text.length() - end.length()))
        .filter(keyword -> keyword.indexOf(' ') < 0)
        .findFirst();
  }

  /** Whether a brace may have put something where nobody meant it. */
  public boolean isBrace() {
    return text.equals(UNMATCHED_BRACE)
        || text.startsWith(EARLY_BRACE)
        || text.equals(DOUBLE_BRACE)
        || text.endsWith(MISSING_BRACE);
  }

  public boolean isError() {
    return severity == Severity.ERROR;
  }

  /** {@code file:line:column: severity: text; hint}. */
  @Override
  public String toString() {
    String message = place + ": " + severity.word() + ": " + text;
    String id = rule.isEmpty() ? "" : " [" + rule + "]";
    return (hint.isEmpty() ? message : message + "; " + hint) + id;
  }
}
