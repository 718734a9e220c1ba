package org.vipd.protocol.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Plays every folder of {@code conformance/}. What is expected is written by hand, from the RFC
 * that the scenario names; nothing here writes it.
 */
class ConformanceTest {
  @TestFactory
  Stream<DynamicTest> behavesAsExpected() throws IOException, URISyntaxException {
    return folders().stream()
        .map(
            folder -> DynamicTest.dynamicTest(folder.getFileName().toString(), () -> play(folder)));
  }

  @Test
  void namesARequirementInEveryScenario() throws IOException, URISyntaxException {
    for (Path folder : folders()) {
      assertThat(Files.readAllLines(folder.resolve("scenario.txt")).get(0))
          .as("first line of %s", folder)
          .matches("# (RFC|erratum|keepalived|vipd).*");
    }
  }

  private static void play(Path folder) throws IOException {
    List<String> lines = ScenarioRunner.play(Files.readAllLines(folder.resolve("scenario.txt")));
    assertThat(lines).isEqualTo(Files.readAllLines(folder.resolve("expected.txt")));
  }

  private static List<Path> folders() throws IOException, URISyntaxException {
    Path root = Path.of(ConformanceTest.class.getResource("/conformance").toURI());
    try (Stream<Path> list = Files.list(root)) {
      return list.sorted().toList();
    }
  }
}
