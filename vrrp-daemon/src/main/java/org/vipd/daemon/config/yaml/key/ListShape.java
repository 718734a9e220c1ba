package org.vipd.daemon.config.yaml.key;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Any number of values of one shape, each with its place. */
record ListShape(Shape element) implements Shape {

  @Override
  public Optional<Object> read(Node node, String label, Reports reports) {
    if (!(node instanceof SequenceNode sequence)) {
      return reports.refuse(node, label, this);
    }
    List<Placed> values = new ArrayList<>();
    String each = "each of " + label;
    for (Node item : sequence.getValue()) {
      element
          .read(item, each, reports)
          .ifPresent(value -> values.add(new Placed(Reports.place(item), value)));
    }
    return Optional.of(List.copyOf(values));
  }

  @Override
  public boolean fits(Node node) {
    return node instanceof SequenceNode;
  }

  @Override
  public JsonObject schema() {
    JsonObject schema = new JsonObject();
    schema.addProperty("type", "array");
    schema.add("items", element.schema());
    return schema;
  }

  @Override
  public String words() {
    return "a list; each is " + element.words();
  }
}
