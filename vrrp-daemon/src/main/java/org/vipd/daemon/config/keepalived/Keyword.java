package org.vipd.daemon.config.keepalived;

/**
 * What is known of a keyword.
 *
 * @param name the keyword
 * @param kind what its arguments are
 * @param lowest smallest number, for numbers
 * @param highest largest number, for numbers; how many arguments it takes, for {@link Kind#OWN}
 * @param alone what becomes of it when nothing follows
 * @param effect what becomes of it
 */
public record Keyword(
    String name, Kind kind, double lowest, double highest, Alone alone, Effect effect) {

  /** What the arguments of a keyword are. */
  public enum Kind {
    OWN,
    BLOCK,
    FLAG,
    SWITCH,
    INT,
    SEC,
    WORD,
    WORDS,
    COMMAND
  }

  /** How many arguments it takes; words after them are ignored, as keepalived does. */
  public int arguments() {
    return switch (kind) {
      case FLAG -> 0;
      case SWITCH, INT, SEC, WORD -> 1;
      case OWN, BLOCK -> (int) highest;
      case WORDS, COMMAND -> Integer.MAX_VALUE;
    };
  }

  /** Whether it is nothing without braces. */
  public boolean isBlock() {
    return kind == Kind.BLOCK;
  }

  /** Whether code of its own reads it. */
  public boolean isOwn() {
    return kind == Kind.OWN || isBlock();
  }

  /** What keepalived does with a keyword that nothing follows. */
  public enum Alone {
    /** It means something. */
    FINE,
    /** The line is skipped, with a complaint. */
    SKIPPED,
    /** The program ends. */
    REFUSED
  }

  /** What becomes of a keyword. */
  public enum Effect {
    /** The daemon does it. */
    YES,
    /** It is read and checked; the daemon does not do it yet. */
    LATER,
    /** It has no meaning in vipd. */
    NEVER
  }
}
