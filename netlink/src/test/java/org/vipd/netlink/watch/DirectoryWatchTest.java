package org.vipd.netlink.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vipd.netlink.libc.SyscallException;

class DirectoryWatchTest {

  @TempDir private Path folder;

  @Test
  void hearsOfWritingRenamingAndRemoving() throws IOException {
    try (DirectoryWatch watch = DirectoryWatch.open()) {
      watch.add(folder.toString());
      assertThat(watch.drain()).isFalse();
      Path file = Files.writeString(folder.resolve("a"), "1");
      assertThat(watch.drain()).isTrue();
      assertThat(watch.drain()).isFalse();
      Files.move(file, folder.resolve("b"), StandardCopyOption.ATOMIC_MOVE);
      assertThat(watch.drain()).isTrue();
      Files.delete(folder.resolve("b"));
      assertThat(watch.drain()).isTrue();
    }
  }

  @Test
  void namesADirectoryThatIsNotThere() {
    try (DirectoryWatch watch = DirectoryWatch.open()) {
      String missing = folder.resolve("none").toString();
      assertThatThrownBy(() -> watch.add(missing))
          .isInstanceOf(SyscallException.class)
          .hasMessageContaining(missing);
    }
  }
}
