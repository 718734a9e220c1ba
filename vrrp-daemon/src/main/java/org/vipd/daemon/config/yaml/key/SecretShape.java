package org.vipd.daemon.config.yaml.key;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;
import org.vipd.daemon.config.Place;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** A secret: text, or the file or the variable of the environment that has it. */
record SecretShape() implements Shape {

  private static final int FILE_LIMIT = 4096;
  private static final Shape TEXT = ScalarShape.text();

  @Override
  public Optional<Object> read(Node node, String label, Reports reports) {
    if (TEXT.fits(node)) {
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
    try {
      Path path = Path.of(name);
      Set<PosixFilePermission> open = Files.getPosixFilePermissions(path);
      open.removeIf(permission -> permission.name().startsWith("OWNER"));
      if (!open.isEmpty()) {
        reports.warning(
            place, "secret file " + path + " can be used by others", "run: chmod 600 " + path);
      }
      try (InputStream in = Files.newInputStream(path)) {
        byte[] bytes = in.readNBytes(FILE_LIMIT + 1);
        if (bytes.length > FILE_LIMIT) {
          reports.error(place, path + " is larger than a secret can be", "is it the right file?");
          return Optional.empty();
        }
        return Optional.of(
            new String(bytes, StandardCharsets.UTF_8).replaceFirst("[\\r\\n]+$", ""));
      }
    } catch (IOException | InvalidPathException e) {
      reports.error(place, label + ": secret file " + name + " cannot be read: " + e, "");
      return Optional.empty();
    }
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
