package org.vipd.daemon.config.keepalived;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.vipd.daemon.config.Digits;
import org.vipd.daemon.config.OddBlank;
import org.vipd.daemon.config.SecretText;
import org.vipd.daemon.config.Template;
import org.vipd.daemon.config.keepalived.text.Statement;
import org.vipd.daemon.config.keepalived.text.Word;
import org.vipd.protocol.value.IpAddress;

/** What to write instead of signs that other languages have: {@code =}, {@code :}, {@code ;}. */
final class Habits {

  private static final Pattern ASSIGNED = Pattern.compile("([a-z][a-z0-9_]*)[=:](.*)");
  private static final Pattern ENDED = Pattern.compile("(.+?)([;,])");
  private static final Pattern TIME = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,9})?)(ms|s|m)\\w*");
  private static final Pattern RANGE = Pattern.compile("[0-9.]+-[0-9.]+(?:/[0-9]+)?");
  private static final Pattern HEXADECIMAL = Pattern.compile("0[xX][0-9a-fA-F]{1,7}");
  private static final Pattern UNIT = Pattern.compile("([0-9]{1,9})(?:s|sec|secs|seconds?)");
  private static final Pattern COMMA = Pattern.compile("[0-9]{1,9},[0-9]{1,9}");
  private static final Pattern COMMENT = Pattern.compile("//|;|/\\*|--\\s*$");
  private static final Pattern MINUS = Pattern.compile("[\u2010-\u2015\u2212][0-9]{1,9}");
  private static final Pattern PADDED =
      Pattern.compile("[0-9]{1,3}(?:\\.[0-9]{1,3}){3}(?:/[0-9]{1,3})?");
  private static final Pattern QUOTED =
      Pattern.compile(
          "['`\u00B4\u2018-\u201F\u00AB\u00BB]+([^'`\u00B4\u2018-\u201F\u00AB\u00BB]+)['`\u00B4\u2018-\u201F\u00AB\u00BB]*");
  private static final int PLACES = 3;

  private Habits() {}

  /** A keyword that is not known because a sign sticks to it. */
  static Optional<String> keyword(Statement statement) {
    Matcher assigned = ASSIGNED.matcher(statement.keyword());
    return assigned.matches()
        ? Optional.of(assigned.group(1))
        : Optional.of(statement.keyword())
            .filter(ignored -> statement.argument(0).filter(Habits::isSign).isPresent());
  }

  /** The line as it is meant, where a sign stands between a keyword and its value. */
  static String line(Statement statement) {
    return SecretText.hidden(withoutSigns(statement));
  }

  private static String withoutSigns(Statement statement) {
    Matcher assigned = ASSIGNED.matcher(statement.keyword());
    String words =
        statement.arguments().stream()
            .filter(word -> !isSign(word))
            .map(word -> bare(word.text()))
            .collect(Collectors.joining(" "));
    return assigned.matches()
        ? (assigned.group(1) + " " + assigned.group(2) + " " + words).strip().replaceAll(" +", " ")
        : statement.keyword() + " " + words;
  }

  /** Whether a word is only a sign that other languages put between a keyword and its value. */
  static boolean isSign(Word word) {
    return !word.isQuoted() && List.of("=", ":").contains(word.text());
  }

  /** A value without what was put behind it. */
  static String bare(String text) {
    Matcher ended = ENDED.matcher(text);
    return ended.matches() ? ended.group(1) : text;
  }

  /** How to mend a value. */
  static Optional<String> value(Word word) {
    if (isSign(word)) {
      return Optional.of("delete it: a blank is between keyword and value");
    }
    Optional<String> odd =
        OddBlank.hint(word.text())
            .or(() -> Template.hint(word.text()))
            .or(() -> quotes(word))
            .or(() -> minus(word.text()));
    if (odd.isPresent()) {
      return odd;
    }
    if (maskLength(word.text()).isPresent()) {
      return mask(word);
    }
    Matcher ended = ENDED.matcher(word.text());
    return ended.matches() ? Optional.of("delete the '" + ended.group(2) + "'") : Optional.empty();
  }

  /** How to mend a whole number. */
  static Optional<String> whole(Word word) {
    if (HEXADECIMAL.matcher(word.text()).matches()) {
      return Optional.of("write it in decimal: " + Integer.decode(word.text()));
    }
    Matcher unit = UNIT.matcher(word.text());
    if (unit.matches()) {
      return Optional.of("write " + unit.group(1) + ": no unit stands here");
    }
    return value(word)
        .or(
            () ->
                Digits.decimal(word.text())
                    .filter(ignored -> word.text().indexOf('.') >= 0)
                    .map(ignored -> "write it without a fraction"));
  }

  /** How to mend seconds. */
  static Optional<String> seconds(Word word) {
    Matcher time = TIME.matcher(word.text());
    if (COMMA.matcher(word.text()).matches()) {
      return Optional.of("write " + word.text().replace(',', '.') + ": decimals follow a dot");
    }
    return time.matches()
        ? Optional.of("write " + inSeconds(time.group(1), time.group(2)) + ": the unit is seconds")
        : value(word);
  }

  /** What to write where another language would begin a comment; empty where none would. */
  static Optional<String> comment(String word) {
    return COMMENT.matcher(word).lookingAt()
        ? Optional.of("a comment begins with # or !")
        : Optional.empty();
  }

  /** A number with a dash of typography in front of it, as web pages have them. */
  private static Optional<String> minus(String text) {
    return MINUS.matcher(text).matches()
        ? Optional.of("write -" + text.substring(1) + " with the minus of the keyboard")
        : Optional.empty();
  }

  /** How to mend a word in quotes that are part of it, as single and typographic ones are. */
  static Optional<String> quotes(Word word) {
    return unquoted(word).map(it -> "write " + it + " without the quotes, or in double quotes");
  }

  /** A word without quotes that are part of it; empty for one without. */
  static Optional<String> unquoted(Word word) {
    Matcher quoted = QUOTED.matcher(word.text());
    return quoted.matches() ? Optional.of(quoted.group(1)) : Optional.empty();
  }

  private static String inSeconds(String number, String unit) {
    BigDecimal value = new BigDecimal(number);
    return (switch (unit) {
          case "ms" -> value.movePointLeft(PLACES);
          case "m" -> value.multiply(BigDecimal.valueOf(60));
          default -> value;
        })
        .stripTrailingZeros()
        .toPlainString();
  }

  /** The prefix length that a mask such as 255.255.255.0 stands for. */
  static OptionalInt maskLength(String text) {
    if (!text.matches("(?:255|254|252|248|240|224|192|128|0)(?:\\.[0-9]{1,3}){3}")) {
      return OptionalInt.empty();
    }
    return IpAddress.parse(text)
        .map(it -> (int) it.low())
        .filter(bits -> bits != 0 && Integer.numberOfLeadingZeros(~bits) == Integer.bitCount(bits))
        .map(bits -> OptionalInt.of(Integer.bitCount(bits)))
        .orElse(OptionalInt.empty());
  }

  private static Optional<String> mask(Word word) {
    OptionalInt length = maskLength(word.text());
    return length.isPresent()
        ? Optional.of("write the mask as a prefix length: /" + length.getAsInt())
        : Optional.empty();
  }

  /** How to mend a word in a list of addresses that is none of the options there. */
  static Optional<String> address(Word word) {
    String bare = bare(word.text());
    int slash = bare.indexOf('/');
    return mask(word)
        .or(
            () ->
                IpAddress.parse(slash < 0 ? bare : bare.substring(0, slash))
                    .map(ignored -> "write " + bare + " on a line of its own"));
  }

  /** Whether two addresses are meant, or the last number of one. */
  private static boolean isRange(String text) {
    int dash = text.indexOf('-');
    return RANGE.matcher(text).matches() && IpAddress.parse(text.substring(0, dash)).isPresent();
  }

  /** How to mend a word that is no address. */
  static String literal(Word word) {
    if (isRange(word.text())) {
      return "write each address on a line of its own";
    }
    if (Set.of("-", "*").contains(word.text())) {
      return "delete it: each line is an address, without a sign before it";
    }
    Optional<String> bare =
        unquoted(word).or(() -> withoutZeros(word.text())).or(() -> bracketed(word.text()));
    return bare.map(it -> "write " + it)
        .or(() -> address(word).flatMap(ignored -> value(word)))
        .orElse("write a literal address, no name");
  }

  /** The address of an element of a list as Python or JSON write it. */
  private static Optional<String> bracketed(String text) {
    String bare = text.replaceAll("^[\\[('\"]{1,3}|[\\])'\",]{1,4}$", "");
    return bare.equals(text)
        ? Optional.empty()
        : IpAddress.parse(bare.split("/", 2)[0]).map(ignored -> bare);
  }

  /** An address with zeros in front of its numbers, which some read as octal. */
  private static Optional<String> withoutZeros(String text) {
    if (!PADDED.matcher(text).matches()) {
      return Optional.empty();
    }
    String plain = text.replaceAll("(?<![0-9])0+(?=[0-9])", "");
    int slash = plain.indexOf('/');
    return IpAddress.parse(slash < 0 ? plain : plain.substring(0, slash)).map(ignored -> plain);
  }
}
