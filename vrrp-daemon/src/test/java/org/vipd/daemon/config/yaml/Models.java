package org.vipd.daemon.config.yaml;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vipd.daemon.config.DaemonConfig;
import org.vipd.daemon.config.Place;

/** Models without the places where things stand, so that those of two files can be compared. */
public final class Models {

  private Models() {}

  /** A model as nested maps and lists. */
  public static Object of(DaemonConfig config) {
    return plain(config);
  }

  private static Object plain(Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(Models::plain).toList();
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> copy = new LinkedHashMap<>();
      map.forEach((key, it) -> copy.put(key.toString(), plain(it)));
      return copy;
    }
    if (value instanceof Optional<?> optional) {
      return optional.map(Models::plain);
    }
    boolean isModel =
        value instanceof Record
            && value.getClass().getName().startsWith(DaemonConfig.class.getPackageName());
    return isModel ? fields((Record) value) : value;
  }

  private static Map<String, Object> fields(Record value) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("type", value.getClass().getSimpleName());
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      try {
        Object field = component.getAccessor().invoke(value);
        if (!(field instanceof Place)) {
          fields.put(component.getName(), plain(field));
        }
      } catch (IllegalAccessException | InvocationTargetException e) {
        throw new IllegalStateException(e);
      }
    }
    return fields;
  }
}
