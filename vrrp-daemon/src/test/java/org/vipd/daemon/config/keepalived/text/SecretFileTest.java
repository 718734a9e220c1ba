package org.vipd.daemon.config.keepalived.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class SecretFileTest {

  @TempDir private Path folder;

  @Test
  void readsTheTextWithoutItsLineEnd() throws IOException {
    Path file = folder.resolve("secret");
    Files.writeString(file, "geheim\r\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    assertThat(SecretFile.read(file.toString())).isEqualTo(new SecretFile("geheim", "", false));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThat(SecretFile.read(file.toString()).isOpenToOthers()).isTrue();
  }

  @Test
  @Timeout(20)
  void doesNotWaitForTheWriterOfAPipe() throws IOException, InterruptedException {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    String why = "it is a directory, pipe, socket or device, not a regular file";
    assertThat(SecretFile.read(pipe.toString()).obstacle()).isEqualTo(why);
    assertThat(SecretFile.read("/dev/zero").obstacle()).isEqualTo(why);
    assertThat(SecretFile.read(folder.toString()).obstacle()).isEqualTo(why);
  }

  @Test
  void saysWhyItCannotBeRead() throws IOException {
    assertThat(SecretFile.read(folder.resolve("none").toString()).obstacle())
        .isEqualTo("it does not exist");
    Path large = folder.resolve("large");
    Files.writeString(large, "x".repeat(5000));
    assertThat(SecretFile.read(large.toString()).obstacle()).startsWith("it has more than 4096");
    assertThat(SecretFile.read("a\0b").obstacle()).isNotEmpty();
  }

  @Test
  void doesNotShowTheSecretAsText() {
    assertThat(new SecretFile("geheim", "", false)).asString().doesNotContain("geheim");
  }
}
