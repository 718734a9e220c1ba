package org.vipd.daemon.config.keepalived;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vipd.daemon.config.ConfigProblem;
import org.vipd.daemon.config.LoadResult;
import org.vipd.daemon.testkit.Corpus;

/**
 * Configurations found in the world are read without an exception, and each verdict has a place.
 */
class CorpusTest {

  @ParameterizedTest
  @ValueSource(strings = {"corpus", "keepalived-cases"})
  void readsEveryFile(String name, TestReporter reporter) throws IOException {
    int usable = 0;
    int warnings = 0;
    List<Path> files = Corpus.files(name);
    for (Path file : files) {
      LoadResult result = KeepalivedReader.read(file);
      usable += result.config().isPresent() ? 1 : 0;
      warnings += result.problems().size();
      expectPlaces(file, result);
    }
    String statistics = usable + " of " + files.size() + " usable, " + warnings + " problems";
    reporter.publishEntry(name, statistics);
    assertThat(files).isNotEmpty();
    assertThat(usable).as(statistics).isGreaterThan(files.size() / 2);
  }

  private static void expectPlaces(Path file, LoadResult result) {
    for (ConfigProblem problem : result.problems()) {
      assertThat(problem.place().file()).isEqualTo(file.toString());
      assertThat(problem.text()).isNotBlank();
    }
    boolean hasError = result.problems().stream().anyMatch(ConfigProblem::isError);
    assertThat(result.config().isEmpty()).as(file.toString()).isEqualTo(hasError);
  }
}
