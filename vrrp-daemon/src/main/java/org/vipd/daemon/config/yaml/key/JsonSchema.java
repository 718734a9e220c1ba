package org.vipd.daemon.config.yaml.key;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Map;

/** The JSON Schema of {@code vipd.yaml}, for editors. */
public final class JsonSchema {

  private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

  private JsonSchema() {}

  /** The schema as text with a line end. */
  public static String text() {
    JsonObject schema = new JsonObject();
    schema.addProperty("$schema", DIALECT);
    schema.addProperty("title", "vipd.yaml");
    JsonObject top = section(KeyTable.get().keys(KeyTable.TOP));
    top.entrySet().forEach(entry -> schema.add(entry.getKey(), entry.getValue()));
    JsonObject definitions = new JsonObject();
    KeyTable.get()
        .sections()
        .forEach(
            (name, keys) -> {
              if (!name.equals(KeyTable.TOP)) {
                definitions.add(name, section(keys));
              }
            });
    schema.add("$defs", definitions);
    return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(schema)
        + "\n";
  }

  private static JsonObject section(Map<String, Key> keys) {
    JsonObject properties = new JsonObject();
    JsonArray required = new JsonArray();
    JsonArray alternatives = new JsonArray();
    keys.values()
        .forEach(
            key -> {
              properties.add(key.name(), key(key));
              if (key.isRequired()) {
                required.add(key.name());
              }
              if (key.isAlternative()) {
                alternatives.add(requirement(key.name()));
              }
            });
    JsonObject schema = new JsonObject();
    schema.addProperty("type", "object");
    schema.addProperty("additionalProperties", false);
    if (!required.isEmpty()) {
      schema.add("required", required);
    }
    if (!alternatives.isEmpty()) {
      schema.add("oneOf", alternatives);
    }
    schema.add("properties", properties);
    return schema;
  }

  private static JsonObject requirement(String name) {
    JsonArray names = new JsonArray();
    names.add(name);
    JsonObject requirement = new JsonObject();
    requirement.add("required", names);
    return requirement;
  }

  private static JsonObject key(Key key) {
    JsonObject schema = key.shape().schema();
    String meaning =
        key.defaultText().equals("-") || key.isRequired() || key.isAlternative()
            ? key.meaning()
            : key.meaning() + " Default: " + key.defaultText().replaceAll("^\\(|\\)$", "") + ".";
    schema.addProperty("description", meaning);
    return schema;
  }
}
