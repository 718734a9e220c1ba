package org.vipd.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The requirement tables of {@code docs/protocol.md} name tests that exist, in whatever module; the
 * sources are read as text, so that none of them has to be built.
 */
class RequirementTableTest {
  private static final Path ROOT = Path.of("..");
  private static final Path DOCUMENT = ROOT.resolve(Path.of("docs", "protocol.md"));
  private static final List<String> MODULES = List.of("vrrp-protocol", "netlink", "vrrp-daemon");
  private static final Path CONFORMANCE = Path.of("src", "test", "resources", "conformance");
  private static final Path PACKETS =
      Path.of("src", "test", "resources", "org", "vipd", "protocol", "wire");
  private static final Pattern METHOD = Pattern.compile("`(\\w+(?:Test|IT))\\.(\\w+)`");
  private static final Pattern CLASS = Pattern.compile("`(\\w+(?:Test|IT))`");
  private static final Pattern FOLDER = Pattern.compile("`conformance/([\\w-]+)`");
  private static final Pattern PACKET =
      Pattern.compile("`(Golden|Malformed)PacketsTest\\.\\w+` \\(([^)]+)\\)");
  private static final int CASES = 105;

  /** Sources of test classes by name; some names are in two modules. */
  private final Map<String, List<String>> sources = sources();

  @Test
  void namesOnlyTestsThatExist() throws IOException {
    String text = Files.readString(DOCUMENT);
    Matcher methods = METHOD.matcher(text);
    int count = 0;
    while (methods.find()) {
      Pattern method = Pattern.compile("\\b" + methods.group(2) + "\\(");
      assertThat(sources.getOrDefault(methods.group(1), List.of()))
          .as(methods.group())
          .anyMatch(source -> method.matcher(source).find());
      count++;
    }
    assertThat(count).isGreaterThan(150);
    assertThat(CLASS.matcher(text).results().map(match -> match.group(1)))
        .allMatch(sources::containsKey);
  }

  @Test
  void namesEveryConformanceFolderThatExistsAndNoOther() throws IOException {
    List<String> named =
        FOLDER.matcher(Files.readString(DOCUMENT)).results().map(m -> m.group(1)).toList();
    try (Stream<Path> folders = Files.list(CONFORMANCE)) {
      assertThat(named)
          .containsAll(folders.map(folder -> folder.getFileName().toString()).toList());
    }
    assertThat(named).allMatch(name -> Files.isDirectory(CONFORMANCE.resolve(name)));
  }

  @Test
  void namesOnlyPacketsThatExist() throws IOException {
    Matcher matcher = PACKET.matcher(Files.readString(DOCUMENT));
    int count = 0;
    while (matcher.find()) {
      String file = matcher.group(1).equals("Golden") ? "golden.txt" : "malformed.txt";
      List<String> lines = Files.readAllLines(PACKETS.resolve(file));
      for (String name : matcher.group(2).split(", ", -1)) {
        assertThat(lines).as(matcher.group()).contains("[" + name + "]");
        count++;
      }
    }
    assertThat(count).isGreaterThan(30);
  }

  @Test
  void leavesNoCellEmpty() throws IOException {
    List<String> rows =
        Files.readAllLines(DOCUMENT).stream().filter(line -> line.startsWith("|")).toList();
    assertThat(rows).hasSizeGreaterThan(100).noneMatch(row -> row.matches(".*\\|\\s*\\|.*"));
  }

  @Test
  void namesEachConformanceCaseOnce() throws IOException {
    List<Integer> cases = new ArrayList<>();
    for (String line : Files.readAllLines(DOCUMENT)) {
      Matcher row = Pattern.compile("\\| C(\\d+)(?: to C(\\d+))? \\|.*").matcher(line);
      if (row.matches()) {
        int first = Integer.parseInt(row.group(1));
        int last = row.group(2) == null ? first : Integer.parseInt(row.group(2));
        for (int number = first; number <= last; number++) {
          cases.add(number);
        }
      }
    }
    assertThat(cases).doesNotHaveDuplicates().hasSize(CASES).contains(1, CASES);
  }

  private static Map<String, List<String>> sources() {
    Map<String, List<String>> sources = new HashMap<>();
    for (String module : MODULES) {
      Path tests = ROOT.resolve(module).resolve(Path.of("src", "test", "java"));
      try (Stream<Path> files = Files.walk(tests)) {
        for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
          String name = file.getFileName().toString().replace(".java", "");
          sources.computeIfAbsent(name, key -> new ArrayList<>()).add(Files.readString(file));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return sources;
  }
}
