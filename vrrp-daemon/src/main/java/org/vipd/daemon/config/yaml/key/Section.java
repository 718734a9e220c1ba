package org.vipd.daemon.config.yaml.key;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.vipd.daemon.config.CommandConfig;
import org.vipd.daemon.config.OddBlank;
import org.vipd.daemon.config.Place;
import org.vipd.daemon.config.Similar;
import org.vipd.daemon.config.global.Settings;
import org.vipd.protocol.value.IpAddress;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * The checked keys of one section. A key that is not written has its default; asking for a key that
 * the table does not know is a mistake of the program.
 */
public final class Section {

  private final String kind;
  private final String name;
  private final Place place;
  private final Map<String, Placed> values;
  private final Map<String, Place> written;

  private Section(
      String kind,
      String name,
      Place place,
      Map<String, Placed> values,
      Map<String, Place> written) {
    this.written = written;
    this.kind = kind;
    this.name = name;
    this.place = place;
    this.values = values;
  }

  /** Reads the keys of a mapping; what is wrong is reported. */
  public static Section read(String kind, MappingNode node, String label, Reports reports) {
    Map<String, Key> known = KeyTable.get().keys(kind);
    Map<String, Placed> values = new LinkedHashMap<>();
    Map<String, Place> seen = new HashMap<>();
    Map<String, Place> written = new HashMap<>();
    Set<String> meant = new HashSet<>();
    for (NodeTuple tuple : node.getValue()) {
      String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
      Place place = Reports.place(tuple.getKeyNode());
      if (!known.containsKey(key)) {
        Optional<String> other = unknown(key, place, new Label(label, reports), known);
        other.ifPresent(meant::add);
        other.ifPresent(it -> written.putIfAbsent(it, place));
      } else if (seen.putIfAbsent(key, place) != null) {
        reports.error(
            place,
            label + " has " + key + " twice, first in line " + seen.get(key).line(),
            "delete one");
      } else {
        reports.effect(known.get(key), place);
        written.put(key, Reports.place(tuple.getValueNode()));
        value(known.get(key), tuple.getValueNode(), reports)
            .ifPresent(value -> values.put(key, new Placed(place, value)));
      }
    }
    Section section = new Section(kind, "", Reports.place(node), values, written);
    known.values().stream()
        .filter(key -> key.isRequired() && !seen.containsKey(key.name()))
        .filter(key -> !meant.contains(key.name()))
        .forEach(key -> missing(key, section.place, label, reports));
    List<String> alternatives =
        known.values().stream().filter(Key::isAlternative).map(Key::name).toList();
    List<String> chosen = alternatives.stream().filter(seen::containsKey).toList();
    boolean isSaid = chosen.isEmpty() && alternatives.stream().anyMatch(meant::contains);
    if (!alternatives.isEmpty() && chosen.size() != 1 && !isSaid) {
      alternatives(alternatives, chosen, section, new Label(label, reports));
    }
    return section;
  }

  private static Optional<Object> value(Key key, Node node, Reports reports) {
    return key.shape().read(node, key.name(), reports);
  }

  /** Says that a key is not known; the one that may be meant, about which nothing more is said. */
  private static Optional<String> unknown(
      String key, Place place, Label label, Map<String, Key> known) {
    Optional<String> meant =
        label.reports.keepsErrors()
            ? ofKeepalived(key, known)
                .or(() -> otherCase(key, known))
                .or(() -> OtherNames.of(key, known))
                .or(() -> Similar.to(key, known.keySet()))
            : Optional.empty();
    label.reports.error(
        place,
        "unknown key '" + key + "' in " + label.text,
        OddBlank.hint(key)
            .or(() -> authenticationHint(key, known))
            .or(() -> meantHint(key, meant))
            .orElse(
                label.reports.keepsErrors() ? "known: " + String.join(", ", known.keySet()) : ""));
    return meant;
  }

  private static Optional<String> authenticationHint(String key, Map<String, Key> known) {
    boolean isMeant = key.matches("auth[_-](pass|type)") && known.containsKey("authentication");
    return isMeant
        ? Optional.of("write authentication: {type: password, secret: ...}")
        : Optional.empty();
  }

  private static Optional<String> meantHint(String key, Optional<String> meant) {
    return meant
        .map(it -> key.startsWith("no") && !it.startsWith("no") ? "write " + it + ": false" : it)
        .map(it -> it.startsWith("write ") ? it : Similar.question(it));
  }

  /** The key that means what a keyword of keepalived does. */
  private static Optional<String> ofKeepalived(String word, Map<String, Key> known) {
    String keyword = word.equals("pass") ? "auth_pass" : word.replace('-', '_');
    return known.values().stream()
        .filter(it -> it.keyword().equals(keyword))
        .map(Key::name)
        .findFirst();
  }

  private static Optional<String> otherCase(String key, Map<String, Key> known) {
    return known.keySet().stream().filter(it -> it.equalsIgnoreCase(key)).findFirst();
  }

