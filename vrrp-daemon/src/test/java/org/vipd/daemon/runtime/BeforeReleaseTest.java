package org.vipd.daemon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vipd.daemon.event.CheckOutcome;
import org.vipd.daemon.event.Event;
import org.vipd.daemon.testkit.FakeHost;
import org.vipd.daemon.testkit.Packets;

/** The script before the release: who waits for it, for how long, and who does not. */
class BeforeReleaseTest {

  private static final CheckOutcome PASSED =
      new CheckOutcome(CheckOutcome.Kind.EXITED, 0, "", Duration.ofMillis(100));
  private static final CheckOutcome FAILED =
      new CheckOutcome(CheckOutcome.Kind.EXITED, 1, "", Duration.ofMillis(100));
  private static final String CHECK = "vrrp_script c {\nscript \"/bin/c\"\n}\n";
  private static final String SCRIPT = "before_release \"/bin/drain now\"\n";

  private static String instance(String name, int vrid, String more) {
    return """
        vrrp_instance %s {
          interface eth0
          virtual_router_id %d
          virtual_ipaddress { 10.0.0.%d }
          %s
        }
        """
        .formatted(name, vrid, 50 + vrid, more);
  }

  private static FakeHost active(String more) {
    FakeHost host =
        new FakeHost(CHECK + instance("VI_1", 51, "track_script { c }\n" + more)).start();
    host.check("c", PASSED);
    host.runSeconds(4);
    assertThat(host.instance().state()).isEqualTo("MASTER");
    host.trace.take();
    return host;
  }

  private static void ended(FakeHost host, String instance, CheckOutcome outcome) {
    host.queue.post(new Event.ReleasePrepared(instance, outcome));
    host.settle();
  }

  private static List<String> farewells(FakeHost host) {
    return host.trace.lines().stream().filter(it -> it.contains("priority 0")).toList();
  }

  @Test
  void runsBeforeAnythingIsGivenUpAndIsWaitedFor() {
    FakeHost host = active(SCRIPT);
    host.check("c", FAILED);
    assertThat(host.trace.lines()).containsExactly("before release of VI_1: /bin/drain now");
    assertThat(host.instance().state()).isEqualTo("MASTER");
    host.runSeconds(0.9);
    assertThat(farewells(host)).isEmpty();
    host.trace.take();
    ended(host, "VI_1", PASSED);
    assertThat(host.instance().state()).isEqualTo("FAULT");
    assertThat(host.trace.lines().get(0)).contains("priority 0");
    assertThat(host.trace.lines().get(1)).startsWith("remove");
  }

  @Test
  void goesOnAdvertisingMeanwhile() {
    FakeHost host = active(SCRIPT + "before_release_wait 5\n");
    host.check("c", FAILED);
    host.trace.take();
    host.runSeconds(4.5);
    assertThat(host.trace.lines()).filteredOn(it -> it.contains("priority 100")).hasSize(4);
  }

  @Test
  void isNotWaitedForLongerThanASecondOrAsWritten() {
    FakeHost usual = active(SCRIPT);
    usual.check("c", FAILED);
    usual.runSeconds(1.1);
    assertThat(usual.instance().state()).isEqualTo("FAULT");
    assertThat(usual.journal.messages())
        .anyMatch(it -> it.contains("before_release has not ended in time"));
    FakeHost longer = active(SCRIPT + "before_release_wait 2.5\n");
    longer.check("c", FAILED);
    longer.runSeconds(2.4);
    assertThat(longer.instance().state()).isEqualTo("MASTER");
    longer.runSeconds(0.2);
    assertThat(longer.instance().state()).isEqualTo("FAULT");
    // what it says later changes nothing
    ended(longer, "VI_1", PASSED);
    assertThat(longer.instance().state()).isEqualTo("FAULT");
  }

  @Test
  void releasesAlsoWhenTheScriptFails() {
    FakeHost host = active(SCRIPT);
    host.check("c", FAILED);
    ended(host, "VI_1", FAILED);
    assertThat(host.instance().state()).isEqualTo("FAULT");
    assertThat(host.journal.messages())
        .anyMatch(it -> it.contains("before_release has failed after 0.1 s: exit status 1; the"));
  }

  @Test
  void saysTheSameWhoeverNoticesTheEndOfTheWaitFirst() {
    FakeHost host = active(SCRIPT);
    host.check("c", FAILED);
    Duration limit = Duration.ofSeconds(1);
    ended(host, "VI_1", new CheckOutcome(CheckOutcome.Kind.TIMED_OUT, 0, "", limit));
    host.runSeconds(1.1);
    assertThat(host.instance().state()).isEqualTo("FAULT");
    assertThat(host.journal.messages())
        .filteredOn(it -> it.contains("before_release has"))
        .singleElement()
        .asString()
        .contains("has not ended in time; the release goes on without it");
  }

