package org.vipd.daemon.config;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Numbers in digits of ASCII, as both languages have them: Java would take those of any script, and
 * exponents, of which one of ten digits takes gigabytes to work out.
 */
public final class Digits {

  /** Longer ones are not meant, and fit in no {@code long}. */
  private static final int LONGEST = 18;

  private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]{1,18}");

  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(?:[0-9]{1,18}(?:\\.[0-9]{0,30})?|\\.[0-9]{1,30})");

  private Digits() {}

  /** A text that is a whole number. */
  public static OptionalLong whole(String text) {
    return isWhole(text) ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
  }

  /** As the pattern says, without its cost: large files have tens of thousands. */
  private static boolean isWhole(String text) {
    int start = !text.isEmpty() && "+-".indexOf(text.charAt(0)) >= 0 ? 1 : 0;
    if (text.length() == start || text.length() - start > LONGEST) {
      return false;
    }
    for (int i = start; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  /** A text of digits only that is a number up to a highest one. */
  public static OptionalLong upTo(long highest, String text) {
    OptionalLong value = whole(text);
    boolean isNumber = value.isPresent() && Character.isDigit(text.charAt(0));
    return isNumber && value.getAsLong() <= highest ? value : OptionalLong.empty();
  }

  /** A text that is a number, perhaps with a fraction. */
  public static Optional<BigDecimal> decimal(String text) {
    return DECIMAL.matcher(text).matches() ? Optional.of(new BigDecimal(text)) : Optional.empty();
  }

  /** The whole number that a text begins with; empty when it begins with none. */
  public static String leadingWhole(String text) {
    return leading(WHOLE, text);
  }

  /** The number, perhaps with a fraction, that a text begins with; empty when with none. */
  public static String leadingDecimal(String text) {
    return leading(DECIMAL, text);
  }

  private static String leading(Pattern pattern, String text) {
    Matcher start = pattern.matcher(text);
    return start.lookingAt() ? start.group() : "";
  }
}
