package org.vipd.daemon.config.global;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Checked values by keyword, for settings that are not part of a record of their own.
 *
 * @param values each keyword that is set
 */
public record Settings(Map<String, Value> values) {

  /** Nothing set. */
  public static final Settings NONE = new Settings(Map.of());

  /** A value of one type. */
  public sealed interface Value {

    /** On or off. */
    record Switch(boolean isOn) implements Value {}

    /** A whole number, in the unit of the keyword. */
    record WholeNumber(long value) implements Value {}

    /** A length of time. */
    record Time(Duration value) implements Value {}

    /** Words; none for a keyword that may stand alone. */
    record Words(List<String> words) implements Value {
      public Words {
        words = List.copyOf(words);
      }
    }
  }

  public Settings {
    values = Collections.unmodifiableMap(new TreeMap<>(values));
  }

  /** The settings without some keywords. */
  public Settings without(Predicate<String> keyword) {
    Map<String, Value> kept = new TreeMap<>(values);
    kept.keySet().removeIf(keyword);
    return new Settings(kept);
  }

  /** Whether a keyword is given, also as off. */
  public boolean has(String keyword) {
    return values.containsKey(keyword);
  }

  /** Whether a switch is given and on. */
  public boolean isOn(String keyword) {
    return values.get(keyword) instanceof Value.Switch it && it.isOn();
  }

  /** A switch; empty when not given. */
  public Optional<Boolean> isOnIfGiven(String keyword) {
    return values.get(keyword) instanceof Value.Switch it
        ? Optional.of(it.isOn())
        : Optional.empty();
  }

  /** A number; empty when not given. */
  public OptionalLong number(String keyword) {
    return values.get(keyword) instanceof Value.WholeNumber it
        ? OptionalLong.of(it.value())
        : OptionalLong.empty();
  }

  /** A length of time; empty when not given. */
  public Optional<Duration> time(String keyword) {
    return values.get(keyword) instanceof Value.Time it
        ? Optional.of(it.value())
        : Optional.empty();
  }

  /** The words; empty when not given. */
  public List<String> words(String keyword) {
    return values.get(keyword) instanceof Value.Words it ? it.words() : List.of();
  }

  /** The first word; empty when not given. */
  public Optional<String> word(String keyword) {
    return words(keyword).stream().findFirst();
  }
}
