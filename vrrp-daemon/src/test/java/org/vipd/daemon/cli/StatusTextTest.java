package org.vipd.daemon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.vipd.daemon.status.DaemonStatus;
import org.vipd.daemon.status.DaemonStatus.ConfigurationStatus;
import org.vipd.daemon.testkit.Configurations;
import org.vipd.daemon.testkit.FakeHost;
import org.vipd.daemon.testkit.Packets;
import org.vipd.protocol.wire.SimplePassword;

class StatusTextTest {

  private static final String HASH = "0123456789abcdef".repeat(4);

  private static List<String> lines(String lastReload, String at, boolean refused) {
    StringWriter text = new StringWriter();
    ConfigurationStatus configuration =
        new ConfigurationStatus(
            "/etc/vipd/vipd.yaml",
            3,
            HASH,
            "2026-11-25T20:00:00+01:00",
            List.of(),
            lastReload,
            at,
            refused);
    new StatusText(new PrintWriter(text))
        .print(
            new DaemonStatus(
                "1.0",
                42,
                1.5,
                configuration,
                List.of(),
                DaemonStatus.StaticStatus.NONE,
                List.of(),
                List.of(),
                List.of(),
                Map.of()));
    return text.toString().lines().toList();
  }

  @Test
  void namesFileGenerationAndTheBeginningOfTheHash() {
    assertThat(lines("", "", false))
        .containsExactly(
            "vipd 1.0, pid 42, up 1.5 s, configuration /etc/vipd/vipd.yaml generation 3, hash"
                + " 0123456789ab");
  }

  @Test
  void saysWhenTheLastReloadWasAndWhyItWasRefused() {
    assertThat(lines("reload of f refused: 1 error", "2026-11-25T21:00:00+01:00", true).get(1))
        .isEqualTo("  last reload 2026-11-25T21:00:00+01:00: reload of f refused: 1 error");
  }

  /** A terminal breaks long lines anywhere, and a line for each sender cannot be read. */
  @Test
  void breaksWarningsBetweenWords() {
    FakeHost host = new FakeHost(Configurations.instance(100)).start();
    host.hear("10.0.0.3", Packets.version2(150, "10.0.0.3", SimplePassword.of("secret")));
    host.interfaces.putAddress(2, "10.0.0.100/24");
    host.settle();
    StringWriter text = new StringWriter();
    new StatusText(new PrintWriter(text)).print(host.status());

    List<String> lines = text.toString().lines().toList();
    List<String> warnings =
        lines.stream()
            .dropWhile(it -> !it.startsWith("  warning     "))
            .takeWhile(it -> it.startsWith("  warning     ") || it.startsWith(" ".repeat(14)))
            .toList();
    assertThat(warnings).hasSizeGreaterThan(2).allMatch(it -> it.length() <= 100);
    assertThat(warnings).filteredOn(it -> it.startsWith("  warning")).hasSize(2);
    assertThat(warnings.stream().map(it -> it.substring(14)).collect(Collectors.joining(" ")))
        .isEqualTo(String.join(" ", host.instance().warnings()));
  }
}
