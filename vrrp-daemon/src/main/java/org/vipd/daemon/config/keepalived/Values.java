package org.vipd.daemon.config.keepalived;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.vipd.daemon.config.Place;
import org.vipd.daemon.config.Problems;
import org.vipd.protocol.value.IpAddress;

/**
 * Reads typed arguments of a statement; what cannot be read becomes a problem with its place and
 * range.
 */
final class Values {

  private static final BigDecimal NANOS_PER_SECOND = BigDecimal.valueOf(1_000_000_000L);

  /** Longer numbers are not meant; an exponent of ten digits would take gigabytes to work out. */
  private static final int DECIMALS_LIMIT = 30;

  private final Problems problems;

  Values(Problems problems) {
    this.problems = problems;
  }

  /** The first argument, or an error that names what is missing. */
  Optional<Word> required(Statement statement, String what) {
    Optional<Word> argument = statement.argument(0);
    if (argument.isEmpty()) {
      problems.error(statement.place(), statement.keyword() + " needs " + what, "");
    }
    return argument;
  }

  /** The first argument as a whole number within a range. */
  OptionalInt integer(Statement statement, int min, int max) {
    Optional<Word> word = required(statement, "a number from " + min + " to " + max);
    return word.isEmpty()
        ? OptionalInt.empty()
        : integer(statement.keyword(), word.get(), min, max);
  }

  /** A word as a whole number within a range. */
  OptionalInt integer(String keyword, Word word, int min, int max) {
    try {
      int value = Integer.parseInt(word.text());
      if (value >= min && value <= max) {
        return OptionalInt.of(value);
      }
    } catch (NumberFormatException e) {
      // reported below: the text names what was found
    }
    problems.error(
        word.place(),
        keyword + " must be a whole number from " + min + " to " + max + ", found " + quoted(word),
        "");
    return OptionalInt.empty();
  }

  /** The first argument as decimal seconds within a range. */
  Optional<Duration> seconds(Statement statement, double min, double max) {
    String range = number(min) + " to " + number(max) + " seconds";
    Optional<Word> word = required(statement, "a number of seconds from " + range);
    if (word.isEmpty()) {
      return Optional.empty();
    }
    try {
      BigDecimal value = new BigDecimal(word.get().text());
      boolean inRange =
          value.compareTo(BigDecimal.valueOf(min)) >= 0
              && value.compareTo(BigDecimal.valueOf(max)) <= 0;
      if (inRange && value.scale() <= DECIMALS_LIMIT) {
        BigDecimal nanos = value.multiply(NANOS_PER_SECOND).setScale(0, RoundingMode.HALF_UP);
        return Optional.of(Duration.ofNanos(nanos.longValueExact()));
      }
    } catch (NumberFormatException e) {
      // reported below: the text names what was found
    }
    problems.error(
        word.get().place(),
        statement.keyword() + " must be " + range + ", found " + quoted(word.get()),
        "");
    return Optional.empty();
  }

  /** An optional switch: the keyword alone means on. */
  boolean flag(Statement statement) {
    Optional<Word> word = statement.argument(0);
    if (word.isEmpty()) {
      return true;
    }
    switch (word.get().text()) {
      case "true", "on", "yes" -> {
        return true;
      }
      case "false", "off", "no" -> {
        return false;
      }
      default -> {
        problems.warning(
            word.get().place(),
            statement.keyword()
                + " must be on or off, found "
                + quoted(word.get())
                + "; on is used",
            "write true, on, yes, false, off or no in lower case");
        return true;
      }
    }
  }

  /** A word as an IP address; names are never looked up. */
  Optional<IpAddress> address(Word word) {
    Optional<IpAddress> address = IpAddress.parse(word.text());
    if (address.isEmpty()) {
      problems.error(
          word.place(), quoted(word) + " is not an IP address", "write a literal address, no name");
    }
    return address;
  }

  /** Says that a keyword is not known here. */
  void unknown(Statement statement, String where) {
    String what = statement.block().isPresent() ? "block " : "keyword ";
    problems.warning(
        statement.place(),
        "unknown " + what + quoted(statement.words().get(0)) + " " + where + " is ignored",
        statement.block().isPresent() ? "everything up to its closing brace is skipped" : "");
  }

  void error(Place place, String text, String hint) {
    problems.error(place, text, hint);
  }

  void warning(Place place, String text, String hint) {
    problems.warning(place, text, hint);
  }

  static String quoted(Word word) {
    String text = word.text();
    return "'" + (text.length() > 60 ? text.substring(0, 57) + "..." : text) + "'";
  }

  private static String number(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }
}
