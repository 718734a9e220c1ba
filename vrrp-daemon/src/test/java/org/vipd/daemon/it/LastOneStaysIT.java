package org.vipd.daemon.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * {@code stay_when_unhealthy} beside Debian's keepalived: while every node is unhealthy vipd keeps
 * the address with priority 1, and keepalived takes it as soon as it is healthy.
 */
@Execution(ExecutionMode.CONCURRENT)
class LastOneStaysIT extends LabTest {

  private static final String OURS = "10.66.0.1";
  private static final String HEALTHY = "healthy";

  private static String configuration(Host host, int priority, String more) {
    return "global_defs {\n script_user root\n}\n"
        + "vrrp_script chk {\n script \"/usr/bin/test -e %s\"\n interval 1\n}\n"
            .formatted(host.home().resolve(HEALTHY))
        + Texts.instance(priority, more + "track_script {\n chk\n }");
  }

  private static void health(Host host, boolean isHealthy) throws java.io.IOException {
    Path file = host.home().resolve(HEALTHY);
    if (isHealthy) {
      Files.createFile(file);
    } else {
      Files.delete(file);
    }
  }

  private static void awaitHolder(Host holder, Host other, VipdNode vipd) {
    Await.until(
        holder.namespace().name() + " alone has the address",
        Await.GENEROUS,
        () -> holder.hasAddress(Texts.VIP) && !other.hasAddress(Texts.VIP),
        () -> vipd.log() + holder.read("keepalived.log") + other.read("keepalived.log"));
  }

  private static void awaitEntering(KeepalivedNode keepalived, String state, int times) {
    Await.until(
        "keepalived enters " + state + ", number " + times,
        Await.GENEROUS,
        () -> keepalived.process().output().split("Entering " + state, -1).length > times,
        () -> keepalived.process().output());
  }

  @Test
  void keepsTheAddressUntilKeepalivedIsHealthyAndTakesItBackWhenItIsItself() throws Exception {
    assumeTrue(KeepalivedNode.isInstalled(), "keepalived is not installed");
    Host ours = host();
    Host theirs = lab().host("two", "10.66.0.2/24");
    health(ours, true);
    health(theirs, true);
    Capture capture = lab().capture();
    VipdNode vipd = VipdNode.start(ours, configuration(ours, 150, "stay_when_unhealthy\n"));
    vipd.awaitState("MASTER");
    KeepalivedNode keepalived = KeepalivedNode.start(theirs, configuration(theirs, 100, ""));
    awaitEntering(keepalived, "BACKUP", 1);

    health(theirs, false);
    awaitEntering(keepalived, "FAULT", 1);
    health(ours, false);
    Await.until(
        "vipd says that it is unhealthy",
        Await.GENEROUS,
        () -> priorities(capture).contains(1),
        vipd::log);
    long before = advertisements(capture);
    Await.until(
        "vipd goes on for longer than keepalived would wait",
        Await.GENEROUS,
        () -> advertisements(capture) >= before + 5,
        vipd::log);
    assertThat(vipd.state()).isEqualTo("MASTER");
    assertThat(ours.hasAddress(Texts.VIP)).isTrue();
    assertThat(priorities(capture)).as("nobody resigned").doesNotContain(0);
    assertThat(vipd.ask("why", "lab")).contains("MASTER", "priority 1 = 150 - 253 chk");

    health(theirs, true);
    awaitEntering(keepalived, "MASTER", 1);
    awaitHolder(theirs, ours, vipd);
    vipd.awaitState("BACKUP");
    health(ours, true);
    vipd.awaitState("MASTER");
    awaitHolder(ours, theirs, vipd);
    awaitEntering(keepalived, "BACKUP", 3);
    assertThat(Counters.rejects(vipd)).isEmpty();
    assertThat(KeepalivedStatistics.rejects(keepalived)).isEmpty();
    assertThat(vipd.stop()).isZero();
  }

  private static List<Integer> priorities(Capture capture) {
    return ours(capture).stream().map(VrrpPacket::priority).distinct().toList();
  }

  private static long advertisements(Capture capture) {
    return ours(capture).stream().filter(it -> it.priority() == 1).count();
  }

  private static List<VrrpPacket> ours(Capture capture) {
    return VrrpPacket.of(capture.frames()).stream().filter(it -> it.source().equals(OURS)).toList();
  }
}
