package org.vipd.daemon.config;

/**
 * What a backslash and what follows it stand for in a command, as in keepalived: the escapes of C,
 * {@code \cX} for a control character and {@code \E} for ESC; before anything else it keeps the
 * character. What would be 0 is left out, for no argument of a program can hold it; a number above
 * 127 is the character with that number.
 */
public final class Escapes {

  private static final String LETTERS = "abEfnrtv";
  private static final String MEANT = "\u0007\b\u001b\f\n\r\t\u000b";
  private static final int HEX = 16;
  private static final int OCTAL = 8;
  private static final int OCTAL_DIGITS = 3;
  private static final int BYTE = 0xff;
  private static final int CONTROL = 0x1f;

  private Escapes() {}

  /**
   * Appends what an escape stands for.
   *
   * @param at where its backslash is; something follows it
   * @return where the text goes on
   */
  public static int append(StringBuilder found, String text, int at) {
    int next = at + 1;
    char c = text.charAt(next);
    int digits = digits(text, next, OCTAL, OCTAL_DIGITS);
    if (digits > next) {
      return appendByte(found, text, new Span(next, digits, OCTAL));
    }
    int end = c == 'x' ? digits(text, next + 1, HEX, text.length()) : next;
    if (end > next + 1) {
      return appendByte(found, text, new Span(next + 1, end, HEX));
    }
    if (c == 'c' && next + 1 < text.length() && isAscii(text.charAt(next + 1))) {
      appendByte(found, text.charAt(next + 1) & CONTROL);
      return next + 2;
    }
    int letter = LETTERS.indexOf(c);
    found.append(letter < 0 ? c : MEANT.charAt(letter));
    return next + 1;
  }

  private record Span(int start, int end, int radix) {}

  /** The lowest eight bits count. */
  private static int appendByte(StringBuilder found, String text, Span span) {
    int value = 0;
    for (int i = span.start; i < span.end; i++) {
      value = (value * span.radix + Character.digit(text.charAt(i), span.radix)) & BYTE;
    }
    appendByte(found, value);
    return span.end;
  }

  private static void appendByte(StringBuilder found, int value) {
    if (value != 0) {
      found.append((char) value);
    }
  }

  private static int digits(String text, int start, int radix, int most) {
    int end = start;
    while (end < text.length()
        && end - start < most
        && isAscii(text.charAt(end))
        && Character.digit(text.charAt(end), radix) >= 0) {
      end++;
    }
    return end;
  }

  private static boolean isAscii(char c) {
    return c < 0x80;
  }
}
