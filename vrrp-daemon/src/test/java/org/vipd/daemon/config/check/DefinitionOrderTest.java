package org.vipd.daemon.config.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vipd.daemon.config.check.CheckedText.instance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The order of definition and use where they stand in different files. */
class DefinitionOrderTest {

  private static final String DEFINITIONS =
      """
      # lines before it, so that line numbers alone would say something else


      vrrp_script chk {
        script "/bin/true"
      }
      track_file f {
        file /run/f
      }
      """;

  @TempDir private Path folder;

  private CheckedText check() {
    return new CheckedText(folder);
  }

  @Test
  void seesAnIncludeBelowTheUseOfWhatItDefines() throws IOException {
    Path file = Files.writeString(folder.resolve("checks.inc"), DEFINITIONS);
    String use = instance(100, "track_script { chk }", "track_file { f }");
    String include = "include checks.inc\n";
    assertThat(check().found("V016", use + include))
        .containsExactly(
            "warning: vrrp_instance VI_1 tracks script chk, which is defined below it, at "
                + file
                + ":4:1; keepalived would ignore that",
            "warning: vrrp_instance VI_1 tracks file f, which is defined below it, at "
                + file
                + ":7:1; keepalived would ignore that");
    assertThat(check().hints("V016", use + include))
        .first()
        .isEqualTo("include " + file + " above it");
    assertThat(check().found("V016", include + use)).isEmpty();
  }

  @Test
  void seesUsesInAnIncludedFile() throws IOException {
    Files.writeString(folder.resolve("uses.inc"), instance(100, "track_script { chk }"));
    String include = "include uses.inc\n";
    assertThat(check().found("V016", DEFINITIONS + include)).isEmpty();
    assertThat(check().found("V016", include + DEFINITIONS)).hasSize(1);
  }
}
