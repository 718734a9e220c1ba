package org.vipd.daemon.config.keepalived;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.vipd.daemon.config.Digits;
import org.vipd.daemon.config.SecondsText;
import org.vipd.daemon.config.keepalived.text.Statement;
import org.vipd.daemon.config.keepalived.text.Word;

/**
 * Reads numbers that keepalived runs without: one that is malformed or out of range is ignored, as
 * keepalived does, with a warning that says what holds instead. A number that is missing is an
 * error, because keepalived ends then.
 */
final class Numbers {

  /** What holds instead of a line whose setting is kept elsewhere. */
  static final String LINE_IGNORED = "the line is ignored";

  /** What a word without digits comes to where that is not 0. */
  private static final Map<String, Integer> WITHOUT = Map.of("smtp_connect_timeout", 1);

  private final Values values;

  Numbers(Values values) {
    this.values = values;
  }

  /** The first argument as a whole number; else what is in force. */
  int whole(Statement statement, int lowest, int highest, int inForce) {
    return values
        .required(statement, "a number from " + lowest + " to " + highest)
        .map(word -> whole(statement.keyword(), word, lowest, highest, inForce + " is used"))
        .filter(OptionalInt::isPresent)
        .map(OptionalInt::getAsInt)
        .orElse(inForce);
  }

  /**
   * A word as a whole number, of which keepalived takes the digits that it begins with, or 0
   * without any.
   *
   * @param instead what holds when it is ignored, such as {@code 5 is used}
   * @return empty when it is ignored
   */
  OptionalInt whole(String keyword, Word word, int lowest, int highest, String instead) {
    String digits = Digits.leadingWhole(word.text());
    long value = Digits.whole(digits).orElse(WITHOUT.getOrDefault(keyword, 0));
    boolean isInRange = value >= lowest && value <= highest;
    if (!isInRange || digits.isEmpty() || digits.length() < word.text().length()) {
      ignored(
          word,
          keyword + " must be a whole number from " + lowest + " to " + highest,
          isInRange ? value + " is used" : instead);
    }
    return isInRange ? OptionalInt.of((int) value) : OptionalInt.empty();
  }

  /** A word as a whole number that keepalived ignores when anything else is in it. */
  OptionalInt exact(String keyword, Word word, int lowest, int highest, String instead) {
    if (Digits.whole(word.text()).isPresent()) {
      return whole(keyword, word, lowest, highest, instead);
    }
    ignored(word, keyword + " must be a whole number from " + lowest + " to " + highest, instead);
    return OptionalInt.empty();
  }

  /** The first argument as decimal seconds; else what is in force. */
  Duration seconds(Statement statement, double lowest, double highest, Duration inForce) {
    String range = Values.number(lowest) + " to " + Values.number(highest);
    return values
        .required(statement, "a number of seconds from " + range)
        .flatMap(
            word ->
                seconds(
                    statement.keyword(),
                    word,
                    lowest,
                    highest,
                    SecondsText.of(inForce) + " is used"))
        .orElse(inForce);
  }

  /** A word as decimal seconds; empty when it is ignored. */
  Optional<Duration> seconds(
      String keyword, Word word, double lowest, double highest, String instead) {
    Optional<Duration> value = values.duration(word.text(), lowest, highest);
    if (value.isEmpty()) {
      ignored(
          word,
          keyword
              + " must be "
              + Values.number(lowest)
              + " to "
              + Values.number(highest)
              + " seconds",
          instead,
          Habits.seconds(word));
    }
    return value;
  }

  /**
   * A word as decimal seconds, of which keepalived takes what it can read, and 1 for 0.
   *
   * @return empty when it is ignored
   */
  Optional<Duration> leadingSeconds(String keyword, Word word, int highest, String instead) {
    Optional<Duration> exact = values.duration(word.text(), 0, highest);
    if (exact.filter(it -> !it.isZero()).isPresent()) {
      return exact;
    }
    String digits = Digits.leadingDecimal(word.text());
    Optional<Duration> value =
        word.text().startsWith("-")
            ? Optional.empty()
            : values.duration(digits.isEmpty() ? "0" : digits, 0, highest);
    Optional<Duration> used = value.map(it -> it.isZero() ? Duration.ofSeconds(1) : it);
    ignored(
        word,
        keyword + " must be more than 0 and at most " + highest + " seconds",
        used.map(it -> SecondsText.of(it) + " is used").orElse(instead),
        Habits.seconds(word));
    return used;
  }

  /** A word as a whole number, cut to a range. */
  int cut(String keyword, Word word, int lowest, int highest) {
    String digits = Digits.leadingWhole(word.text());
    long value = Digits.whole(digits).orElse(0);
    int used = (int) Math.max(lowest, Math.min(highest, value));
    if (used != value || digits.isEmpty() || digits.length() < word.text().length()) {
      ignored(
          word,
          keyword + " must be a whole number from " + lowest + " to " + highest,
          used + " is used");
    }
    return used;
  }

  private void ignored(Word word, String rule, String instead) {
    ignored(word, rule, instead, Habits.whole(word));
  }

  private void ignored(Word word, String rule, String instead, Optional<String> hint) {
    String used =
        values
            .placeAfter(word)
            .map(later -> later.textFrom(word.place()) + " gives it again")
            .orElse(instead + ", as in keepalived");
    values.warning(
        word.place(),
        rule + ", found " + Values.quoted(word) + "; " + used,
        hint.orElse("correct the number"));
  }
}
