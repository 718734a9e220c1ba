package org.vipd.daemon.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vipd.daemon.config.probe.Probe;
import org.vipd.daemon.testkit.FakeClock;
import org.vipd.daemon.testkit.TlsIdentity;
import org.vipd.daemon.testkit.WebServer;

/** Files of TLS that change while the daemon runs count from the next question on. */
class TlsFilesTest {

  @TempDir private Path folder;

  private void trust(String name) throws IOException {
    Files.copy(
        folder.resolve(name + ".pem"),
        folder.resolve("ca.pem"),
        StandardCopyOption.REPLACE_EXISTING);
  }

  @Test
  void authoritiesAreReadForEachQuestion() throws Exception {
    TlsIdentity ours = TlsIdentity.make(folder, "ours", "ip:127.0.0.1");
    TlsIdentity.make(folder, "other", "ip:127.0.0.1");
    try (WebServer server = WebServer.secure(ours, Optional.empty())) {
      Probe.Tls tls =
          new Probe.Tls(
              true,
              Optional.of(folder.resolve("ca.pem").toString()),
              Optional.empty(),
              Optional.empty(),
              Duration.ZERO);
      String url = server.url("127.0.0.1");
      Prober prober =
          new Probers(folder, InstantSource.system(), new FakeClock())
              .of(new Probe.Http(url, List.of(), Optional.empty(), tls));
      Duration timeout = Duration.ofSeconds(20);
      trust("other");
      assertThatThrownBy(() -> prober.probe(timeout)).isInstanceOf(IOException.class);
      trust("ours");
      assertThat(prober.probe(timeout)).contains("200");
      Files.delete(folder.resolve("ca.pem"));
      assertThatThrownBy(() -> prober.probe(timeout))
          .isInstanceOf(IOException.class)
          .hasMessageEndingWith("ca.pem cannot be read: no such file or directory");
      Files.createDirectory(folder.resolve("ca.pem"));
      assertThatThrownBy(() -> prober.probe(timeout))
          .isInstanceOf(IOException.class)
          .hasMessageEndingWith("ca.pem is no regular file");
    }
  }
}
