package org.vipd.daemon.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileFailureTest {

  @Test
  void saysWhatTheSystemSaid(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThat(ofReading(folder.resolve("none"))).isEqualTo("no such file or directory");
    assertThat(ofReading(file.resolve("below"))).isEqualTo("not a directory");
    assertThat(FileFailure.cause(failure(() -> Files.createDirectory(file))))
        .isEqualTo("it exists already");
    assertThat(FileFailure.cause(new FileSystemException("/full", null, "No space left on device")))
        .isEqualTo("no space left on device");
    assertThat(FileFailure.cause(new IOException("Broken pipe"))).isEqualTo("broken pipe");
  }

  @Test
  void namesTheKindOfWhatHasNoWords() {
    assertThat(FileFailure.cause(new NotDirectoryException("/x")))
        .isEqualTo("cause unknown (NotDirectoryException)");
    assertThat(FileFailure.cause(new IOException())).isEqualTo("cause unknown (IOException)");
  }

  private static String ofReading(Path path) {
    return FileFailure.cause(failure(() -> Files.readString(path)));
  }

  private static IOException failure(org.assertj.core.api.ThrowableAssert.ThrowingCallable work) {
    return catchThrowableOfType(IOException.class, work);
  }
}
