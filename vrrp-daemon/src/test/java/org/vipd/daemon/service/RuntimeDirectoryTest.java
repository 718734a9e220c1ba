package org.vipd.daemon.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
        .hasMessageStartingWith("runtime directory " + directory + " cannot be used: ");
    assertThat(victim).hasContent("precious");
  }

  @Test
  void refusesAFileInPlaceOfTheDirectory() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThatThrownBy(() -> RuntimeDirectory.open(file))
        .isInstanceOf(UnusableException.class)
        .hasMessage("runtime directory " + file + " is not a directory");
  }
}
