package org.vipd.daemon.config.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vipd.daemon.config.check.CheckedText.instance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vipd.daemon.config.check.host.LocalHost;

/** What {@code enable_script_security} will refuse is said before the daemon runs. */
class ScriptSecurityTest {

  @TempDir private Path folder;

  private List<String> found(String global, String user) throws IOException {
    Path script = folder.resolve("check");
    Files.writeString(script, "#!/bin/sh\nexit 0\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxrwxrwx"));
    String text =
        "global_defs { script_user root\n %s }\nvrrp_script chk { script %s\n %s }\n%s"
            .formatted(global, script, user, instance(100, "track_script { chk }"));
    return new CheckedText(folder).found("V007", new LocalHost("/bin"), text);
  }

  @Test
  void namesWhatOthersCanChange() throws IOException {
    assertThat(found("enable_script_security", ""))
        .singleElement()
        .asString()
        .startsWith(
            "warning: script of chk cannot run on this host: not run as root"
                + " (enable_script_security): ")
        .contains(" can be changed by others than root: owner ")
        .containsAnyOf("; run: ch", "; move the script where only root writes");
  }

  @Test
  void saysNothingWithoutItOrForAnotherUser() throws IOException {
    assertThat(found("", "")).isEmpty();
    assertThat(found("enable_script_security", "user nobody"))
        .noneMatch(it -> it.contains("enable_script_security"));
  }
}
