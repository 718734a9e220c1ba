package org.vipd.daemon.config.keepalived;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vipd.daemon.config.AuthenticationConfig;
import org.vipd.daemon.config.ByteText;
import org.vipd.daemon.config.ConfigProblem;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.config.LoadResult;
import org.vipd.daemon.testkit.Configurations;

class ReaderTest {

  @TempDir private Path folder;

  private static void expectOneError(Path file, String text) {
    LoadResult result = KeepalivedReader.read(file);
    assertThat(result.config()).isEmpty();
    assertThat(result.problems())
        .singleElement()
        .extracting(ConfigProblem::toString)
        .isEqualTo(file + ": error: " + text);
  }

  @Test
  void readsAFile() throws IOException {
    Path file = folder.resolve("k.conf");
    Files.writeString(file, Configurations.instance(77));
    LoadResult result = KeepalivedReader.read(file);
    assertThat(result.problems()).isEmpty();
    assertThat(result.config().orElseThrow().instances().get(0).election().priority().value())
        .isEqualTo(77);
  }

  @Test
  void namesTheFileThatGivesAValueAgain() throws IOException {
    Path more = Files.writeString(folder.resolve("more.conf"), "\nadvert_int 3\n");
    Path file =
        Files.writeString(
            folder.resolve("k.conf"),
            """
            vrrp_instance a {
              interface eth0
              virtual_router_id 5
              advert_int x
              include more.conf
              virtual_ipaddress { 10.0.0.1 }
            }
            """);
    String again = "; the last one that can be used counts, as in keepalived";
    assertThat(KeepalivedReader.read(file).problems())
        .extracting(ConfigProblem::text)
        .contains(
            "advert_int is given again in " + more + ":2" + again,
            "advert_int must be 0.01 to 255 seconds, found 'x'; " + more + ":2 gives it again");
  }

  @Test
  void refusesAMissingFile() {
    expectOneError(folder.resolve("none.conf"), "does not exist; check the path");
  }

  @Test
  void refusesADirectory() {
    expectOneError(folder, "is a directory, not a configuration file; name the file in it");
  }

  @Test
  void refusesABinaryFile() throws IOException {
    Path file = folder.resolve("binary");
    Files.write(file, new byte[] {0x7F, 'E', 'L', 'F', 2, 1, 0});
    assertThat(KeepalivedReader.read(file).problems())
        .singleElement()
        .extracting(ConfigProblem::toString)
        .asString()
        .startsWith(file + ":1:7: error: zero byte at offset 6: this is a binary file, or a");
  }

  @Test
  void refusesAFileThatIsTooLarge() throws IOException {
    Path file = folder.resolve("large");
    Files.write(
        file, " ".repeat(KeepalivedReader.SIZE_LIMIT + 1).getBytes(StandardCharsets.US_ASCII));
    expectOneError(file, "is larger than 4 MiB; is it the right file?");
  }

  @Test
  void refusesAFileItMayNotRead() {
    // the kernel lets nobody read this one, not even root
    Path file = Path.of("/proc/sys/vm/compact_memory");
    expectOneError(
        file, "cannot be read: permission denied; give the daemon's user read permission");
  }

  @Test
  void readsOtherEncodingsWithAWarning() throws IOException {
    Path file = folder.resolve("latin1");
    Files.write(
        file,
        ("# caf\u00e9\n" + Configurations.instance(77)).getBytes(StandardCharsets.ISO_8859_1));
    LoadResult result = KeepalivedReader.read(file);
    assertThat(result.config()).isPresent();
    assertThat(result.problems())
        .singleElement()
        .extracting(ConfigProblem::toString)
        .isEqualTo(
            file
                + ":1:6: warning: byte 0xe9 is not UTF-8; it is read as ISO 8859-1;"
                + " save the file as UTF-8");
  }

  @Test
  void leavesEveryByteOfAPasswordAsItIs() throws IOException {
    Path file = folder.resolve("mixed");
    byte[] umlaut = {(byte) 0xe4};
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    text.writeBytes("vrrp_instance A {\n interface eth0\n virtual_router_id 7\n".getBytes(UTF_8));
    text.writeBytes(" authentication {\n  auth_type PASS\n  auth_pass p".getBytes(UTF_8));
    text.writeBytes(umlaut);
    text.writeBytes("ss\n }\n virtual_ipaddress { 10.0.0.100 }\n".getBytes(UTF_8));
    text.writeBytes(" notify_master \"/bin/echo Z\u00fcrich\"\n}\n".getBytes(UTF_8));
    InstanceConfig instance =
        KeepalivedReader.read(Files.write(file, text.toByteArray()))
            .config()
            .orElseThrow()
            .instances()
            .get(0);
    assertThat(instance.authentication()).isInstanceOf(AuthenticationConfig.Password.class);
    String secret = ((AuthenticationConfig.Password) instance.authentication()).secret();
    assertThat(ByteText.encode(secret)).isEqualTo(new byte[] {'p', umlaut[0], 's', 's'});
    assertThat(instance.hooks().toString()).contains("Z\u00fcrich");
  }
}
