package org.vipd.daemon.config.check;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.vipd.daemon.config.AuthenticationConfig;
import org.vipd.daemon.config.DaemonConfig;
import org.vipd.daemon.config.Place;

/** Prints a model as YAML, with the names of its records' components. Secrets are not shown. */
public final class ModelText {

  private final PrintWriter out;
  private final Gson gson = new GsonBuilder().disableHtmlEscaping().create();

  /** Prints to a writer. */
  public ModelText(PrintWriter out) {
    this.out = out;
  }

  /** Prints a whole configuration. */
  public void print(DaemonConfig config) {
    printMap(fields(config), "");
  }

  private void printMap(Map<String, Object> map, String indent) {
    map.forEach((name, value) -> printEntry(indent + name + ":", value, indent + "  "));
  }

  private void printEntry(String head, Object value, String indent) {
    if (value instanceof Map<?, ?> map && !map.isEmpty()) {
      out.println(head);
      Map<String, Object> inner = new LinkedHashMap<>();
      map.forEach((key, it) -> inner.put(key.toString(), it));
      printMap(inner, indent);
    } else if (value instanceof List<?> list && !list.isEmpty()) {
      out.println(head);
      for (Object item : list) {
        printEntry(indent + "-", item, indent + "  ");
      }
    } else {
      out.println(head + " " + scalar(value));
    }
  }

  private String scalar(Object value) {
    if (value instanceof Map<?, ?>) {
      return "{}";
    }
    return value instanceof Number || value instanceof Boolean || value instanceof List<?>
        ? value.toString()
        : gson.toJson(value.toString());
  }

  /** Absent values and places are left out. */
  private static Map<String, Object> fields(Record value) {
    Map<String, Object> fields = new LinkedHashMap<>();
    if (value.getClass().getInterfaces().length > 0) {
      fields.put("kind", value.getClass().getSimpleName());
    }
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      Object field = component(value, component);
      boolean isAbsent =
          field instanceof Place
              || (field instanceof Optional<?> optional && optional.isEmpty())
              || (field instanceof OptionalInt number && number.isEmpty());
      if (!isAbsent) {
        fields.put(component.getName(), plain(field));
      }
    }
    return fields;
  }

  private static Object component(Record value, RecordComponent component) {
    try {
      return component.getAccessor().invoke(value);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("cannot read " + component, e);
    }
  }

  private static Object plain(Object value) {
    if (value instanceof Optional<?> optional) {
      return plain(optional.orElseThrow());
    }
    if (value instanceof OptionalInt number) {
      return number.getAsInt();
    }
    if (value instanceof Collection<?> collection) {
      List<Object> items = new ArrayList<>();
      collection.forEach(item -> items.add(plain(item)));
      return items;
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> items = new LinkedHashMap<>();
      map.forEach((key, item) -> items.put(key.toString(), plain(item)));
      return items;
    }
    return isModel(value) ? fields((Record) value) : value;
  }

  /** Records of the protocol have a text form of their own; protection shows no secret. */
  private static boolean isModel(Object value) {
    return value instanceof Record
        && !(value instanceof AuthenticationConfig)
        && value.getClass().getPackageName().startsWith(DaemonConfig.class.getPackageName());
  }
}
