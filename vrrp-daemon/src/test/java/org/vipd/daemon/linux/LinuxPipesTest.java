package org.vipd.daemon.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.FileReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vipd.daemon.config.Account;
import org.vipd.daemon.port.PipePort;
import org.vipd.daemon.port.PortException;

class LinuxPipesTest {

  private static final byte[] LINE =
      "INSTANCE \"VI_1\" MASTER 100\n".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path folder;
  private final LinuxPipes pipes = new LinuxPipes();

  private Path file() {
    return folder.resolve("vip.fifo");
  }

  @Test
  void makesAPrivatePipeThatAReaderFindsAndTakesItAway() throws PortException, IOException {
    PipePort.Pipe pipe = pipes.open(file().toString(), Optional.empty());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
    assertThat(pipe.write(LINE)).isTrue();
    try (BufferedReader reader =
        new BufferedReader(new FileReader(file().toFile(), StandardCharsets.UTF_8))) {
      assertThat(reader.readLine()).isEqualTo("INSTANCE \"VI_1\" MASTER 100");
    }
    pipe.close();
    assertThat(file()).doesNotExist();
  }

  @Test
  void givesThePipeToAUserByName() throws PortException, IOException {
    assumeTrue(Files.isWritable(Path.of("/etc/shadow")), "needs root");
    Account account = new Account("nobody", Optional.of("games"));
    PipePort.Pipe pipe = pipes.open(file().toString(), Optional.of(account));
    PosixFileAttributes attributes = Files.readAttributes(file(), PosixFileAttributes.class);
    assertThat(attributes.owner().getName()).isEqualTo("nobody");
    assertThat(attributes.group().getName()).isEqualTo("games");
    assertThat(PosixFilePermissions.toString(attributes.permissions())).startsWith("rw-");
    pipe.close();
  }

  @Test
  void neverWaitsForAReader() throws PortException {
    PipePort.Pipe pipe = pipes.open(file().toString(), Optional.empty());
    int written = 0;
    while (pipe.write(LINE)) {
      written++;
    }
    assertThat(written).isGreaterThan(100);
    pipe.close();
  }

  @Test
  void takesAPipeThatIsThereAndLeavesIt() throws PortException {
    PipePort.Pipe first = pipes.open(file().toString(), Optional.empty());
    pipes.open(file().toString(), Optional.empty()).close();
    assertThat(file()).exists();
    first.close();
  }

  @Test
  void refusesAFileAndALink() throws IOException {
    Files.writeString(file(), "precious");
    assertThatThrownBy(() -> pipes.open(file().toString(), Optional.empty()))
        .isInstanceOf(PortException.class)
        .hasMessageContaining("is not a named pipe");
    Path link = folder.resolve("link");
    Files.createSymbolicLink(link, file());
    assertThatThrownBy(() -> pipes.open(link.toString(), Optional.empty()))
        .isInstanceOf(PortException.class)
        .hasMessageContaining("is not a named pipe");
  }

  @Test
  void saysThatThereIsNoSuchUserOrFolder() {
    Optional<Account> nobody = Optional.of(new Account("no-such-user", Optional.empty()));
    assertThatThrownBy(() -> pipes.open(file().toString(), nobody))
        .isInstanceOf(PortException.class)
        .hasMessageContaining("there is no user no-such-user");
    Optional<Account> nowhere = Optional.of(new Account("nobody", Optional.of("no-such-group")));
    assertThatThrownBy(() -> pipes.open(file().toString(), nowhere))
        .isInstanceOf(PortException.class)
        .hasMessageContaining("there is no group no-such-group");
    assertThat(file()).doesNotExist();
    String elsewhere = folder.resolve("none/vip.fifo").toString();
    assertThatThrownBy(() -> pipes.open(elsewhere, Optional.empty()))
        .isInstanceOf(PortException.class)
        .hasMessageContaining("ENOENT");
  }
}
