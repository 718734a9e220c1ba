package org.vipd.daemon.config.yaml.key;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Any number of values of one shape, each with its place. */
record ListShape(Shape element) implements Shape {

  private static final int SHOWN = 60;

  @Override
  public Optional<Object> read(Node node, String label, Reports reports) {
    if (!(node instanceof SequenceNode sequence)) {
      if (element instanceof SecretShape && node instanceof ScalarNode) {
        // what stands there is a secret all the same
        reports.error(
            Reports.place(node),
            label + " must be " + words() + ", found a text",
            "write it in brackets");
        return Optional.empty();
      }
      return node instanceof ScalarNode scalar && element.fits(node)
          ? reports.refuse(node, label, this, hint(scalar, label))
          : reports.refuse(node, label, this);
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

  /** A list of one. */
  private String hint(ScalarNode only, String label) {
    String text = only.getValue();
    if (text.matches("[^\"'{}\\[\\]#&*]*,[^\"'{}\\[\\]#&*]*") && text.length() <= SHOWN) {
      return "write " + label + ": [" + text.strip() + "]";
    }
    boolean isQuoted = text.chars().anyMatch(c -> ":,{}[]#&*".indexOf(c) >= 0);
    return text.length() > SHOWN
        ? "write it in brackets"
        : "write " + label + ": [" + (isQuoted ? "'" + text + "'" : text) + "]";
  }

  @Override
  public boolean holdsSecret() {
    return element.holdsSecret();
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
