package org.vipd.daemon.config;

/** Text of files for a terminal or a log. */
public final class Printable {

  private Printable() {}

  /**
   * The text with what would move the cursor, colour, or turn the direction written as an escape.
   */
  public static String of(String text) {
    if (text.chars().noneMatch(Printable::isControl)) {
      return text;
    }
    StringBuilder all = new StringBuilder();
    text.chars()
        .forEach(
            c -> {
              if (isControl(c)) {
                all.append(String.format(c < 0x100 ? "\\x%02x" : "\\u%04x", c));
              } else {
                all.append((char) c);
              }
            });
    return all.toString();
  }

  /**
   * Whether a character moves the cursor, colours, turns the direction, or is not seen as itself.
   */
  public static boolean isControl(int c) {
    return Character.isISOControl(c)
        || Character.getType(c) == Character.FORMAT
        || OddBlank.is(c)
        || c == '\u2028'
        || c == '\u2029';
  }
}
