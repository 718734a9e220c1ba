package org.vipd.daemon.config.yaml.key;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.vipd.daemon.config.Similar;
import org.vipd.daemon.config.global.Settings;
import org.vipd.daemon.config.global.Settings.Value;
import org.vipd.daemon.config.keepalived.Keyword;
import org.vipd.daemon.config.keepalived.OptionWords;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Rare settings under the names of keepalived's keywords, with {@code -} for {@code _}. */
record OptionsShape(String scope) implements Shape {

  @Override
  public Optional<Object> read(Node node, String label, Reports reports) {
    if (!(node instanceof MappingNode mapping)) {
      return reports.refuse(node, label, this);
    }
    Map<String, Keyword> known = OptionNames.of(scope);
    Map<String, Value> values = new HashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      Node key = tuple.getKeyNode();
      String name = key instanceof ScalarNode scalar ? scalar.getValue() : "?";
      Keyword keyword = known.get(name);
      if (keyword == null) {
        unknown(key, name, label, reports);
      } else if (values.containsKey(keyword.name())) {
        reports.error(Reports.place(key), label + " has " + name + " twice", "delete one");
      } else {
        reports.effect(keyword, name, Reports.place(key));
        shape(keyword)
            .read(tuple.getValueNode(), name, reports)
            .map(OptionsShape::value)
            .filter(it -> isRight(keyword, it, tuple, reports))
            .ifPresent(it -> values.put(keyword.name(), it));
      }
    }
    return Optional.of(new Settings(values));
  }

  private static boolean isRight(Keyword keyword, Value value, NodeTuple tuple, Reports reports) {
    if (!(value instanceof Value.Words words)) {
      return true;
    }
    Optional<OptionWords.Complaint> complaint = OptionWords.in(keyword.name(), words.words());
    complaint.ifPresent(
        it ->
            reports.error(
                Reports.place(tuple.getValueNode()),
                OptionNames.option(keyword.name()) + " " + it.text(),
                it.hint()));
    return complaint.isEmpty();
  }

  private void unknown(Node key, String name, String label, Reports reports) {
    reports.error(
        Reports.place(key),
        "unknown key '" + name + "' in " + label,
        Similar.hint(OptionNames.option(name), OptionNames.of(scope).keySet())
            .or(() -> ofKey(name))
            .orElse("see docs/configuration.md for what may stand here"));
  }

  /** A keyword that has a key of its own is no option. */
  private static Optional<String> ofKey(String name) {
    String keyword = name.replace('-', '_');
    String own = keyword.replaceFirst("^vrrp_", "");
    return Stream.of(keyword, own, own + "_mode").flatMap(it -> keyOf(it).stream()).findFirst();
  }

  private static Optional<String> keyOf(String keyword) {
    return KeyTable.get().sections().entrySet().stream()
        .flatMap(
            section ->
                section.getValue().values().stream()
                    .filter(key -> key.keyword().equals(keyword))
                    .map(key -> "it is the key " + key.name() + " of " + section.getKey()))
        .findFirst();
  }

  static Shape shape(Keyword keyword) {
    return switch (keyword.kind()) {
      case FLAG, SWITCH -> ScalarShape.toggle();
      case INT -> ScalarShape.number((long) keyword.lowest(), (long) keyword.highest());
      case SEC -> ScalarShape.time(seconds(keyword.lowest()), seconds(keyword.highest()));
      case WORD -> ScalarShape.text();
      default -> new ListShape(ScalarShape.text());
    };
  }

  private static String seconds(double value) {
    return TimeText.format(Duration.ofNanos(Math.round(value * 1e9)));
  }

  private static Value value(Object read) {
    if (read instanceof Boolean isOn) {
      return new Value.Switch(isOn);
    }
    if (read instanceof Long number) {
      return new Value.WholeNumber(number);
    }
    if (read instanceof Duration time) {
      return new Value.Time(time);
    }
    return new Value.Words(read instanceof String text ? List.of(text) : Section.texts(read));
  }

  @Override
  public boolean fits(Node node) {
    return node instanceof MappingNode;
  }

  @Override
  public JsonObject schema() {
    JsonObject properties = new JsonObject();
    OptionNames.of(scope).forEach((name, keyword) -> properties.add(name, described(keyword)));
    JsonObject schema = new JsonObject();
    schema.addProperty("type", "object");
    schema.addProperty("additionalProperties", false);
    schema.add("properties", properties);
    return schema;
  }

  private static JsonElement described(Keyword keyword) {
    JsonObject schema = shape(keyword).schema();
    schema.addProperty("description", "keepalived: " + keyword.name());
    return schema;
  }

  @Override
  public String words() {
    return "keys named like keepalived's keywords";
  }
}
