package org.vipd.daemon.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.vipd.daemon.port.PortException;
import org.vipd.netlink.testkit.NetworkNamespace;

/** That the rehearsal plays the whole piece: a router that does not rise warms nothing up. */
class RehearsalIT {

  @Test
  void promotesInEachRound() throws PortException {
    NetworkNamespace.assumeAvailable();
    try (Closing parts = new Closing(new Silence())) {
      assertThat(Rehearsal.rehearse(parts, 30, false)).isEqualTo(30);
    }
  }

  private static String rules() throws IOException {
    Process process = new ProcessBuilder("ip", "rule", "show").start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void promotesWithRoutesThatTheKernelRefuses() throws PortException, IOException {
    NetworkNamespace.assumeAvailable();
    try (Closing parts = new Closing(new Silence())) {
      assertThat(Rehearsal.rehearse(parts, 30, true)).isEqualTo(30);
    }
    // 198.51.100.0 as the kernel writes it
    assertThat(Files.readString(Path.of("/proc/net/route"))).doesNotContain("006433C6");
    assertThat(Files.readString(Path.of("/proc/net/ipv6_route")))
        .doesNotContain("20010db8000000000000000000000000 20");
    assertThat(rules()).doesNotContain("192.0.2.1");
  }
}
