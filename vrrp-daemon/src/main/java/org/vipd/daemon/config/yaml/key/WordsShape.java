package org.vipd.daemon.config.yaml.key;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.yaml.snakeyaml.nodes.Node;

/** Words: one text with blanks between them, or a list. */
record WordsShape() implements Shape {

  private static final Shape TEXT = ScalarShape.text();
  private static final EitherShape FORMS = new EitherShape(TEXT, new ListShape(TEXT));

  @Override
  public Optional<Object> read(Node node, String label, Reports reports) {
    List<String> words =
        FORMS
            .read(node, label, reports)
            .map(value -> value instanceof String text ? split(text) : Section.texts(value))
            .orElse(List.of());
    if (words.isEmpty()) {
      return reports.refuse(node, label, this);
    }
    return Optional.of(words);
  }

  private static List<String> split(String text) {
    return Stream.of(text.strip().split("\\s+", -1)).filter(word -> !word.isEmpty()).toList();
  }

  @Override
  public boolean fits(Node node) {
    return FORMS.fits(node);
  }

  @Override
  public JsonObject schema() {
    return FORMS.schema();
  }

  @Override
  public String words() {
    return "words with blanks between them, or a list of words";
  }
}
