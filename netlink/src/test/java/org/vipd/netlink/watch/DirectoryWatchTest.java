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
import org.vipd.netlink.watch.DirectoryWatch.News;

class DirectoryWatchTest {

  @TempDir private Path folder;

  @Test
  void hearsOfWritingRenamingAndRemoving() throws IOException {
    try (DirectoryWatch watch = DirectoryWatch.open()) {
      watch.add(folder.toString());
      assertThat(watch.drain()).isEqualTo(News.NONE);
      Path file = Files.writeString(folder.resolve("a"), "1");
      assertThat(watch.drain()).isEqualTo(News.CHANGED);
      assertThat(watch.drain()).isEqualTo(News.NONE);
      Files.move(file, folder.resolve("b"), StandardCopyOption.ATOMIC_MOVE);
      assertThat(watch.drain()).isEqualTo(News.CHANGED);
      Files.delete(folder.resolve("b"));
      assertThat(watch.drain()).isEqualTo(News.CHANGED);
    }
  }

  @Test
  void hearsThatADirectoryIsRemovedOrMoved() throws IOException {
    Path removed = Files.createDirectory(folder.resolve("removed"));
    Path moved = Files.createDirectory(folder.resolve("moved"));
    try (DirectoryWatch watch = DirectoryWatch.open()) {
      watch.add(removed.toString());
      watch.add(moved.toString());
      Files.writeString(moved.resolve("a"), "1");
      Files.delete(removed);
      Files.createDirectory(removed);
      assertThat(watch.drain()).isEqualTo(News.ENDED);
      assertThat(watch.drain()).isEqualTo(News.NONE);
      Files.move(moved, folder.resolve("elsewhere"), StandardCopyOption.ATOMIC_MOVE);
      assertThat(watch.drain()).isEqualTo(News.ENDED);
      Files.createDirectory(moved);
      Files.writeString(moved.resolve("unheard"), "1");
      assertThat(watch.drain()).isEqualTo(News.NONE);
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
