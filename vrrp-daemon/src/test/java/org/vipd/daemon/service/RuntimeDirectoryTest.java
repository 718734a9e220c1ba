package org.vipd.daemon.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vipd.daemon.service.RuntimeDirectory.UnusableException;

class RuntimeDirectoryTest {

  @TempDir private Path folder;

  @Test
  void createsTheDirectoryAndWritesItsProcessId() throws Exception {
    Path directory = folder.resolve("a/b");
    try (RuntimeDirectory open = RuntimeDirectory.open(directory)) {
      assertThat(directory.resolve("lock")).hasContent(ProcessHandle.current().pid() + "\n");
      assertThat(open.controlSocket()).isEqualTo(directory.resolve("control.sock"));
    }
  }

  @Test
  void refusesASecondDaemonAndNamesTheFirst() throws Exception {
    try (RuntimeDirectory open = RuntimeDirectory.open(folder)) {
      assertThat(open.controlSocket()).doesNotExist();
      assertThatThrownBy(() -> RuntimeDirectory.open(folder))
          .isInstanceOf(UnusableException.class)
          .hasMessage(
              "another vipd (pid "
                  + ProcessHandle.current().pid()
                  + ") uses runtime directory "
                  + folder
                  + "; stop it, or give this one another --runtime-dir");
      assertThat(folder.resolve("lock")).hasContent(ProcessHandle.current().pid() + "\n");
    }
  }

  @Test
  void makesDirectoryAndLockAnewWhenSomebodyHasRemovedThem() throws Exception {
    Path directory = folder.resolve("vipd");
    try (RuntimeDirectory open = RuntimeDirectory.open(directory)) {
      open.restore();
      Files.delete(directory.resolve("lock"));
      Files.delete(directory);
      open.restore();
      assertThat(directory.resolve("lock")).hasContent(ProcessHandle.current().pid() + "\n");
      assertThatThrownBy(() -> RuntimeDirectory.open(directory))
          .isInstanceOf(UnusableException.class)
          .hasMessageStartingWith("another vipd (pid ");
    }
    RuntimeDirectory.open(directory).close();
  }

  @Test
  void leavesALockThatAnotherDaemonHasTakenMeanwhile() throws Exception {
    Path directory = folder.resolve("vipd");
    try (RuntimeDirectory first = RuntimeDirectory.open(directory)) {
      Files.delete(directory.resolve("lock"));
      try (RuntimeDirectory second = RuntimeDirectory.open(directory)) {
        assertThatThrownBy(first::restore)
            .isInstanceOf(UnusableException.class)
            .hasMessageStartingWith("another vipd (pid ");
        second.restore();
      }
    }
  }

  @Test
  void opensAgainAfterClosing() throws Exception {
    RuntimeDirectory.open(folder).close();
    RuntimeDirectory.open(folder).close();
    assertThat(folder.resolve("lock")).exists();
  }

  @Test
  void takesAFileThatIsLeftOverForNothing() throws Exception {
    Files.writeString(folder.resolve("lock"), "4711\nsome long text of another program\n");
    Files.writeString(folder.resolve("control.sock"), "stale");
    try (RuntimeDirectory open = RuntimeDirectory.open(folder)) {
      assertThat(open.controlSocket()).exists();
      assertThat(folder.resolve("lock")).hasContent(ProcessHandle.current().pid() + "\n");
    }
  }

  @Test
  void refusesALockThatIsALink() throws IOException {
    Path victim = folder.resolve("victim");
    Files.writeString(victim, "precious");
    Path directory = Files.createDirectory(folder.resolve("run"));
    Files.createSymbolicLink(directory.resolve("lock"), victim);
    assertThatThrownBy(() -> RuntimeDirectory.open(directory))
        .isInstanceOf(UnusableException.class)
        .hasMessage(
            "runtime directory "
                + directory
                + " cannot be used: "
                + directory.resolve("lock")
                + " is not a regular file, and not vipd's: delete it, or choose another"
                + " --runtime-dir");
    assertThat(victim).hasContent("precious");
  }

