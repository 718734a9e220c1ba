package org.vipd.daemon.config.yaml.key;

import com.google.gson.JsonObject;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Keys of a section of the table. */
record SectionShape(String section) implements Shape {

  @Override
  public Optional<Object> read(Node node, String label, Reports reports) {
    return fits(node)
        ? Optional.of(Section.read(section, (MappingNode) node, label, reports))
        : reports.refuse(node, label, this, hint(node, label));
  }

  private String hint(Node node, String label) {
    boolean isScript =
        section.equals("notify") && node instanceof ScalarNode it && it.getValue().startsWith("/");
    return isScript
        ? "write "
            + label
            + ": {any: "
            + ((ScalarNode) node).getValue()
            + "}, or a key for each"
            + " occasion"
        : "known: " + String.join(", ", KeyTable.get().keys(section).keySet());
  }

  /** Of its own keys: those of sections inside are not written here by mistake. */
  @Override
  public boolean holdsSecret() {
    return KeyTable.get().keys(section).values().stream()
        .anyMatch(key -> key.shape() instanceof SecretShape);
  }

  @Override
  public boolean fits(Node node) {
    return node instanceof MappingNode;
  }

  @Override
  public JsonObject schema() {
    JsonObject schema = new JsonObject();
    schema.addProperty("$ref", "#/$defs/" + section);
    return schema;
  }

  @Override
  public String words() {
    return "keys such as " + KeyTable.get().keys(section).keySet().iterator().next();
  }
}
