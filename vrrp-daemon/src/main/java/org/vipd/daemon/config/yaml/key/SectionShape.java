package org.vipd.daemon.config.yaml.key;

import com.google.gson.JsonObject;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/** Keys of a section of the table. */
record SectionShape(String section) implements Shape {

  @Override
  public Optional<Object> read(Node node, String label, Reports reports) {
    return fits(node)
        ? Optional.of(Section.read(section, (MappingNode) node, label, reports))
        : reports.refuse(node, label, this);
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