  @Test
  void carriesOutWhatHasBegunAlsoWhenTheReasonIsGone() {
    FakeHost host = active(SCRIPT);
    host.check("c", FAILED);
    host.check("c", PASSED);
    assertThat(host.instance().state()).isEqualTo("MASTER");
    ended(host, "VI_1", PASSED);
    assertThat(farewells(host)).hasSize(1);
    assertThat(host.instance().state()).isEqualTo("BACKUP");
    host.runSeconds(4);
    assertThat(host.instance().state()).isEqualTo("MASTER");
    host.check("c", FAILED);
    assertThat(host.trace.lines()).filteredOn(it -> it.startsWith("before release")).hasSize(2);
  }

  @Test
  void doesNotWaitForItWhenSomebodyStrongerServes() {
    FakeHost host = active(SCRIPT);
    host.hear("10.0.0.9", Packets.advertisement(51, 150));
    assertThat(host.instance().state()).isEqualTo("BACKUP");
    assertThat(host.trace.lines()).noneMatch(it -> it.startsWith("before release"));
    FakeHost waiting = active(SCRIPT);
    waiting.check("c", FAILED);
    waiting.hear("10.0.0.9", Packets.advertisement(51, 150));
    assertThat(waiting.instance().state()).isEqualTo("FAULT");
  }

  @Test
  void doesNotWaitForItWithoutALink() {
    FakeHost host = active(SCRIPT);
    host.interfaces.putLink(2, "eth0", false);
    host.settle();
    assertThat(host.instance().state()).isEqualTo("FAULT");
    assertThat(host.trace.lines()).noneMatch(it -> it.startsWith("before release"));
  }

  @Test
  void changesNothingForOthers() {
    FakeHost without = active("");
    without.check("c", FAILED);
    assertThat(without.instance().state()).isEqualTo("FAULT");
    FakeHost backup =
        new FakeHost(CHECK + instance("VI_1", 51, "track_script { c }\n" + SCRIPT)).start();
    backup.check("c", PASSED);
    backup.check("c", FAILED);
    assertThat(backup.instance().state()).isEqualTo("FAULT");
    assertThat(backup.trace.lines()).noneMatch(it -> it.startsWith("before release"));
  }

  @Test
  void stopsAfterAllScriptsHaveEnded() {
    FakeHost host =
        new FakeHost(instance("A", 51, SCRIPT) + instance("B", 52, SCRIPT) + instance("C", 53, ""))
            .start();
    host.runSeconds(4);
    host.trace.take();
    host.queue.post(new Event.StopRequested("signal TERM"));
    host.turn();
    ended(host, "A", PASSED);
    assertThat(farewells(host)).isEmpty();
    assertThat(host.instance("A").state()).isEqualTo("MASTER");
    host.queue.post(new Event.ReleasePrepared("B", PASSED));
    host.turn();
    assertThat(farewells(host)).hasSize(3);
    assertThat(host.trace.lines()).endsWith("stop scripts");
  }

  @Test
  void stopsAtOnceWhenToldTwiceOrWhenNothingIsActive() {
    FakeHost host = active(SCRIPT);
    host.queue.post(new Event.StopRequested("signal TERM"));
    host.turn();
    assertThat(host.trace.lines()).doesNotContain("stop scripts");
    host.stop();
    assertThat(host.trace.lines()).endsWith("stop scripts");
    FakeHost backup = new FakeHost(instance("VI_1", 51, SCRIPT)).start();
    backup.stop();
    assertThat(backup.trace.lines()).endsWith("stop scripts");
    assertThat(backup.trace.lines()).noneMatch(it -> it.startsWith("before release"));
  }

  @Test
  void stopsAtItsDeadlineWithoutAnAnswer() {
    FakeHost host = active(SCRIPT);
    host.queue.post(new Event.StopRequested("signal TERM"));
    host.turn();
    host.clock.advance(1_100_000_000L);
    host.turn();
    assertThat(farewells(host)).hasSize(1);
    assertThat(host.trace.lines()).endsWith("stop scripts");
  }

  @Test
  void membersOfAGroupWaitForEachOther() {
    String group = "vrrp_sync_group G { group { A B } }\n";
    FakeHost host =
        new FakeHost(
                CHECK
                    + group
                    + instance("A", 51, "track_script { c }\n" + SCRIPT)
                    + instance("B", 52, ""))
            .start();
    host.check("c", PASSED);
    host.runSeconds(8);
    assertThat(host.instance("B").state()).isEqualTo("MASTER");
    host.trace.take();
    host.check("c", FAILED);
    host.runSeconds(0.5);
    assertThat(host.instance("A").state()).isEqualTo("MASTER");
    assertThat(host.instance("B").state()).isEqualTo("MASTER");
    ended(host, "A", PASSED);
    assertThat(farewells(host)).hasSize(2);
    assertThat(host.instance("A").state()).isEqualTo("FAULT");
    assertThat(host.instance("B").state()).isEqualTo("FAULT");
    host.check("c", PASSED);
    assertThat(host.instance("A").state()).isEqualTo("BACKUP");
    assertThat(host.instance("B").state()).isEqualTo("BACKUP");
  }
}
