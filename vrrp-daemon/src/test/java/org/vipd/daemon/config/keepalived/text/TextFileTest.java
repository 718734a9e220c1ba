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
import org.vipd.daemon.config.Place;
import org.vipd.daemon.config.Problems;

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
