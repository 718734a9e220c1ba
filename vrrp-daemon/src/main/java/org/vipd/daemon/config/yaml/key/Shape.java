package org.vipd.daemon.config.yaml.key;

import com.google.gson.JsonObject;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;

/** What a value looks like: reads it, describes it for editors and for people. */
public interface Shape {

  /**
   * Reads a value; what is wrong with it is reported with its place, and then it is empty.
   *
   * @param node the value as written
   * @param label what it is called in messages
   * @param reports where problems go
   */
  Optional<Object> read(Node node, String label, Reports reports);

  /** The JSON Schema of such values. */
  JsonObject schema();

  /** What is expected, such as {@code a time from 10ms to 255s}. */
  String words();

  /** The value that a text of the key table means; only for shapes that have defaults there. */
  default Object literal(String text) {
    throw new IllegalStateException("no default for " + words() + ": " + text);
  }

  /** Whether what is written for it may be a secret also where it has another shape. */
  default boolean holdsSecret() {
    return false;
  }

  /** Whether a node looks like this shape at all, for shapes that stand beside another one. */
  boolean fits(Node node);
}
