package org.vipd.daemon.config.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vipd.daemon.config.DaemonConfig;
import org.vipd.daemon.config.LoadResult;
import org.vipd.daemon.config.keepalived.KeepalivedSource;
import org.vipd.daemon.config.keepalived.text.SourceOptions;
import org.vipd.daemon.config.yaml.Models;
import org.vipd.daemon.config.yaml.YamlOptions;
import org.vipd.daemon.config.yaml.YamlReader;
import org.vipd.daemon.testkit.Corpus;

/** Every collected configuration is imported with the same model, and no line of it is lost. */
@Execution(ExecutionMode.CONCURRENT)
class ImportCorpusTest {

  @ParameterizedTest
  @CsvSource({"corpus,60", "keepalived-cases,50"})
  void givesTheSameModelAndAccountsForEachLine(
      String collection, int atLeast, TestReporter reporter) throws IOException {
    List<String> faults = new ArrayList<>();
    int files = 0;
    int lines = 0;
    for (Path file : Corpus.files(collection)) {
      KeepalivedSource source = KeepalivedSource.read(file, new SourceOptions("test", Map.of(), 1));
      if (source.result().config().isPresent()) {
        Import imported = Import.of(source, List.of());
        files++;
        lines += imported.lines().size();
        difference(source.result().config().get(), imported)
            .ifPresent(it -> faults.add(file + ": " + it));
        faults.addAll(lost(file, imported));
      }
    }
    reporter.publishEntry(collection, files + " files with " + lines + " lines imported");
    assertThat(faults).isEmpty();
    assertThat(files).isGreaterThan(atLeast);
  }

  private static Optional<String> difference(DaemonConfig config, Import imported) {
    LoadResult read =
        YamlReader.parse(Path.of("vipd.yaml"), imported.yaml(), YamlOptions.ofHost()).result();
    if (read.config().isEmpty()) {
      return Optional.of(read.problems() + "\n" + imported.yaml());
    }
    return Models.of(config).equals(Models.of(read.config().get()))
        ? Optional.empty()
        : Optional.of("another model\n" + imported.yaml());
  }

  /** Lines of the file, found without the reader, that the report has not or has twice. */
  private static List<String> lost(Path file, Import imported) throws IOException {
    List<String> faults = new ArrayList<>();
    Set<String> told = new HashSet<>();
    for (ImportedLine line : imported.lines()) {
      if (!told.add(line.place().file() + ":" + line.place().line())) {
        faults.add(line.place() + " is told of twice");
      }
    }
    List<String> text =
        new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).lines().toList();
    int number = 0;
    for (String line : text) {
      number++;
      String stripped = line.strip();
      boolean counts =
          !stripped.isEmpty() && !stripped.startsWith("#") && !stripped.startsWith("!");
      if (counts != told.contains(file + ":" + number)) {
        faults.add(file + ":" + number + (counts ? " is lost: " : " is no line: ") + line);
      }
    }
    return faults;
  }
}
