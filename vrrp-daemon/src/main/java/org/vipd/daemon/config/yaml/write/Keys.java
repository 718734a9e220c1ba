package org.vipd.daemon.config.yaml.write;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.vipd.daemon.config.Place;
import org.vipd.daemon.config.yaml.key.Key;
import org.vipd.daemon.config.yaml.key.KeyTable;
import org.vipd.daemon.config.yaml.key.TimeText;

/** The keys of one section as they are to be written; values that are the default are left out. */
final class Keys {

  private final String section;
  private final boolean isComplete;
  private final Place place;
  private final Map<String, Object> values = new LinkedHashMap<>();

  /**
   * Keys of a section of the key table.
   *
   * @param isComplete whether defaults are written, too
   * @param place where the section comes from, for its comments
   */
  Keys(String section, boolean isComplete, Place place) {
    this.section = section;
    this.isComplete = isComplete;
    this.place = place;
  }

  Keys put(String name, Object value) {
    Key key = KeyTable.get().key(section, name);
    Object written = value instanceof Integer number ? Long.valueOf(number) : value;
    boolean isUsual = key.defaultValue().filter(it -> same(it, written)).isPresent();
    boolean isEmpty =
        (value instanceof List<?> list && list.isEmpty() && !key.isRequired())
            || (value instanceof Map<?, ?> map && map.isEmpty())
            || (value instanceof Keys keys && keys.values.isEmpty());
    if (!isEmpty && (isComplete || !isUsual)) {
      values.put(name, written instanceof Duration time ? TimeText.format(time) : written);
    }
    return this;
  }

  private static boolean same(Object usual, Object written) {
    return usual.equals(written) || usual.toString().equals(written.toString());
  }

  Keys putIf(String name, Optional<?> value) {
    value.ifPresent(it -> put(name, it));
    return this;
  }

  Keys putIf(String name, OptionalInt value) {
    value.ifPresent(it -> put(name, it));
    return this;
  }

  /** A value that is written when it is not what the reader would work out. */
  Keys putUnless(String name, Object value, Object usual) {
    return isComplete || !value.equals(usual) ? put(name, value) : this;
  }

  Map<String, Object> values() {
    return values;
  }

  Place place() {
    return place;
  }

  boolean isSimple(String only) {
    return values.size() == 1 && values.containsKey(only);
  }
}
