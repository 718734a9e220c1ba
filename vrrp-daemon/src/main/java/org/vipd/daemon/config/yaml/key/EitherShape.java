package org.vipd.daemon.config.yaml.key;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;

/** One of two shapes. */
record EitherShape(Shape one, Shape other) implements Shape {

  @Override
  public Optional<Object> read(Node node, String label, Reports reports) {
    if (isNumberBesideChoice(node)) {
      return other.read(node, label, reports);
    }
    if (Reports.openAddress(node).isPresent()) {
      return reports.refuse(node, label, this);
    }
    return one.fits(node)
        ? one.read(node, label, reports)
        : other.fits(node) ? other.read(node, label, reports) : reports.refuse(node, label, this);
  }

  private boolean isNumberBesideChoice(Node node) {
    return one.fits(node)
        && other.fits(node)
        && node instanceof org.yaml.snakeyaml.nodes.ScalarNode scalar
        && scalar.getValue().matches("-?[0-9]+");
  }

  @Override
  public boolean fits(Node node) {
    return one.fits(node) || other.fits(node);
  }

  @Override
  public Object literal(String text) {
    return one.literal(text);
  }

  @Override
  public JsonObject schema() {
    JsonArray both = new JsonArray();
    both.add(one.schema());
    both.add(other.schema());
    JsonObject schema = new JsonObject();
    schema.add("anyOf", both);
    return schema;
  }

  @Override
  public String words() {
    return one.words() + ", or " + other.words();
  }
}
