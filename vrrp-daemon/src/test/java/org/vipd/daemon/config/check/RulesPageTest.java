package org.vipd.daemon.config.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vipd.daemon.config.ConfigProblem;
import org.vipd.daemon.config.check.host.HostView;
import org.vipd.daemon.config.check.host.UnknownHost;
import org.vipd.daemon.config.file.ConfigurationFile;
import org.vipd.daemon.config.file.ConfigurationFile.Reading;
import org.vipd.daemon.config.file.ReadOptions;
import org.vipd.daemon.config.keepalived.text.SourceOptions;
import org.vipd.daemon.config.yaml.YamlOptions;
import org.vipd.daemon.config.yaml.key.Prefix;
import org.vipd.daemon.config.yaml.vip.Surroundings;
import org.vipd.daemon.testkit.Repository;
import org.vipd.protocol.value.AddressFamily;

/**
 * Every rule has a section in {@code docs/rules.md}, whose example gives the message shown there,
 * and whose mended example does not.
 */
class RulesPageTest {

  private static final Path PAGE = Repository.root().resolve("docs/rules.md");
  private static final Path SOURCES =
      Repository.root().resolve("vrrp-daemon/src/main/java/org/vipd/daemon/config");
  private static final Pattern ID = Pattern.compile("\"(V[0-9]{3})\"");
  private static final Pattern BLOCK =
      Pattern.compile("(?m)^```(\\S+)( \\S+)?\n(.*?)^```$", Pattern.DOTALL);
  private static final Pattern FILE = Pattern.compile("(?m)^# ([ab]\\.(conf|yaml))\n");
  private static final ReadOptions OPTIONS =
      new ReadOptions(
          new SourceOptions("node", Map.of(), 1),
          new YamlOptions(new FixedSurroundings(), Map.of(), Optional.empty()));

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
    assertThat(messages(problems(section.block("conf wrong"), "a.conf"), false))
        .contains(section.block("text").strip());
  }

  @ParameterizedTest
  @MethodSource("sections")
  void saysNothingAboutTheMendedExample(Section section) throws IOException {
    assertThat(problems(section.block("conf mended"), "a.conf"))
        .noneMatch(problem -> problem.rule().equals(section.id()))
        .noneMatch(ConfigProblem::isError);
  }

  @ParameterizedTest
  @MethodSource("sections")
  void speaksTheLanguageOfAYamlFile(Section section) throws IOException {
    if (!section.blocks().containsKey("yaml wrong")) {
      assertThat(section.text()).contains("In a `vipd.yaml` ");
      return;
    }
    List<ConfigProblem> problems = problems(section.block("yaml wrong"), "vipd.yaml");
    assertThat(problems).noneMatch(ConfigProblem::isError);
    assertThat(messages(problems, true)).contains(section.block("text yaml").stripTrailing());
  }

  /** The problems of the files of an example, each with the nodes that it is for. */
  private List<ConfigProblem> problems(String example, String name) throws IOException {
    Set<ConfigProblem> problems = new LinkedHashSet<>();
    List<Node> nodes = new ArrayList<>();
    Map<String, String> files = files(example, name);
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.writeString(path, file.getValue());
      Reading own = ConfigurationFile.read(path, OPTIONS);
      HostView host = files.size() == 1 ? new FixedHost() : new UnknownHost();
      List<String> names = own.nodes().names();
      String ownTitle =
          names.isEmpty() ? path.toString() : Node.title(path.toString(), names.get(0));
      add(new Example(ownTitle, own, host), problems, nodes);
      for (String other : names) {
        if (!other.equals("10.0.0.2")) {
          Reading theirs = ConfigurationFile.read(path, OPTIONS.as(other));
          String title = Node.title(path.toString(), other);
          add(new Example(title, theirs, new UnknownHost()), problems, nodes);
        }
      }
    }
    problems.addAll(Rules.apply(nodes));
    return List.copyOf(problems);
  }

  /** What was read of an example, and the host that it is for. */
  private record Example(String title, Reading reading, HostView host) {}

  private static void add(Example example, Set<ConfigProblem> problems, List<Node> nodes) {
    Reading reading = example.reading();
    problems.addAll(reading.result().problems());
    reading
        .result()
        .config()
        .ifPresent(
            config ->
                nodes.add(new Node(example.title(), config, reading.places(), example.host())));
  }

  private List<String> messages(List<ConfigProblem> problems, boolean withHint) {
    return problems.stream().map(problem -> message(problem, withHint)).toList();
  }

  private String message(ConfigProblem problem, boolean withHint) {
    String line =
        problem.place()
            + ": "
            + problem.severity().word()
            + ": "
            + problem.text()
            + " ["
            + problem.rule()
            + "]";
    boolean shows = withHint && !problem.hint().isEmpty();
    return line.replace(folder + "/", "") + (shows ? "\n    hint: " + problem.hint() : "");
  }

  private static Map<String, String> files(String example, String name) {
    Matcher heading = FILE.matcher(example);
    if (!heading.lookingAt()) {
      return Map.of(name, example);
    }
    String ending = heading.group(2);
    String[] texts = FILE.split(example, -1);
    return new TreeMap<>(Map.of("a." + ending, texts[1], "b." + ending, texts[2]));
  }

  static List<Section> sections() throws IOException {
    List<Section> sections = new ArrayList<>();
    for (String text : Files.readString(PAGE).split("(?m)^## ", -1)) {
      if (text.startsWith("V")) {
        Map<String, String> blocks = new TreeMap<>();
        BLOCK
            .matcher(text)
            .results()
            .forEach(
                it ->
                    blocks.put(
                        it.group(1) + Objects.requireNonNullElse(it.group(2), ""), it.group(3)));
        sections.add(new Section(text.substring(0, 4), text, blocks));
      }
    }
    return sections;
  }

  /** A section of the page: a rule, its text, and its blocks by what stands behind the fence. */
  record Section(String id, String text, Map<String, String> blocks) {

    String block(String name) {
      assertThat(blocks).as(id).containsKey(name);
      return blocks.get(name);
    }

    @Override
    public String toString() {
      return id;
    }
  }

  /** The host that FixedHost describes. */
  private static final class FixedSurroundings implements Surroundings {

    @Override
    public String hostName() {
      return "node";
    }

    @Override
    public Map<String, List<Prefix>> networks() {
      return Map.of("eth0", List.of(Prefix.parse("10.0.0.2/24").orElseThrow()));
    }

    @Override
    public Optional<String> defaultInterface(AddressFamily family) {
      return Optional.of("eth0");
    }
  }
}
