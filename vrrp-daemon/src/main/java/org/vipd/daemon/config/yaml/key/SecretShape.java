package org.vipd.daemon.config.yaml.key;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.Optional;
import org.vipd.daemon.config.Place;
import org.vipd.daemon.config.keepalived.text.SecretFile;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** A secret: text, or the file or the variable of the environment that has it. */
record SecretShape() implements Shape {

  private static final Shape TEXT = ScalarShape.text();

  @Override
  public Optional<Object> read(Node node, String label, Reports reports) {
    if (TEXT.fits(node)) {
      reportCut((ScalarNode) node, label, reports);
      return TEXT.read(node, label, reports);
    }
    if (node instanceof ScalarNode) {
      reports.error(
          Reports.place(node), label + " must be " + words(), "put it in quotes if it is a word");
      return Optional.empty();
    }
    if (!(node instanceof MappingNode mapping)
        || mapping.getValue().size() != 1
        || !(mapping.getValue().get(0).getKeyNode() instanceof ScalarNode key)
        || !(mapping.getValue().get(0).getValueNode() instanceof ScalarNode value)) {
      return reports.refuse(node, label, this);
    }
    Place place = Reports.place(value);
    return switch (key.getValue()) {
      case "file" -> file(value.getValue(), place, label, reports);
      case "environment" -> variable(value.getValue(), place, label, reports);
      case KeyTable.NOT_SHOWN -> notShown(Reports.place(node), label, reports);
      default -> reports.refuse(node, label, this);
    };
  }

  /** A sign that is glued to what follows may be part of the secret rather than a comment. */
  private static void reportCut(ScalarNode node, String label, Reports reports) {
    Mark end = node.getEndMark();
    int[] text = end.getBuffer();
    int sign = end.getPointer();
    while (sign < text.length && text[sign] == ' ') {
      sign++;
    }
    boolean isGlued =
        sign + 1 < text.length && text[sign] == '#' && !Character.isWhitespace(text[sign + 1]);
    if (node.isPlain() && isGlued) {
      int column = end.getColumn() + 1 + sign - end.getPointer();
      reports.warning(
          new Place(end.getName(), end.getLine() + 1, column),
          label + " ends before this #: what follows is a comment",
          "put all of it in quotes if it is part of the secret, else a blank behind the #");
    }
  }

  private static Optional<Object> notShown(Place place, String label, Reports reports) {
    reports.error(
        place,
        label + " was left out when this file was printed",
        "write the secret, or {file: PATH}, or {environment: NAME}");
    return Optional.empty();
  }

  private static Optional<Object> variable(
      String name, Place place, String label, Reports reports) {
    Optional<String> value = reports.variable(name);
    if (value.isEmpty()) {
      reports.error(
          place,
          label + " is to come from the variable " + name + ", which is not set",
          "set it where the daemon is started");
    }
    return value.map(it -> it);
  }

  private static Optional<Object> file(String name, Place place, String label, Reports reports) {
    String path = SecretFile.path(name, place);
    SecretFile file = SecretFile.read(path);
    if (!file.obstacle().isEmpty()) {
      reports.error(
          place,
          label + ": secret file " + path + " cannot be read: " + file.obstacle(),
          SecretFile.hint(name));
      return Optional.empty();
    }
    if (file.isOpenToOthers()) {
      reports.warning(
          place, "secret file " + path + " can be used by others", "run: chmod 600 " + path);
    }
    return Optional.of(file.text());
  }

  @Override
  public boolean holdsSecret() {
    return true;
  }

  @Override
  public boolean fits(Node node) {
    return TEXT.fits(node) || node instanceof MappingNode;
  }

  @Override
  public JsonObject schema() {
    JsonArray forms = new JsonArray();
    forms.add(TEXT.schema());
    for (String name : new String[] {"file", "environment"}) {
      forms.add(
          JsonParser.parseString(
              "{'type':'object','additionalProperties':false,'required':['%s'],'properties':{'%s':{'type':'string'}}}"
                  .formatted(name, name)
                  .replace('\'', '"')));
    }
    JsonObject schema = new JsonObject();
    schema.add("anyOf", forms);
    return schema;
  }

  @Override
  public String words() {
    return "a text, or {file: PATH}, or {environment: NAME}";
  }
}
