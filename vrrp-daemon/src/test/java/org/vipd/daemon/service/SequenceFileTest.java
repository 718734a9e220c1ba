package org.vipd.daemon.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vipd.daemon.testkit.RecordingJournal;

class SequenceFileTest {

  @TempDir private Path folder;
  private final RecordingJournal journal = new RecordingJournal();

  private SequenceFile open() {
    return new SequenceFile(folder.resolve("sequences"), journal);
  }

  @Test
  void remembersNumbersOverARestartWithAMargin() throws IOException {
    try (SequenceFile first = open()) {
      assertThat(first.load("a", 100)).isZero();
      first.save("a", 41);
      first.save("a", 42);
      first.save("b", Long.MAX_VALUE - 200);
    }
    try (SequenceFile second = open()) {
      assertThat(second.load("a", 100)).isEqualTo(142);
      assertThat(second.load("b", 100)).isEqualTo(Long.MAX_VALUE - 100);
      assertThat(second.load("c", 100)).isZero();
    }
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("sequences"))))
        .isEqualTo("rw-------");
  }

  @ParameterizedTest
  @ValueSource(strings = {"no tab", "a\txyz", "a\t", "a\t11111111111111111111\n"})
  void startsFreshFromAFileThatIsNotUsableAndSaysSo(String text) throws IOException {
    Files.writeString(folder.resolve("sequences"), text);
    try (SequenceFile file = open()) {
      assertThat(file.load("a", 100)).isZero();
    }
    assertThat(journal.messages()).singleElement().asString().contains("is not usable");
  }

  @Test
  void writesNothingWhenNothingWasSaved() {
    open().close();
    assertThat(folder).isEmptyDirectory();
  }
}
