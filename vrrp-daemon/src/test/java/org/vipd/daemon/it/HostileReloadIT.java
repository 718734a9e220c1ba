package org.vipd.daemon.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.vipd.daemon.testkit.HostileFiles;

/** An Active that is told to reload what cannot be used goes on with what it has, and says why. */
@Execution(ExecutionMode.CONCURRENT)
class HostileReloadIT extends LabTest {

  @Test
  void keepsItsConfigurationWhateverItReads() throws IOException {
    VipdNode vipd = VipdNode.start(host(), Texts.instance(255, ""));
    vipd.awaitState("MASTER");
    Path folder = Files.createDirectory(lab().directory().resolve("hostile"));
    JsonObject before = configuration(vipd);
    Map<String, String> wrong = new LinkedHashMap<>();
    for (Map.Entry<String, Path> hostile : HostileFiles.in(folder).entrySet()) {
      replace(vipd, hostile.getValue());
      JsonObject report = vipd.request("reload").orElseThrow();
      boolean isRefused =
          report.has("usable")
              && !report.get("usable").getAsBoolean()
              && !report.getAsJsonArray("problems").isEmpty()
              && !report.toString().contains("Exception");
      if (!isRefused) {
        wrong.put(hostile.getKey(), report.toString());
      }
    }
    assertThat(wrong).isEmpty();
    JsonObject after = configuration(vipd);
    assertThat(after.get("generation")).isEqualTo(before.get("generation"));
    assertThat(after.get("hash")).isEqualTo(before.get("hash"));
    assertThat(after.get("since")).isEqualTo(before.get("since"));
    assertThat(after.get("lastReloadRefused").getAsBoolean()).isTrue();
    assertThat(vipd.state()).isEqualTo("MASTER");
    assertThat(vipd.counter("master-transitions")).isEqualTo(1);
    assertThat(vipd.host().hasAddress(Texts.VIP)).isTrue();
    assertThat(vipd.log()).doesNotContain("\tat ", "unexpected failure");
  }

  private static JsonObject configuration(VipdNode vipd) {
    return vipd.status().orElseThrow().getAsJsonObject("configuration");
  }

  /** The file of the daemon becomes the other one, whatever that is. */
  private static void replace(VipdNode vipd, Path other) throws IOException {
    Path own = vipd.host().home().resolve("keepalived.conf");
    Path link = own.resolveSibling("next");
    Files.createSymbolicLink(link, other);
    Files.move(link, own, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
