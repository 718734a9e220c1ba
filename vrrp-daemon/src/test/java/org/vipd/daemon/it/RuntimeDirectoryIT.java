package org.vipd.daemon.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The runtime directory is removed, full, read-only, or leads to somebody else's. */
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

  /** A disk of its own in place of the directory. */
  private static Path mounted(Host host, String options, String then) {
    Path run = host.home().resolve("run");
    host.run("mkdir", run.toString());
    String mount = "mount -t tmpfs -o size=64k,mode=0755" + options + " none " + run;
    host.isolateProcesses(mount + then.replace("%s", run.toString()));
    return run;
  }

  /** In the mounts of its host, where the test cannot look. */
  private static String ask(VipdNode vipd, String... words) {
    Await.until(
        "it answers",
        Await.GENEROUS,
        () -> vipd.command("try", "status").awaitExit() == 0,
        vipd::log);
    return vipd.ask(words);
  }

  @Test
  void mayBeFullAtTheStart() {
    Host host = host();
    Path run = mounted(host, "", " && (head -c 100000 /dev/zero > %s/fill || true)");
    VipdNode vipd = VipdNode.start(host, Texts.instance(255, ""));
    Await.until(
        "the address is there", Await.GENEROUS, () -> host.hasAddress(Texts.VIP), vipd::log);
    vipd.awaitLog("addresses are not recorded in " + run + "/ledger: no space left on device");
    assertThat(ask(vipd, "status")).contains("MASTER");
    assertThat(vipd.log()).doesNotContain("Exception");
    Launched second = vipd.launchAnother("second");
    assertThat(second.awaitExit()).isEqualTo(1);
    assertThat(second.output()).contains("another vipd uses runtime directory " + run);
    assertThat(host.hasAddress(Texts.VIP)).isTrue();
    vipd.process().signal("TERM");
    assertThat(vipd.process().awaitExit()).isZero();
    assertThat(host.hasAddress(Texts.VIP)).isFalse();
  }

  @Test
  void isRefusedWhenItHasNoRoomForTheLock() {
    Host host = host();
    Path run = mounted(host, ",nr_inodes=1", "");
    VipdNode vipd = VipdNode.start(host, Texts.instance(255, ""));
    assertThat(vipd.process().awaitExit()).as(vipd.log()).isEqualTo(1);
    assertThat(vipd.log())
        .contains("runtime directory " + run + " cannot be used: no space left on device; it has")
        .doesNotContain("Exception");
    assertThat(host.hasAddress(Texts.VIP)).isFalse();
  }

  @Test
  void isRefusedWhenItIsReadOnlyAtTheStart() {
    Host host = host();
    Path run = mounted(host, ",ro", "");
    VipdNode vipd = VipdNode.start(host, Texts.instance(255, ""));
    assertThat(vipd.process().awaitExit()).as(vipd.log()).isEqualTo(1);
    assertThat(vipd.log())
        .contains(
            "runtime directory "
                + run
                + " cannot be used: read-only file system; it has to be on a file system that can"
                + " be written, such as /run: choose another --runtime-dir")
        .doesNotContain("Exception");
    assertThat(host.hasAddress(Texts.VIP)).isFalse();
  }

  @Test
  void mayBecomeReadOnlyUnderADaemon() {
    Host host = host();
    Path run = mounted(host, "", "");
    VipdNode vipd = VipdNode.start(host, Texts.instance(255, ""));
    Await.until(
        "the address is there", Await.GENEROUS, () -> host.hasAddress(Texts.VIP), vipd::log);
    assertThat(ask(vipd, "status")).contains("MASTER");
    String readOnly = "mount --bind $0 $0 && mount -o remount,ro,bind $0 && ! touch $0/file";
    Launched mount = host.start("mount", List.of("sh", "-c", readOnly, run.toString()), Map.of());
    assertThat(mount.awaitExit()).as(mount.output()).isZero();
    String other = "10.66.0.77";
    vipd.reload(Texts.instance(255, Texts.VIP + "/24\n    " + other + "/24", ""));
    Await.until(
        "the new address is there", Await.GENEROUS, () -> host.hasAddress(other), vipd::log);
    vipd.awaitLog("addresses are not recorded in " + run + "/ledger: read-only file system");
    assertThat(ask(vipd, "status")).contains("MASTER", other);
    vipd.process().signal("TERM");
    assertThat(vipd.process().awaitExit()).isZero();
    assertThat(host.hasAddress(other)).isFalse();
    assertThat(vipd.log()).doesNotContain("Exception");
  }

  /** Neither the link nor what it leads to may be somebody else's. */
  @Test
  void mayBeALinkOfItsOwnUserOnly() throws Exception {
    Host host = host();
    Path run = host.home().resolve("run");
    Path elsewhere = Files.createDirectory(host.home().resolve("elsewhere"));
    Files.createSymbolicLink(run, elsewhere);
    VipdNode vipd = VipdNode.start(host, Texts.instance(255, ""));
    vipd.awaitState("MASTER");
    assertThat(elsewhere.resolve("ledger")).exists();
    assertThat(vipd.stop()).isZero();
    refusesTheOwner(host, vipd, "chown", "-h", "65533", run.toString());
    host.run("chown", "-h", "0", run.toString());
    refusesTheOwner(host, vipd, "chown", "65533", elsewhere.toString());
  }

  private static void refusesTheOwner(Host host, VipdNode vipd, String... change) {
    host.run(change);
    Launched refused = vipd.launchAnother("refused");
    assertThat(refused.awaitExit()).as(refused.output()).isEqualTo(1);
    assertThat(refused.output())
        .contains(
            "runtime directory "
                + host.home().resolve("run")
                + " is not safe: it belongs to user 65533; give it to the daemon's user with mode"
                + " 0755, or choose another --runtime-dir")
        .doesNotContain("Exception");
    assertThat(host.hasAddress(Texts.VIP)).isFalse();
  }
}
