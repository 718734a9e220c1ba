package org.vipd.daemon.config.yaml.key;

import java.util.List;
import java.util.stream.Stream;

/** Understands how shapes are written in the key table. */
final class ShapeText {

  private ShapeText() {}

  static Shape parse(String text) {
    String stripped = text.strip();
    if (stripped.startsWith("(") && stripped.endsWith(")")) {
      return parse(stripped.substring(1, stripped.length() - 1));
    }
    if (stripped.startsWith("list ")) {
      return new ListShape(parse(stripped.substring("list ".length())));
    }
    int or = stripped.indexOf(" or ");
    if (or >= 0) {
      return new EitherShape(
          parse(stripped.substring(0, or)), parse(stripped.substring(or + " or ".length())));
    }
    int blank = stripped.indexOf(' ');
    String kind = blank < 0 ? stripped : stripped.substring(0, blank);
    return of(kind, blank < 0 ? "" : stripped.substring(blank + 1));
  }

  private static Shape of(String kind, String argument) {
    String[] range = argument.split("\\.\\.", 2);
    return switch (kind) {
      case "number" -> ScalarShape.number(Long.parseLong(range[0]), Long.parseLong(range[1]));
      case "track-weight" -> ScalarShape.trackWeight();
      case "time" -> ScalarShape.time(range[0], range[1]);
      case "choice" -> ScalarShape.choice(choices(argument));
      case "argument" -> ScalarShape.text();
      case "text" -> ScalarShape.filled();
      case "switch" -> ScalarShape.toggle();
      case "address" -> ScalarShape.address();
      case "network" -> ScalarShape.network();
      case "device" -> ScalarShape.device();
      case "secret" -> new SecretShape();
      case "command" -> new CommandShape();
      case "words" -> new WordsShape();
      case "section" -> new SectionShape(argument);
      case "named" -> new NamedShape(argument);
      case "options" -> new OptionsShape(argument);
      default -> throw new IllegalStateException("unknown shape: " + kind);
    };
  }

  private static List<String> choices(String argument) {
    return Stream.of(argument.split(",", -1)).map(String::strip).toList();
  }
}
