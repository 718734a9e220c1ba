package org.vipd.daemon.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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

  @Test
  @Timeout(20)
  void doesNotWaitForAPipeInItsPlace() throws Exception {
    Path pipe = folder.resolve("sequences");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    try (SequenceFile file = open()) {
      assertThat(file.load("a", 100)).isZero();
      file.save("a", 1);
    }
    assertThat(journal.messages())
        .singleElement()
        .asString()
        .startsWith("warn " + pipe + " is not usable (not a regular file); sequence numbers start");
    assertThat(pipe).as("the next run can use it").hasContent("a\t1\n");
  }

  @Test
  void followsNoLinkThatSomebodyPutThere() throws IOException {
    Path victim = Files.writeString(folder.resolve("victim"), "precious");
    Files.createSymbolicLink(folder.resolve("sequences.new"), victim);
    try (SequenceFile file = open()) {
      file.save("a", 1);
    }
    assertThat(victim).hasContent("precious");
    assertThat(folder.resolve("sequences")).hasContent("a\t1\n").isRegularFile();
  }

  @Test
  void warnsOnceThatItCannotWrite() throws IOException {
    Path fresh = Files.createDirectory(folder.resolve("sequences.new"));
    Files.createFile(fresh.resolve("something"));
    SequenceFile file = open();
    file.save("a", 1);
    file.close();
    file.close();
    assertThat(journal.messages())
        .singleElement()
        .asString()
        .startsWith("warn sequence numbers of signed packets are not written to " + folder)
        .contains(": " + fresh + " is a directory with files in it: delete it; tried again");
  }
}
