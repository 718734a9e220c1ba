package org.vipd.daemon.config.keepalived;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vipd.daemon.config.keepalived.Loading.only;
import static org.vipd.daemon.config.keepalived.Loading.problemsOf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys of an auth_hmac block that stand in a file of their own. */
class HmacKeywordsTest {
  private static final String KEY = "0123456789abcdef0123456789abcdef";

  @TempDir private Path folder;

  @Test
  void readsTheKeyFromAFileAndDropsItsLineEnd() throws IOException {
    Path file = keyFile(KEY + "\n", "rw-------");
    assertThat(problemsOf(block("file:" + file))).isEmpty();
    assertThat(only(block("file:" + file)).authentication())
        .isEqualTo(only(block(KEY)).authentication())
        .isNotEqualTo(only(block("x" + KEY.substring(1))).authentication());
  }

  @Test
  void warnsOfAKeyFileThatOthersCanRead() throws IOException {
    Path file = keyFile(KEY, "rw-r-----");
    assertThat(problemsOf(block("file:" + file)))
        .containsExactly(
            "k.conf:7:7: warning: key file "
                + file
                + " can be used by others; run: chmod 600 "
                + file);
  }

  @Test
  void refusesAKeyFileThatIsMissingOrTooLargeWithoutShowingIt() throws IOException {
    assertThat(problemsOf(block("file:" + folder.resolve("none"))))
        .anyMatch(line -> line.contains("error: key file " + folder.resolve("none")));
    Path large = keyFile(KEY.repeat(200), "rw-------");
    assertThat(problemsOf(block("file:" + large)))
        .anyMatch(line -> line.contains("error: key file " + large + " cannot be read: it has"))
        .noneMatch(line -> line.contains(KEY));
  }

  private Path keyFile(String content, String permissions) throws IOException {
    Path file = Files.writeString(folder.resolve("key"), content);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  private static String[] block(String key) {
    return new String[] {"version 3", "auth_hmac {", "key 1 " + key, "active_key 1", "}"};
  }
}
