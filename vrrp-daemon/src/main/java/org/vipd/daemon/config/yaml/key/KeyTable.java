package org.vipd.daemon.config.yaml.key;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** All keys by section, from the resource {@code keys.txt}. */
public final class KeyTable {

  /** The section that is the file itself. */
  public static final String TOP = "top";

  /** Key of a printed secret that was left out; it does not load. */
  public static final String NOT_SHOWN = "not-shown";

  private static final String RESOURCE = "keys.txt";
  private static final int COLUMNS = 6;
  private static final KeyTable INSTANCE = new KeyTable(text());

  private final Map<String, Map<String, Key>> sections = new LinkedHashMap<>();
  private final Map<String, Map<String, Optional<Object>>> defaults = new ConcurrentHashMap<>();

  private KeyTable(String text) {
    text.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).forEach(this::add);
  }

  /** The table. */
  public static KeyTable get() {
    return INSTANCE;
  }

  /** Sections and their keys, in the order of the table. */
  public Map<String, Map<String, Key>> sections() {
    return Collections.unmodifiableMap(sections);
  }

  /** The keys of a section, in the order of the table. */
  public Map<String, Key> keys(String section) {
    Map<String, Key> keys = sections.get(section);
    if (keys == null) {
      throw new IllegalStateException(RESOURCE + " has no section " + section);
    }
    return Collections.unmodifiableMap(keys);
  }

  /** A key that must be in the table. */
  public Key key(String section, String name) {
    Key key = keys(section).get(name);
    if (key == null) {
      throw new IllegalStateException(RESOURCE + " has no key " + name + " in section " + section);
    }
    return key;
  }

  /** The value that is used when a key is not written; empty when that depends. */
  Optional<Object> defaultValue(String section, String name) {
    return defaults
        .computeIfAbsent(section, it -> new ConcurrentHashMap<>())
        .computeIfAbsent(name, it -> key(section, it).defaultValue());
  }

  private void add(String line) {
    String[] columns = line.split(" \\| ", COLUMNS);
    if (columns.length != COLUMNS) {
      throw new IllegalStateException(RESOURCE + ": not " + COLUMNS + " columns: " + line);
    }
    Key key = new Key(columns[1], ShapeText.parse(columns[2]), columns[3], columns[4], columns[5]);
    Map<String, Key> section = sections.computeIfAbsent(columns[0], it -> new LinkedHashMap<>());
    if (section.put(key.name(), key) != null) {
      throw new IllegalStateException(RESOURCE + " lists twice: " + line);
    }
  }

  private static String text() {
    try (InputStream in = KeyTable.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("resource " + RESOURCE + " is missing from the program");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("resource " + RESOURCE + " cannot be read", e);
    }
  }
}
