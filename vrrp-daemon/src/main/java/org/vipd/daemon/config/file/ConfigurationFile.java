package org.vipd.daemon.config.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.vipd.daemon.config.DaemonConfig;
import org.vipd.daemon.config.LoadResult;
import org.vipd.daemon.config.PlaceFinder;
import org.vipd.daemon.config.keepalived.KeepalivedReader;
import org.vipd.daemon.config.yaml.YamlReader;

/** Reads a configuration in either language. */
public final class ConfigurationFile {

  /** The first line that says something tells the language; comments may be long. */
  private static final int SAMPLE_BYTES = 64 << 10;

  private static final String BYTE_ORDER_MARK = "\uFEFF";
  private static final Pattern YAML_LINE =
      Pattern.compile("[{].*|(---|%YAML)(\\s.*)?|[\"']?[A-Za-z_][A-Za-z0-9_-]*[\"']?\\s*:(\\s.*)?");

  /** What is read before keywords: conditions, definitions, includes. */
  private static final Pattern KEEPALIVED_LINE = Pattern.compile("[@$].*|include\\w*\\s.*");

  private static final Pattern WORD_END = Pattern.compile("[\\s{]");

  private ConfigurationFile() {}

  /** A language. */
  public enum Form {
    KEEPALIVED,
    YAML
  }

  /**
   * What was read and where it stands.
   *
   * @param result model and problems
   * @param places where settings stand
   * @param understood the model without what has errors, for rules that look at the rest; empty
   *     when the text as a whole cannot be understood
   * @param form the language
   * @param nodes the nodes that the file is for
   */
  public record Reading(
      LoadResult result,
      PlaceFinder places,
      Optional<DaemonConfig> understood,
      Form form,
      YamlReader.Nodes nodes) {}

  /** Reads and interprets a file and what it includes. */
  public static Reading read(Path path, ReadOptions options) {
    if (form(path) == Form.YAML) {
      YamlReader.Reading reading = YamlReader.read(path, options.yaml());
      return new Reading(
          reading.result(), reading.places(), reading.understood(), Form.YAML, reading.nodes());
    }
    KeepalivedReader.Reading reading = KeepalivedReader.readWithPlaces(path, options.keepalived());
    return new Reading(
        reading.result(),
        reading.places(),
        reading.understood(),
        Form.KEEPALIVED,
        YamlReader.Nodes.NONE);
  }

  /**
   * The language of a file: what its first line is clearly, or else what its name says, or else
   * that of keepalived.
   */
  public static Form form(Path path) {
    if (!Files.isRegularFile(path)) {
      // opening a pipe waits for its writer; the reader says what is wrong with it
      return byName(path);
    }
    try (InputStream in = Files.newInputStream(path)) {
      return form(new String(in.readNBytes(SAMPLE_BYTES), StandardCharsets.UTF_8), path);
    } catch (IOException e) {
      // the reader says why it cannot be read
      return byName(path);
    }
  }

  private static Form form(String sample, Path path) {
    String text = sample.startsWith(BYTE_ORDER_MARK) ? sample.substring(1) : sample;
    Optional<String> first =
        text.lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty() && !line.startsWith("#") && !line.startsWith("!"))
            .findFirst();
    if (first.filter(line -> YAML_LINE.matcher(line).matches()).isPresent()) {
      return Form.YAML;
    }
    return first.filter(ConfigurationFile::isKeepalived).isPresent()
        ? Form.KEEPALIVED
        : byName(path);
  }

  private static boolean isKeepalived(String line) {
    return KEEPALIVED_LINE.matcher(line).matches()
        || KeepalivedReader.knows(WORD_END.split(line, 2)[0]);
  }

  private static Form byName(Path path) {
    String name = path.toString();
    return name.endsWith(".yaml") || name.endsWith(".yml") ? Form.YAML : Form.KEEPALIVED;
  }
}
