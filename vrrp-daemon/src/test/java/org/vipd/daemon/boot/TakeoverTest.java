package org.vipd.daemon.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.vipd.daemon.config.DaemonConfig;
import org.vipd.daemon.control.ControlServer;
import org.vipd.daemon.control.EventFeed;
import org.vipd.daemon.ledger.NetworkNamespace;
import org.vipd.daemon.port.PortException;
import org.vipd.daemon.testkit.Configurations;
import org.vipd.daemon.testkit.FakeClock;
import org.vipd.daemon.testkit.RecordingJournal;

/** Nobody is asked to leave for a process that could not go on in its place. */
@Timeout(60)
class TakeoverTest {

  private static final String BOOT = "6f6d4f7e-0000-4000-8000-000000000001";
  private static final NetworkNamespace HERE = new NetworkNamespace(BOOT, "net:[1]");
  private static final DaemonConfig CONFIG = Configurations.of(Configurations.instance(100));

  @TempDir private Path directory;
  private final RecordingJournal journal = new RecordingJournal();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<AutoCloseable> opened = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable part : opened) {
      part.close();
    }
  }

  private void runAnother(String answer) throws IOException {
    ControlServer server =
        ControlServer.open(
            directory.resolve("control.sock"),
            (line, isAwaited) -> {
              requests.add(line);
              return answer;
            },
            new EventFeed(),
            journal,
            new FakeClock());
    opened.add(server);
    Thread thread = new Thread(server, "another daemon under test");
    thread.setDaemon(true);
    thread.start();
  }

  private Takeover takeover(Takeover.Ability ability) {
    return new Takeover(directory, HERE, ability, journal);
  }

  private Takeover.RefusedException refusal(Takeover takeover, DaemonConfig config) {
    Takeover.RefusedException refusal =
        catchThrowableOfType(
            Takeover.RefusedException.class, () -> takeover.begin(config, "test.conf"));
    assertThat(requests).as("the other one goes on").isEmpty();
    assertThat(refusal)
        .hasMessageStartingWith("the daemon that runs is not asked to leave, and goes on: ");
    return refusal;
  }

  private void writeLedgerOf(String boot, String namespace) throws IOException {
    Files.writeString(
        directory.resolve("ledger"),
        "vipd-ledger 1\naddress\t2\teth0\t10.0.0.9/32\nend 1\nnamespace\t"
            + boot
            + "\t"
            + namespace
            + "\n");
  }

  @Test
  void asksTheOtherToLeaveAndWaitsForItsEnd() throws Exception {
    runAnother("\"left\"");
    writeLedgerOf(BOOT, "net:[1]");
    assertThat(takeover(() -> {}).begin(CONFIG, "test.conf")).isEqualTo(Duration.ofSeconds(3));
    assertThat(requests).containsExactly("{\"command\":\"leave\"}");
  }

  @Test
  void waitsForNobodyThatDoesNotLeave() throws Exception {
    String answer = "{\"error\":\"the daemon is too busy, and has not left\"}";
    runAnother(answer);
    assertThat(takeover(() -> {}).begin(CONFIG, "test.conf")).isZero();
    assertThat(String.join("\n", journal.messages())).contains("does not leave: " + answer);
  }

  @Test
  void isAnOrdinaryStartWhereNobodyRuns() throws Exception {
    Takeover takeover =
        takeover(
            () -> {
              throw new PortException("never asked", true);
            });
    assertThat(takeover.begin(Configurations.of(""), "test.conf")).isZero();
    Files.writeString(directory.resolve("control.sock"), "stale");
    assertThat(takeover.begin(Configurations.of(""), "test.conf")).isZero();
  }

  @Test
  void refusesAConfigurationWithoutInstances() throws Exception {
    runAnother("\"left\"");
    Takeover.RefusedException refusal = refusal(takeover(() -> {}), Configurations.of(""));
    assertThat(refusal).hasMessageContaining("test.conf defines no vrrp_instance");
    assertThat(refusal.exitStatus()).isEqualTo(2);
  }

  @Test
  void refusesWithoutPermission() throws Exception {
    runAnother("\"left\"");
    Takeover takeover =
        takeover(
            () -> {
              throw new PortException("CAP_NET_ADMIN is missing", true);
            });
    Takeover.RefusedException refusal = refusal(takeover, CONFIG);
    assertThat(refusal).hasMessageContaining("CAP_NET_ADMIN is missing");
    assertThat(refusal.exitStatus()).isEqualTo(4);
  }

  @Test
  void refusesInAnotherNetworkNamespace() throws Exception {
    runAnother("\"left\"");
    writeLedgerOf(BOOT, "net:[2]");
    Takeover.RefusedException refusal = refusal(takeover(() -> {}), CONFIG);
    assertThat(refusal)
        .hasMessageContaining("ledger is of network namespace net:[2], and this is net:[1]");
    assertThat(refusal.exitStatus()).isEqualTo(1);
  }
}
