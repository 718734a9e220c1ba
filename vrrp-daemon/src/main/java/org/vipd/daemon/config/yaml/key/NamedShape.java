package org.vipd.daemon.config.yaml.key;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.vipd.daemon.config.Printable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Names, and a section for each. */
record NamedShape(String section) implements Shape {

  @Override
  public Optional<Object> read(Node node, String label, Reports reports) {
    if (!(node instanceof MappingNode mapping)) {
      return node instanceof SequenceNode
          ? reports.refuse(node, label, this, "write each as its name, a colon and its keys, no -")
          : reports.refuse(node, label, this);
    }
    List<Placed> sections = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (NodeTuple tuple : mapping.getValue()) {
      named(tuple, label, names, reports).ifPresent(sections::add);
    }
    return Optional.of(List.copyOf(sections));
  }

  private Optional<Placed> named(
      NodeTuple tuple, String label, Set<String> names, Reports reports) {
    if (!(tuple.getKeyNode() instanceof ScalarNode key) || key.getValue().isEmpty()) {
      reports.error(Reports.place(tuple.getKeyNode()), "a name under " + label + " is missing", "");
      return Optional.empty();
    }
    String name = key.getValue();
    if (name.chars().anyMatch(Character::isISOControl)) {
      reports.error(
          Reports.place(key),
          "a name under " + label + " has characters that cannot be seen: " + Printable.of(name),
          "names stand in logs, and in lines of pipes that programs read");
      return Optional.empty();
    }
    if (!names.add(name)) {
      reports.error(Reports.place(key), label + " has " + name + " twice", "rename or delete one");
      return Optional.empty();
    }
    if (tuple.getValueNode() instanceof SequenceNode list) {
      return new SectionShape(section)
          .read(list, label + "." + name, reports)
          .map(it -> new Placed(Reports.place(key), it));
    }
    if (!(tuple.getValueNode() instanceof MappingNode value)) {
      return reports
          .refuse(tuple.getValueNode(), label + "." + name, new SectionShape(section))
          .map(it -> new Placed(Reports.place(key), it));
    }
    Section read = Section.read(section, value, label + "." + name, reports);
    return Optional.of(new Placed(Reports.place(key), read.named(name, Reports.place(key))));
  }

  @Override
  public boolean fits(Node node) {
    return node instanceof MappingNode;
  }

  @Override
  public JsonObject schema() {
    JsonObject schema = new JsonObject();
    schema.addProperty("type", "object");
    schema.add("additionalProperties", new SectionShape(section).schema());
    return schema;
  }

  @Override
  public String words() {
    return "names with keys under each";
  }
}
