package org.vipd.daemon.config;

import java.util.Locale;
import java.util.Optional;

/** Characters that look like a blank, or like nothing, and are part of a word all the same. */
public final class OddBlank {

  private OddBlank() {}

  /** Whether a character is one. */
  public static boolean is(int c) {
    return (c != ' ' && Character.getType(c) == Character.SPACE_SEPARATOR)
        || c == '\u200B'
        || c == '\u2060'
        || c == '\uFEFF';
  }

  /** The first one of a text, as its code point is written: {@code U+00A0}. */
  public static Optional<String> in(String text) {
    return text.chars()
        .filter(OddBlank::is)
        .mapToObj(c -> String.format(Locale.ROOT, "U+%04X", c))
        .findFirst();
  }

  /** The first word of a text with some, if they were blanks; empty for a text without. */
  public static Optional<String> without(String text) {
    int start = 0;
    while (start < text.length() && is(text.charAt(start))) {
      start++;
    }
    int end = start;
    while (end < text.length() && !is(text.charAt(end))) {
      end++;
    }
    boolean hasNone = start == 0 && end == text.length();
    return hasNone ? Optional.empty() : Optional.of(text.substring(start, end));
  }

  /** What to do about a word with one; empty for a word without. */
  public static Optional<String> hint(String text) {
    return in(text)
        .map(it -> "the character " + it + " in it is no blank, it only looks so: delete it");
  }
}
