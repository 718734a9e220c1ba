package org.vipd.daemon.config.keepalived.text;

import org.vipd.daemon.config.Place;

/**
 * A line as it stands in a file, and what was done with it.
 *
 * @param place its start
 * @param text all of it
 * @param commentStart index of its comment; its length when it has none
 * @param use what was done with it
 */
public record ReadLine(Place place, String text, int commentStart, Use use) {

  /** What a line is for. */
  public enum Use {
    /** Nothing but blanks and a comment. */
    BLANK,
    /** Keywords or braces. */
    STATEMENTS,
    /** Keywords or braces after a condition that holds. */
    CONDITIONAL,
    /** After a condition that does not hold. */
    SKIPPED,
    /** Part of a definition. */
    DEFINITION,
    /** About reading itself: an include. */
    DIRECTIVE
  }

  /** The line without its comment. */
  public String content() {
    return text.substring(0, commentStart).strip();
  }

  /** The comment with what starts it; empty without one. */
  public String comment() {
    return text.substring(commentStart).strip();
  }

  /** Whether there is nothing on the line. */
  public boolean isEmpty() {
    return text.isBlank();
  }
}