  private static void missing(Key key, Place place, String label, Reports reports) {
    reports.error(
        place, label + " has no " + key.name(), "add " + key.name() + ": " + key.shape().words());
  }

  /** What a section is called in messages, and where they go. */
  private record Label(String text, Reports reports) {}

  private static void alternatives(
      List<String> known, List<String> chosen, Section section, Label label) {
    if (chosen.isEmpty()) {
      label.reports.error(
          section.place,
          label.text + " does not say what is asked",
          "add one of: " + String.join(", ", known));
    } else {
      label.reports.error(
          section.place(chosen.get(1)),
          label.text + " has " + String.join(" and ", chosen),
          "keep one, and make another section of each other");
    }
  }

  /** A section without keys. */
  public static Section empty(String kind, Place place) {
    return new Section(kind, "", place, Map.of(), Map.of());
  }

  Section named(String itsName, Place itsPlace) {
    return new Section(kind, itsName, itsPlace, values, written);
  }

  /** The section with further values, for keys that may come from several files. */
  public Section with(Map<String, Placed> others) {
    return new Section(kind, name, place, Map.copyOf(others), written);
  }

  /** The name it has; empty for a section without one. */
  public String name() {
    return name;
  }

  /** Where it begins. */
  public Place place() {
    return place;
  }

  /** What is written, by key. */
  public Map<String, Placed> written() {
    return Map.copyOf(values);
  }

  /** Whether a key is written and cannot be read, which was said. */
  public boolean isUnreadable(String key) {
    KeyTable.get().key(kind, key);
    return written.containsKey(key) && !values.containsKey(key);
  }

  /** Whether a key is written. */
  public boolean has(String key) {
    KeyTable.get().key(kind, key);
    return values.containsKey(key);
  }

  /** Where a key stands, else where the section begins. */
  public Place place(String key) {
    KeyTable.get().key(kind, key);
    return values.containsKey(key) ? values.get(key).place() : place;
  }

  /** Where the value of a key stands, else where the section begins. */
  public Place valuePlace(String key) {
    KeyTable.get().key(kind, key);
    return written.getOrDefault(key, place);
  }

  /** A text or a choice. */
  public Optional<String> text(String key) {
    return value(key).map(String.class::cast);
  }

  /** A number. */
  public OptionalInt number(String key) {
    Optional<Long> value = value(key).map(Long.class::cast);
    return value.isPresent() ? OptionalInt.of(value.get().intValue()) : OptionalInt.empty();
  }

  /** A number that has a default. */
  public int usualNumber(String key) {
    return number(key).orElseThrow();
  }

  /** A switch that has a default. */
  public boolean isOn(String key) {
    return (Boolean) value(key).orElseThrow();
  }

  /** A switch, if it is written. */
  public Optional<Boolean> switched(String key) {
    return value(key).map(Boolean.class::cast);
  }

  /** A time. */
  public Optional<Duration> time(String key) {
    return value(key).map(Duration.class::cast);
  }

  /** A time that has a default. */
  public Duration usualTime(String key) {
    return time(key).orElseThrow();
  }

  /** An address. */
  public Optional<IpAddress> address(String key) {
    return value(key).map(IpAddress.class::cast);
  }

  /** An address with its prefix length. */
  public Optional<Prefix> prefix(String key) {
    return value(key).map(Prefix.class::cast);
  }

  /** A section. */
  public Optional<Section> section(String key) {
    return value(key).map(Section.class::cast);
  }

  /** A command. */
  public Optional<CommandConfig> command(String key) {
    return value(key).map(CommandConfig.class::cast);
  }

  /** Options. */
  public Settings settings(String key) {
    return value(key).map(Settings.class::cast).orElse(Settings.NONE);
  }

  /** The words of a value that is words. */
  @SuppressWarnings("unchecked") // the shape "words" reads nothing else
  public List<String> words(String key) {
    return value(key).map(it -> (List<String>) it).orElse(List.of());
  }

  /** The values of a list, or the sections of a mapping of names. */
  public List<Placed> list(String key) {
    return value(key).map(Section::placed).orElse(List.of());
  }

  /** The texts of a list. */
  public List<String> texts(String key) {
    return value(key).map(Section::texts).orElse(List.of());
  }

  /** The sections of a list or of a mapping of names. */
  public List<Section> sections(String key) {
    return list(key).stream().map(it -> (Section) it.value()).toList();
  }

  /** Any value, with its default. */
  public Optional<Object> value(String key) {
    Placed written = values.get(key);
    return written == null ? KeyTable.get().defaultValue(kind, key) : Optional.of(written.value());
  }

  static List<String> texts(Object list) {
    return placed(list).stream().map(it -> (String) it.value()).toList();
  }

  @SuppressWarnings("unchecked") // the shape "list" reads nothing else
  private static List<Placed> placed(Object list) {
    return (List<Placed>) list;
  }
}
