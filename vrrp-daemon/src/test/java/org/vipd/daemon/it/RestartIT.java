package org.vipd.daemon.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What a dead daemon leaves, and what a second one meets. */
@Execution(ExecutionMode.CONCURRENT)
class RestartIT extends LabTest {

  @Test
  void removesWhatAKilledDaemonLeft() {
    VipdNode vipd = VipdNode.start(host(), Texts.instance(255, "vipd_lease off"));
    vipd.awaitState("MASTER");
    vipd.process().kill();
    assertThat(vipd.host().hasAddress(Texts.VIP)).as("left by kill -9").isTrue();
    // The long interval leaves time to look at the Backup.
    vipd.replaceConfiguration(Texts.instance(100, "advert_int 10"));
    vipd.restart();
    vipd.awaitState("BACKUP");
    assertThat(vipd.host().hasAddress(Texts.VIP)).as("removed by the next start").isFalse();
    vipd.awaitLog("removing " + Texts.VIP, "left over from a former run");
  }

  @Test
  void releasesByHandWhatAKilledDaemonLeftAndNothingElse() {
    VipdNode vipd = VipdNode.start(host(), Texts.instance(255, "vipd_lease off"));
    vipd.awaitState("MASTER");
    Launched early = vipd.release("early");
    assertThat(early.awaitExit()).isEqualTo(1);
    assertThat(early.output()).contains("another vipd (pid " + vipd.process().pid() + ")");
    vipd.host().addAddress("10.66.0.101/24");
    vipd.process().kill();
    assertThat(vipd.host().hasAddress(Texts.VIP)).as("left by kill -9").isTrue();
    Launched release = vipd.release("release");
    assertThat(release.awaitExit()).as(release.output()).isZero();
    assertThat(release.output()).contains("removing " + Texts.VIP).doesNotContain("Exception");
    assertThat(vipd.host().hasAddress(Texts.VIP)).isFalse();
    assertThat(vipd.host().hasAddress("10.66.0.101")).isTrue();
    assertThat(vipd.host().hasAddress("10.66.0.1")).isTrue();
  }

  /** The lease of a killed daemon has ended, and a DHCP client, for example, got the address. */
  @Test
  void leavesAloneWhatSomebodyElseHasAddedWithALeaseSince() {
    VipdNode vipd = VipdNode.start(host(), Texts.instance(255, ""));
    vipd.awaitState("MASTER");
    vipd.process().kill();
    Host host = vipd.host();
    Await.until("the lease has ended", () -> !host.hasAddress(Texts.VIP));
    String address = Texts.VIP + "/24";
    host.run(
        "sh",
        "-c",
        "ip address add %s dev %s valid_lft 900 preferred_lft 900"
            .formatted(address, Lab.INTERFACE));
    Launched release = vipd.release("release");
    assertThat(release.awaitExit()).as(release.output()).isZero();
    assertThat(release.output()).contains("but somebody else has added it; it stays");
    assertThat(host.hasAddress(Texts.VIP)).as("after a release").isTrue();
    vipd.restart();
    vipd.awaitState("FAULT");
    vipd.awaitLog("has a lease that is not of this daemon");
    assertThat(vipd.log()).doesNotContain("resumed", "removing " + Texts.VIP);
    assertThat(host.hasAddress(Texts.VIP)).as("after a start").isTrue();
    host.run("ip", "address", "del", address, "dev", Lab.INTERFACE);
    vipd.awaitState("MASTER");
    assertThat(vipd.stop()).isZero();
  }

  @Test
  void refusesASecondDaemonOnTheSameRuntimeDirectory() {
    VipdNode first = VipdNode.start(host(), Texts.instance(100, ""));
    first.awaitState("BACKUP");
    Launched second = first.launchAnother("second");
    assertThat(second.awaitExit()).isEqualTo(1);
    assertThat(second.output())
        .contains("another vipd (pid " + first.process().pid() + ")", "--runtime-dir")
        .doesNotContain("Exception");
    first.awaitState("MASTER");
  }

  @Test
  void startsAmongStaleFiles() {
    Host host = host();
    host.run("mkdir", "-p", host.home().resolve("run").toString());
    for (String name : List.of("lock", "control.sock")) {
      host.file("run/" + name, "4194000\n");
    }
    VipdNode vipd = VipdNode.start(host, Texts.instance(255, ""));
    vipd.awaitState("MASTER");
    vipd.process().kill();
    vipd.restart();
    vipd.awaitState("MASTER");
    assertThat(vipd.stop()).isZero();
  }

  @Test
  void waitsForAnInterfaceAndStartsWhenItAppears() {
    Host host = lab().disconnectedHost("bare");
    VipdNode vipd = VipdNode.start(host, Texts.instance(255, ""));
    vipd.awaitState("FAULT");
    assertThat(vipd.instance().orElseThrow().get("waitingFor").toString())
        .contains("waiting for interface eth0, which does not exist");
    host.run("ip", "link", "add", "eth0", "type", "veth", "peer", "name", "other0");
    host.run("ip", "link", "set", "other0", "up");
    host.run("ip", "link", "set", "eth0", "up");
    Await.until(
        "it waits for an address now",
        Await.GENEROUS,
        () -> vipd.instance().orElseThrow().get("waitingFor").toString().contains("IPv4 address"),
        vipd::log);
    host.addAddress("10.66.0.9/24");
    vipd.awaitState("MASTER");
    assertThat(host.hasAddress(Texts.VIP)).isTrue();
  }
}
