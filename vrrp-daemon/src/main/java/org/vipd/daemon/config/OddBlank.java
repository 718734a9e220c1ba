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

  /** What stands before the first one of a text; empty for a text without. */
  public static Optional<String> before(String text) {
    int end = 0;
    while (end < text.length() && !is(text.charAt(end))) {
      end++;
    }
    return end < text.length() ? Optional.of(text.substring(0, end)) : Optional.empty();
  }

  /** What to do about a word with one; empty for a word without. */
  public static Optional<String> hint(String text) {
    return in(text)
        .map(it -> "the character " + it + " in it is no blank, it only looks so: delete it");
  }
}
