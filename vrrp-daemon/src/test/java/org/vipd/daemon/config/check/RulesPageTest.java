package org.vipd.daemon.config.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vipd.daemon.config.ConfigProblem;
import org.vipd.daemon.config.keepalived.KeepalivedReader;
import org.vipd.daemon.config.keepalived.KeepalivedReader.Reading;
import org.vipd.daemon.config.keepalived.text.SourceOptions;
import org.vipd.daemon.testkit.Repository;

/**
 * Every rule has a section in {@code docs/rules.md}, whose example gives the message shown there,
 * and whose mended example does not.
 */
class RulesPageTest {

  private static final Path PAGE = Repository.root().resolve("docs/rules.md");
  private static final Path SOURCES =
      Repository.root().resolve("vrrp-daemon/src/main/java/org/vipd/daemon/config");
  private static final Pattern ID = Pattern.compile("\"(V[0-9]{3})\"");
  private static final Pattern BLOCK = Pattern.compile("```conf (\\S+)\n(.*?)```", Pattern.DOTALL);
  private static final Pattern MESSAGE = Pattern.compile("```text\n(.*?)\n```", Pattern.DOTALL);
  private static final Pattern FILE = Pattern.compile("(?m)^# ([ab]\\.conf)\n");

  @TempDir private Path folder;

  @Test
  void hasASectionForEachRule() throws IOException {
    Set<String> used = new TreeSet<>();
    try (Stream<Path> files = Files.walk(SOURCES)) {
      for (Path file : files.filter(it -> it.toString().endsWith(".java")).toList()) {
        ID.matcher(Files.readString(file)).results().forEach(it -> used.add(it.group(1)));
      }
    }
    assertThat(sections()).extracting(Section::id).containsExactlyElementsOf(used);
  }

  @ParameterizedTest
  @MethodSource("sections")
  void showsTheMessageThatItsExampleGives(Section section) throws IOException {
    assertThat(problems(section.wrong()))
        .extracting(problem -> message(problem))
        .contains(section.message());
  }

  @ParameterizedTest
  @MethodSource("sections")
  void saysNothingAboutTheMendedExample(Section section) throws IOException {
    assertThat(problems(section.mended()))
        .noneMatch(problem -> problem.rule().equals(section.id()))
        .noneMatch(ConfigProblem::isError);
  }

  /** The problems of the files of an example, with the names they have there. */
  private List<ConfigProblem> problems(String example) throws IOException {
    List<ConfigProblem> problems = new ArrayList<>();
    List<Node> nodes = new ArrayList<>();
    for (Map.Entry<String, String> file : files(example).entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.writeString(path, file.getValue());
      Reading reading =
          KeepalivedReader.readWithPlaces(path, new SourceOptions("node", Map.of(), 1));
      problems.addAll(reading.result().problems());
      reading
          .result()
          .config()
          .ifPresent(config -> nodes.add(new Node(path.toString(), config, reading.places())));
    }
    problems.addAll(Rules.apply(nodes, new FixedHost()));
    return problems;
  }

  private String message(ConfigProblem problem) {
    String line =
        problem.place()
            + ": "
            + problem.severity().word()
            + ": "
            + problem.text()
            + " ["
            + problem.rule()
            + "]";
    return line.replace(folder + "/", "");
  }

  private static Map<String, String> files(String example) {
    Matcher heading = FILE.matcher(example);
    if (!heading.lookingAt()) {
      return Map.of("a.conf", example);
    }
    String[] texts = FILE.split(example, -1);
    return new TreeMap<>(Map.of("a.conf", texts[1], "b.conf", texts[2]));
  }

  static List<Section> sections() throws IOException {
    List<Section> sections = new ArrayList<>();
    for (String text : Files.readString(PAGE).split("(?m)^## ", -1)) {
      if (text.startsWith("V")) {
        Map<String, String> blocks =
            BLOCK
                .matcher(text)
                .results()
                .collect(Collectors.toMap(it -> it.group(1), it -> it.group(2)));
        Matcher message = MESSAGE.matcher(text);
        assertThat(message.find()).as(text).isTrue();
        sections.add(
            new Section(
                text.substring(0, 4), blocks.get("wrong"), blocks.get("mended"), message.group(1)));
      }
    }
    return sections;
  }

  /** A section of the page: a rule, its examples and the message. */
  record Section(String id, String wrong, String mended, String message) {}
}
