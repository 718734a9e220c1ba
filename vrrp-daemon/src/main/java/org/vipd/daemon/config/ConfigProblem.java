package org.vipd.daemon.config;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/**
 * Something an operator should know about the configuration.
 *
 * @param place where it is
 * @param severity whether the configuration can run at all
 * @param text what is wrong: expected and found
 * @param hint what to do about it; empty when the text says it
 * @param kind what it is about, for those who act upon it
 */
public record ConfigProblem(
    Place place, Severity severity, String text, String hint, ProblemKind kind) {

  private static final String NOT_YET = " is accepted, not yet effective";

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

  /** A problem that nobody asks for by its kind. */
  public ConfigProblem(Place place, Severity severity, String text, String hint) {
    this(place, severity, text, hint, ProblemKind.PLAIN);
  }

  /** What a rule with an id found, such as {@code V001}. */
  public ConfigProblem(Place place, Severity severity, String text, String hint, String rule) {
    this(place, severity, text, hint, ProblemKind.rule(rule));
  }

  /** What is said of a keyword that the daemon reads and does not follow yet. */
  public static ConfigProblem notYet(Place place, String keyword) {
    return new ConfigProblem(
        place,
        Severity.WARNING,
        keyword + NOT_YET,
        "",
        new ProblemKind(ProblemKind.Type.NOT_YET, keyword));
  }

  /** The same of something that is no keyword, in words, and what becomes of it. */
  public static ConfigProblem notYet(Place place, String what, String consequence) {
    return new ConfigProblem(
        place,
        Severity.WARNING,
        what + NOT_YET,
        consequence,
        new ProblemKind(ProblemKind.Type.NOT_YET, ""));
  }

  /** What is said of a keyword that is about something that vipd does not have. */
  public static ConfigProblem noMeaning(Place place, String keyword) {
    return new ConfigProblem(
        place,
        Severity.NOTE,
        keyword + " has no meaning in vipd",
        "",
        new ProblemKind(ProblemKind.Type.NO_MEANING, keyword));
  }

  /** The same without texts that are not to be shown. */
  ConfigProblem without(Collection<String> secrets) {
    return secrets.isEmpty()
        ? this
        : new ConfigProblem(
            place,
            severity,
            SecretText.without(text, secrets),
            SecretText.without(hint, secrets),
            kind);
  }

  /** Id of the rule that found it; empty for mistakes of the language. */
  public String rule() {
    return is(ProblemKind.Type.RULE) ? kind.subject() : "";
  }

  /** Whether it is of a kind. */
  public boolean is(ProblemKind.Type type) {
    return kind.type() == type;
  }

  /** Whether it says that the file is what another program makes a configuration of. */
  public boolean isTemplate() {
    return is(ProblemKind.Type.TEMPLATE);
  }

  /** Whether it holds on this host only: another one may have what this one lacks. */
  public boolean isOfThisHost() {
    return kind.equals(ProblemKind.NO_USER);
  }

  /** The keyword that this says to have no effect, wherever it stands; empty for other problems. */
  public Optional<String> idleKeyword() {
    boolean isIdle = is(ProblemKind.Type.NOT_YET) || is(ProblemKind.Type.NO_MEANING);
    return Optional.of(kind.subject()).filter(it -> isIdle && !it.isEmpty());
  }

  public boolean isError() {
    return severity == Severity.ERROR;
  }

  /** {@code file:line:column: severity: text; hint}. */
  @Override
  public String toString() {
    String message = place + ": " + severity.word() + ": " + text;
    String id = rule().isEmpty() ? "" : " [" + rule() + "]";
    return (hint.isEmpty() ? message : message + "; " + hint) + id;
  }
}
