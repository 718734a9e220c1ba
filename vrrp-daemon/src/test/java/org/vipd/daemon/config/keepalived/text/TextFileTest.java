package org.vipd.daemon.config.keepalived.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vipd.daemon.config.ConfigHash;
import org.vipd.daemon.config.Place;
import org.vipd.daemon.config.Problems;

/** A file that somebody writes while it is read. */
class TextFileTest {

  @TempDir private Path folder;

  private final Problems problems = new Problems();

  @Test
  void refusesAFileThatIsWrittenWhileItIsRead() throws IOException {
    Path file = folder.resolve("a.conf");
    Files.writeString(file, "a\n");
    TextFile busy =
        new TextFile(file, Place.ofFile("a.conf"), problems, new ConfigHash()) {
          @Override
          byte[] bytes() throws IOException {
            byte[] read = super.bytes();
            Files.writeString(file, "b\n", StandardOpenOption.APPEND);
            return read;
          }
        };
    assertThat(busy.text()).isEmpty();
    assertThat(problems.sorted())
        .extracting(Object::toString)
        .containsExactly("a.conf: error: changes while it is read; try again when it is written");
  }

  @Test
  void readsAFileAgainThatWasWrittenMeanwhile() throws IOException {
    Path file = folder.resolve("a.conf");
    Files.writeString(file, "a\n");
    TextFile written =
        new TextFile(file, Place.ofFile("a.conf"), problems, new ConfigHash()) {
          @Override
          byte[] bytes() throws IOException {
            byte[] read = super.bytes();
            if (read.length < 4) {
              Files.writeString(file, "b\n", StandardOpenOption.APPEND);
            }
            return read;
          }
        };
    assertThat(written.text()).contains("a\nb\n");
    assertThat(problems.sorted()).isEmpty();
  }
}
