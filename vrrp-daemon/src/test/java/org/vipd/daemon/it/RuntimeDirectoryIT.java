package org.vipd.daemon.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Somebody removes the runtime directory of a running daemon. */
@Execution(ExecutionMode.CONCURRENT)
class RuntimeDirectoryIT extends LabTest {

  @Test
  void isMadeAnewWithLockSocketLedgerAndHistory() throws Exception {
    Host host = host();
    VipdNode vipd = VipdNode.start(host, Texts.instance(255, "advert_int 10"));
    vipd.awaitState("MASTER");
    Path run = host.home().resolve("run");
    Await.until("the history is written", () -> Files.exists(run.resolve("history")));
    host.run("rm", "-rf", run.toString());
    Launched unreached = vipd.command("gone", "status");
    if (unreached.awaitExit() != 0) {
      assertThat(unreached.output()).contains("no daemon answers");
    }
    Await.until(
        "all of it is there again",
        Await.GENEROUS,
        () ->
            Files.exists(run.resolve("ledger"))
                && Files.exists(run.resolve("control.sock"))
                && Files.exists(run.resolve("history")),
        vipd::log);
    assertThat(vipd.state()).isEqualTo("MASTER");
    assertThat(vipd.ask("history")).contains("MASTER");
    assertThat(Files.readString(run.resolve("ledger"))).contains(Texts.VIP);
    vipd.awaitLog("somebody has removed " + run.resolve("control.sock"));
    assertThat(vipd.log()).doesNotContain("Exception");
    Launched second = vipd.launchAnother("second");
    assertThat(second.awaitExit()).isEqualTo(1);
    assertThat(second.output()).contains("another vipd (pid " + vipd.process().pid() + ")");

    vipd.process().kill();
    vipd.restart();
    vipd.awaitState("MASTER");
    vipd.awaitLog("resumed");
    assertThat(vipd.stop()).isZero();
    assertThat(host.hasAddress(Texts.VIP)).isFalse();
  }
}