  @Test
  void refusesALockThatIsADirectory() throws IOException {
    Path lock = Files.createDirectory(folder.resolve("lock"));
    assertThatThrownBy(() -> RuntimeDirectory.open(folder))
        .isInstanceOf(UnusableException.class)
        .hasMessageContaining(lock + " is not a regular file, and not vipd's: delete it");
  }

  @Test
  void saysWhatToDoWhereNothingCanBeWritten() {
    Path directory = Path.of("/sys/vipd-of-a-test");
    assertThatThrownBy(() -> RuntimeDirectory.open(directory))
        .isInstanceOf(UnusableException.class)
        .hasMessageStartingWith("runtime directory " + directory)
        .hasMessageContaining("choose another --runtime-dir");
  }

  /** Another process, because a lock of this one is refused at once. */
  private Process holder(Path lock) throws IOException {
    Path program =
        Files.writeString(
            folder.resolve("Holder.java"),
            """
            class Holder {
              public static void main(String[] lock) throws Exception {
                try (var file = new java.io.RandomAccessFile(lock[0], "rw")) {
                  file.getChannel().lock();
                  file.writeBytes("4711");
                  System.out.println("held");
                  System.in.read();
                }
              }
            }
            """);
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Process process =
        new ProcessBuilder(java.toString(), program.toString(), lock.toString()).start();
    assertThat(process.inputReader().readLine()).isEqualTo("held");
    return process;
  }

  @Test
  @Timeout(60)
  void waitsForAHolderThatEnds() throws Exception {
    Process holder = holder(folder.resolve("lock"));
    holder.getOutputStream().close();
    RuntimeDirectory.open(folder, Duration.ofSeconds(50)).close();
    assertThat(holder.waitFor()).isZero();
  }

  /** Two that take over at once: the one that is too late must not lie in wait. */
  @Test
  @Timeout(60)
  void waitsNoLongerThanItsPatience() throws Exception {
    Process holder = holder(folder.resolve("lock"));
    assertThatThrownBy(() -> RuntimeDirectory.open(folder, Duration.ofMillis(30)))
        .isInstanceOf(UnusableException.class)
        .hasMessage(
            "another vipd (pid 4711) uses runtime directory "
                + folder
                + ", also after 30 ms; stop it, or give this one another --runtime-dir");
    holder.destroy();
  }

  @Test
  void refusesAFileInPlaceOfTheDirectory() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThatThrownBy(() -> RuntimeDirectory.open(file))
        .isInstanceOf(UnusableException.class)
        .hasMessage("runtime directory " + file + " is not a directory");
  }

  @Test
  void keepsTheLockFileFromOthersAlsoOneOfAnEarlierVersion() throws Exception {
    Path lock = Files.writeString(folder.resolve("lock"), "");
    Files.setPosixFilePermissions(lock, PosixFilePermissions.fromString("rw-r--r--"));
    RuntimeDirectory.open(folder).close();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(lock)))
        .isEqualTo("rw-------");
    Files.delete(lock);
    RuntimeDirectory.open(folder).close();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(lock)))
        .isEqualTo("rw-------");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwxrwxr-x", "rwxr-xrwx"})
  void refusesADirectoryThatOthersMayWrite(String mode) throws IOException {
    Path directory = Files.createDirectory(folder.resolve("run"));
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(mode));
    assertThatThrownBy(() -> RuntimeDirectory.open(directory))
        .isInstanceOf(UnusableException.class)
        .hasMessageStartingWith(
            "runtime directory "
                + directory
                + " is not safe: it may be written by others (mode "
                + mode
                + ")");
    assertThat(directory.resolve("lock")).doesNotExist();
  }

  @Test
  void givesEachDaemonOnAHostATableOfItsOwn() {
    assertThat(RuntimeDirectory.filterTable(Path.of("/run/vipd"))).isEqualTo("vipd");
    String other = RuntimeDirectory.filterTable(Path.of("/run/vipd-lan"));
    assertThat(other).matches("vipd_[0-9a-f]{8}");
    assertThat(RuntimeDirectory.filterTable(Path.of("/run/vipd-wan"))).isNotEqualTo(other);
  }
}
