package org.vipd.daemon.config.keepalived.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vipd.daemon.config.ConfigHash;
import org.vipd.daemon.config.ConfigProblem;
import org.vipd.daemon.config.Place;
import org.vipd.daemon.config.Problems;
import org.vipd.daemon.config.keepalived.KeepalivedReader;

/** A file that somebody writes while it is read. */
class TextFileTest {

  @TempDir private Path folder;

  private final Problems problems = new Problems();

  @Test
  void refusesAFileThatIsWrittenWhileItIsRead() throws IOException {
    assertThat(writtenWhile(read -> true).text()).isEmpty();
    assertThat(problems.sorted())
        .extracting(Object::toString)
        .containsExactly("a.conf: error: changes while it is read; try again when it is written");
  }

  @Test
  void readsAFileAgainThatWasWrittenMeanwhile() throws IOException {
    assertThat(writtenWhile(read -> read.length < 4).text()).contains("a\nb\n");
    assertThat(problems.sorted()).isEmpty();
  }

  @Test
  void saysWhereASymbolicLinkLeads() throws IOException {
    Path lost = Files.createSymbolicLink(folder.resolve("lost.conf"), Path.of("gone.conf"));
    assertThat(refusal(lost))
        .isEqualTo(
            "is a symbolic link to "
                + folder.resolve("gone.conf")
                + ", which does not exist; look where it leads: ls -l "
                + lost);
    Path circle = Files.createSymbolicLink(folder.resolve("a.conf"), Path.of("b.conf"));
    Files.createSymbolicLink(folder.resolve("b.conf"), Path.of("a.conf"));
    assertThat(refusal(circle))
        .isEqualTo(
            "is a symbolic link that leads in a circle; look where it leads: ls -l " + circle);
    Path good = Files.createSymbolicLink(folder.resolve("good"), Path.of("file"));
    Files.writeString(folder.resolve("file"), "a");
    assertThat(TextFile.read(good, Place.ofFile("x"), new Problems(), new ConfigHash()))
        .contains("a");
  }

  @Test
  void tellsAPipeFromALinkThatLeadsNowhere() throws IOException {
    Process writer = new ProcessBuilder("cat").start();
    try {
      Path pipe = Path.of("/proc/" + writer.pid() + "/fd/0");
      assertThat(refusal(pipe))
          .isEqualTo("is a pipe, socket or device, not a regular file; name a regular file");
    } finally {
      writer.destroy();
    }
  }

  /** A vipd.yaml is read here, too. */
  @Test
  void saysNothingOfKeepalivedAboutAZeroByte() throws IOException {
    Path file = Files.writeString(folder.resolve("zero.yaml"), "a\0b");
    TextFile.read(file, Place.ofFile("x"), problems, new ConfigHash());
    assertThat(problems.sorted())
        .extracting(ConfigProblem::hint)
        .containsExactly("is it the right file? delete the byte if it is");
  }

  private String refusal(Path path) {
    Problems found = new Problems();
    assertThat(TextFile.read(path, Place.ofFile("x"), found, new ConfigHash())).isEmpty();
    assertThat(found.sorted()).hasSize(1);
    return found.sorted().get(0).toString().replace("x: error: ", "");
  }

  @Test
  void anIncludeSaysSoToo() throws IOException {
    Path main = Files.writeString(folder.resolve("main.conf"), "include lost.conf\n");
    Files.createSymbolicLink(folder.resolve("lost.conf"), Path.of("gone.conf"));
    assertThat(KeepalivedReader.read(main).problems())
        .extracting(ConfigProblem::text)
        .contains(
            "include lost.conf matches no file in "
                + folder
                + ": it is a symbolic link to "
                + folder.resolve("gone.conf")
                + ", which does not exist, and nothing is included");
  }

  @Test
  void anIncludedDirectoryIsCalledThat() throws IOException {
    Files.createDirectory(folder.resolve("conf.d"));
    Path main = Files.writeString(folder.resolve("main.conf"), "include conf.d\n");
    assertThat(KeepalivedReader.read(main).problems())
        .extracting(ConfigProblem::text)
        .contains(
            "include conf.d matches no file in "
                + folder
                + ": it is a directory, whose files are conf.d/*, and nothing is included");
  }

  /** A file that gets another line after each reading of certain bytes. */
  private TextFile writtenWhile(Predicate<byte[]> isWritten) throws IOException {
    Path file = Files.writeString(folder.resolve("a.conf"), "a\n");
    return new TextFile(file, Place.ofFile("a.conf"), problems, new ConfigHash()) {
      @Override
      byte[] bytes() throws IOException {
        byte[] read = super.bytes();
        if (isWritten.test(read)) {
          Files.writeString(file, "b\n", StandardOpenOption.APPEND);
        }
        return read;
      }
    };
  }
}
