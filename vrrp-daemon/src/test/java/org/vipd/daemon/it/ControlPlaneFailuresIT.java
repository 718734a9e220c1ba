package org.vipd.daemon.it;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * What else happens to an API server, to the script that asks it and to the disk with the logs,
 * with config B but for {@code fall 2} instead of 10: the address goes to the other master, status
 * says why, and it comes back.
 */
@Order(1)
@Execution(ExecutionMode.CONCURRENT)
class ControlPlaneFailuresIT {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Outages outages = new Outages("config B, fall 2");
  private KubeadmMasters masters;

  @BeforeEach
  void build() throws Exception {
    masters = new KubeadmMasters("cpf", text -> text.replace("fall 10", "fall 2"), true);
  }

  @AfterEach
  void tearDown() {
    if (masters != null) {
      masters.close();
    }
  }

  /** Breaks or mends something. */
  private interface Deed {

    void run() throws Exception;
  }

  private static void await(VipdNode node, String state) {
    Await.until(
        node.host().home().getFileName() + " is " + state,
        PATIENCE,
        () -> node.state().equals(state),
        node::log);
  }

  private void moves(String event, Deed breaks, String result, Deed mends) throws Exception {
    long start = System.nanoTime();
    breaks.run();
    await(masters.second(), "MASTER");
    await(masters.first(), "BACKUP");
    masters.client().awaitAnswerWith("stand-in on cp2");
    outages.report(event, masters.client().longestGapSince(start));
    Await.until(
        event + " leads to " + result,
        PATIENCE,
        () -> masters.firstCheck().get("lastResult").getAsString().contains(result),
        () -> masters.firstCheck().toString());
    assertThat(masters.firstCheck().get("state").getAsString()).isEqualTo("bad");
    mends.run();
    await(masters.first(), "MASTER");
    await(masters.second(), "BACKUP");
    masters.client().awaitAnswerWith("stand-in on cp1");
  }

  @Test
  void movesTheAddressWhateverIsWrongAndBringsItBack() throws Exception {
    moves(
        "API server hangs (SIGSTOP)",
        () -> masters.firstApiServer().signal("STOP"),
        "exit status 1",
        () -> masters.firstApiServer().signal("CONT"));
    moves(
        "API server answers later than curl waits",
        () -> masters.slowDown(true),
        "exit status 1",
        () -> masters.slowDown(false));
    byte[] script = Files.readAllBytes(masters.script());
    moves(
        "check script removed",
        () -> Files.delete(masters.script()),
        "cannot be run: /etc/keepalived/check_apiserver.sh does not exist",
        () -> masters.first().host().script("check_apiserver.sh", new String(script, US_ASCII)));
    moves(
        "check script not executable",
        () -> permit("rw-r--r--"),
        "cannot be run: /etc/keepalived/check_apiserver.sh is not executable",
        () -> permit("rwxr-xr-x"));
    keepsTheAddressWithTheDiskFull();
    moves(
        "API server killed with the disk for logs full",
        () -> masters.firstApiServer().kill(),
        "exit status 1",
        () -> masters.restartFirstApiServer());
    assertThat(Counters.rejects(masters.first())).isEmpty();
    assertThat(Counters.rejects(masters.second())).isEmpty();
  }

  private void keepsTheAddressWithTheDiskFull() {
    long start = System.nanoTime();
    masters.logDisk().fill();
    long transitions = masters.first().counter("master-transitions");
    long runs = masters.firstCheck().get("runs").getAsLong();
    Await.until(
        "the check has run with the disk full, more often than it may fail",
        PATIENCE,
        () -> masters.firstCheck().get("runs").getAsLong() >= runs + 3,
        () -> masters.firstCheck().toString());
    assertThat(masters.firstCheck().get("state").getAsString()).isEqualTo("good");
    assertThat(masters.first().counter("master-transitions")).isEqualTo(transitions);
    masters.client().awaitAnswerWith("stand-in on cp1");
    outages.report("disk for logs full", masters.client().longestGapSince(start));
  }

  private void permit(String mode) throws Exception {
    Files.setPosixFilePermissions(masters.script(), PosixFilePermissions.fromString(mode));
  }
}
