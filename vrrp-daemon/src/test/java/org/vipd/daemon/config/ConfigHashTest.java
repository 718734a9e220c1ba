package org.vipd.daemon.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vipd.daemon.config.file.ConfigurationFile;
import org.vipd.daemon.config.file.ReadOptions;

class ConfigHashTest {

  /** FIPS 180-2, appendix B.1. */
  private static final String OF_ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @TempDir private Path directory;

  private static String hashOf(String... files) {
    ConfigHash hash = new ConfigHash();
    for (String file : files) {
      hash.add(file.getBytes(StandardCharsets.UTF_8));
    }
    return hash.text();
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  private static String read(Path file) {
    return ConfigurationFile.read(file, ReadOptions.ofHost()).result().hash().text();
  }

  @Test
  void isThatOfTheBytesOneFileAfterTheOther() {
    assertThat(hashOf("abc")).isEqualTo(OF_ABC);
    assertThat(hashOf("a", "bc")).isEqualTo(OF_ABC);
    assertThat(hashOf("a", "", "cb")).isNotEqualTo(OF_ABC);
  }

  @Test
  void isEmptyWhenNoFileWasRead() {
    assertThat(new ConfigHash().text()).isEmpty();
  }

  @Test
  void staysWhatItWasWhenItWasFirstAskedFor() {
    ConfigHash hash = new ConfigHash();
    hash.add("abc".getBytes(StandardCharsets.UTF_8));
    assertThat(hash.text()).isEqualTo(OF_ABC);
    assertThat(hash.text()).isEqualTo(OF_ABC);
  }

  @Test
  void includesWhatAKeepalivedFileIncludes() throws IOException {
    String top = "include %s/*.inc\n! end\n".formatted(directory);
    Path file = write("top.conf", top);
    write("b.inc", "# b\n");
    write("a.inc", "# a\r\n\u00e4\n");
    assertThat(read(file)).isEqualTo(hashOf(top, "# a\r\n\u00e4\n", "# b\n"));
    write("b.inc", "# B\n");
    assertThat(read(file)).isEqualTo(hashOf(top, "# a\r\n\u00e4\n", "# B\n"));
  }

  @Test
  void includesWhatAYamlFileIncludes() throws IOException {
    Path file = write("top.yaml", "include: ['*.inc']\n");
    write("a.inc", "router-id: one\n");
    assertThat(read(file)).isEqualTo(hashOf("include: ['*.inc']\n", "router-id: one\n"));
  }
}
