package org.vipd.daemon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.vipd.daemon.status.SessionStatus;
import org.vipd.daemon.testkit.Repository;

class SessionTextTest {

  @Test
  void printsTheLineOfThePage() throws IOException {
    SessionStatus session =
        new SessionStatus(
            "gateway",
            "192.0.2.1",
            "up",
            12.5,
            "",
            "up",
            100,
            500,
            new java.util.TreeMap<>(Map.of("received", 139L, "sent", 141L, "ups", 1L)));
    String page = Files.readString(Repository.root().resolve("docs/health-checks.md"));
    assertThat(page)
        .contains("<!-- session line -->\n```text\n" + SessionText.of(session) + "\n```");
  }

  @Test
  void saysWhyASessionIsNotUp() {
    SessionStatus session =
        new SessionStatus(
            "gateway",
            "192.0.2.1",
            "down",
            3,
            "nothing was heard of it",
            "down",
            1000,
            0,
            Map.of());
    assertThat(SessionText.of(session))
        .startsWith(
            "gateway is down for 3.0 s, neighbour 192.0.2.1 says down; nothing was heard of it;");
  }
}
