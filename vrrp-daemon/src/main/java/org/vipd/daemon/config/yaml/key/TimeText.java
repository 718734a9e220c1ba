package org.vipd.daemon.config.yaml.key;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times with their unit: {@code 100ms}, {@code 1.5s}, {@code 2h}. */
public final class TimeText {

  static final String PATTERN = "^[0-9]{1,18}(\\.[0-9]{1,9})?(ns|us|ms|s|m|h)$";

  private static final Pattern FORM =
      Pattern.compile("([0-9]{1,18}(?:\\.[0-9]{1,9})?)(ns|us|ms|s|m|h)");
  private static final Pattern LOOSE =
      Pattern.compile(
          "([0-9]{1,18}(?:\\.[0-9]{1,9})?)\\s*"
              + "(ms|msecs?|millis|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hours?)");
  private static final Pattern SEVERAL =
      Pattern.compile("([0-9]{1,6}h)?([0-9]{1,6}m)?([0-9]{1,6}s)?([0-9]{1,6}ms)?");
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private TimeText() {}

  /** A time as it is written in a configuration. */
  public static String format(Duration time) {
    long nanos = time.toNanos();
    if (nanos % NANOS_PER_SECOND == 0) {
      return nanos / NANOS_PER_SECOND + "s";
    }
    if (nanos % 1_000_000 == 0) {
      return nanos / 1_000_000 + "ms";
    }
    return nanos % 1_000 == 0 ? nanos / 1_000 + "us" : nanos + "ns";
  }

  /** A time with a blank, or with a unit that is written out, as it is written here. */
  static Optional<String> meant(String text) {
    if (text.startsWith(".")) {
      return parse("0" + text).map(it -> "0" + text);
    }
    Matcher matcher = LOOSE.matcher(text);
    if (!matcher.matches()) {
      return sum(text).map(TimeText::format);
    }
    String unit = matcher.group(2);
    boolean isMilli = unit.startsWith("ms") || unit.startsWith("mil");
    return Optional.of(matcher.group(1) + (isMilli ? "ms" : unit.substring(0, 1)));
  }

  /** Several times behind each other, the larger units first, as Go writes them. */
  private static Optional<Duration> sum(String text) {
    Matcher parts = SEVERAL.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    Duration sum = Duration.ZERO;
    for (int i = 1; i <= parts.groupCount(); i++) {
      if (parts.group(i) != null) {
        sum = sum.plus(parse(parts.group(i)).orElseThrow());
      }
    }
    return Optional.of(sum);
  }

  /** Reads a time that has to be in a range. */
  static Function<String, Optional<Object>> within(String lowest, String highest) {
    Duration from = parse(lowest).orElseThrow();
    Duration to = parse(highest).orElseThrow();
    return text ->
        parse(text)
            .filter(time -> time.compareTo(from) >= 0 && time.compareTo(to) <= 0)
            .map(time -> time);
  }

  private static Optional<Duration> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    BigDecimal nanos =
        new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit(matcher.group(2))));
    boolean isExact = nanos.stripTrailingZeros().scale() <= 0;
    boolean isLong = nanos.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0;
    return isExact && isLong
        ? Optional.of(Duration.ofNanos(nanos.longValueExact()))
        : Optional.empty();
  }

  private static long unit(String name) {
    return switch (name) {
      case "ns" -> 1;
      case "us" -> 1_000;
      case "ms" -> 1_000_000;
      case "s" -> NANOS_PER_SECOND;
      case "m" -> 60 * NANOS_PER_SECOND;
      default -> 3600 * NANOS_PER_SECOND;
    };
  }
}
