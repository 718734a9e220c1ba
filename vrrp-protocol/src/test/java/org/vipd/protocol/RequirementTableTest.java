package org.vipd.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The requirement tables of {@code docs/protocol.md} name tests that exist. */
class RequirementTableTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "protocol.md");
  private static final Path JAVA = Path.of("src", "test", "java");
  private static final Path CONFORMANCE = Path.of("src", "test", "resources", "conformance");
  private static final Pattern METHOD = Pattern.compile("`(\\w+Test)\\.(\\w+)`");
  private static final Pattern FOLDER = Pattern.compile("`conformance/([\\w-]+)`");

  @Test
  void namesOnlyTestsThatExist() throws IOException {
    String text = Files.readString(DOCUMENT);
    Matcher methods = METHOD.matcher(text);
    int count = 0;
    while (methods.find()) {
      assertThat(source(methods.group(1)))
          .as(methods.group())
          .isPresent()
          .get()
          .asString()
          .containsPattern("\\b" + methods.group(2) + "\\(");
      count++;
    }
    assertThat(count).isGreaterThan(80);
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
  void leavesNoCellEmpty() throws IOException {
    List<String> rows =
        Files.readAllLines(DOCUMENT).stream().filter(line -> line.startsWith("|")).toList();
    assertThat(rows).hasSizeGreaterThan(100).noneMatch(row -> row.matches(".*\\|\\s*\\|.*"));
  }

  private static Optional<String> source(String className) throws IOException {
    try (Stream<Path> files = Files.walk(JAVA)) {
      Optional<Path> file = files.filter(path -> path.endsWith(className + ".java")).findFirst();
      return file.isPresent() ? Optional.of(Files.readString(file.get())) : Optional.empty();
    }
  }
}
