package org.vipd.daemon.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vipd.daemon.config.DaemonConfig;
import org.vipd.daemon.config.LoadResult;
import org.vipd.daemon.config.keepalived.KeepalivedReader;
import org.vipd.daemon.config.keepalived.text.SourceOptions;
import org.vipd.daemon.config.yaml.write.YamlWriter;
import org.vipd.daemon.testkit.Corpus;

/** What is written as YAML reads back as the same model, for every collected configuration. */
@Execution(ExecutionMode.CONCURRENT)
class RoundTripTest {

  @ParameterizedTest
  @ValueSource(strings = {"corpus", "keepalived-cases"})
  void readsTheSameModelThatWasWritten(String collection, TestReporter reporter)
      throws IOException {
    List<String> differences = new ArrayList<>();
    int compared = 0;
    for (Path file : Corpus.files(collection)) {
      Optional<DaemonConfig> config =
          KeepalivedReader.read(file, new SourceOptions("test", Map.of(), 1)).config();
      if (config.isPresent()) {
        compared++;
        difference(config.get()).ifPresent(it -> differences.add(file + ": " + it));
      }
    }
    reporter.publishEntry(collection, compared + " models written and read");
    assertThat(differences).isEmpty();
    assertThat(compared).isGreaterThan(30);
  }

  private static Optional<String> difference(DaemonConfig config) {
    String text = YamlWriter.text(config);
    LoadResult read =
        YamlReader.parse(Path.of("vipd.yaml"), text, FixedSurroundings.FIRST.options()).result();
    if (read.config().isEmpty()) {
      return Optional.of(read.problems() + "\n" + text);
    }
    Object expected = Models.of(config);
    Object found = Models.of(read.config().get());
    return expected.equals(found)
        ? Optional.empty()
        : Optional.of("\n" + expected + "\n" + found + "\n" + text);
  }
}
