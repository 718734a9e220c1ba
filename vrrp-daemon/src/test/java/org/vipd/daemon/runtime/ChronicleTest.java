package org.vipd.daemon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vipd.daemon.event.Cause;
import org.vipd.daemon.event.CheckOutcome;
import org.vipd.daemon.event.Notice;
import org.vipd.daemon.testkit.Configurations;
import org.vipd.daemon.testkit.FakeHost;
import org.vipd.daemon.testkit.Packets;
import org.vipd.protocol.wire.NoAuthentication;

class ChronicleTest {

  private static final String INSTANCE =
      """
      vrrp_instance VI_1 {
        interface eth0
        virtual_router_id 51
        priority 101
        virtual_ipaddress { 10.0.0.100 }
        notify_master_rx_lower_pri "/bin/lower"
        track_script { chk }
        %s
      }
      """;

  private static FakeHost host(String ofCheck, String ofInstance) {
    String check =
        "vrrp_script chk {\n script /bin/chk\n rise 2\n interval 3\n" + ofCheck + "\n}\n";
    return new FakeHost(check + INSTANCE.formatted(ofInstance)).start();
  }

  private static CheckOutcome exit(int code, String output) {
    return new CheckOutcome(CheckOutcome.Kind.EXITED, code, output, Duration.ZERO);
  }

  private static List<String> texts(Notice notice) {
    return notice.causes().stream().map(Cause::text).toList();
  }

  private static void hear(FakeHost host, int priority) {
    host.hear("10.0.0.3", Packets.version2(priority, "10.0.0.3", NoAuthentication.INSTANCE));
  }

  @Test
  void aFaultNamesTheCheckAndWhatItPrinted() {
    FakeHost host = host("", "");
    host.check("chk", exit(0, ""));
    host.check("chk", exit(7, "connection refused\n"));
    Notice last = host.notices.last();
    assertThat(last.state()).isEqualTo("FAULT");
    assertThat(last.before()).isEqualTo("BACKUP");
    assertThat(last.causes()).extracting(Cause::kind).containsOnly(Cause.Kind.CHECK);
    assertThat(texts(last))
        .containsExactly(
            "check chk fails (1 in a row, last: exit status 7), command: /bin/chk",
            "check chk printed: connection refused");
    assertThat(host.journal.messages())
        .contains(
            "warn VI_1: BACKUP -> FAULT (check chk fails (1 in a row, last: exit status 7),"
                + " command: /bin/chk, because check chk printed: connection refused)");
  }

  @Test
  void aLossToAHigherPriorityNamesOurArithmeticAndTheCheckBehindIt() {
    FakeHost host = host("weight -2", "");
    host.runSeconds(5);
    assertThat(host.instance().state()).isEqualTo("MASTER");
    host.check("chk", exit(1, "no answer"));
    hear(host, 100);
    Notice last = host.notices.last();
    assertThat(last.state()).isEqualTo("BACKUP");
    assertThat(last.causes())
        .extracting(Cause::kind)
        .containsExactly(Cause.Kind.ADVERTISEMENT, Cause.Kind.PRIORITY, Cause.Kind.CHECK);
    assertThat(texts(last))
        .containsExactly(
            "10.0.0.3 has priority 100, higher than ours 99",
            "our effective priority is 99 = 101 - 2 chk",
            "check chk fails: exit status 1, check chk printed: no answer");
  }

  @Test
  void aPriorityChangeIsTold() {
    FakeHost host = host("weight -2", "");
    host.check("chk", exit(1, ""));
    Notice last = host.notices.last();
    assertThat(last.kind()).isEqualTo(Notice.Kind.PRIORITY);
    assertThat(last.priority()).isEqualTo(99);
    assertThat(last.explanation())
        .isEqualTo(
            "our effective priority is 99 = 101 - 2 chk, because check chk fails: exit status 1");
  }

  @Test
  void aStopNamesWhoAskedForIt() {
    FakeHost host = host("weight -2", "");
    host.stop();
    assertThat(host.notices.last().state()).isEqualTo("STOP");
    assertThat(host.notices.last().explanation())
        .isEqualTo("stopped by the operator, because signal TERM");
  }

  @Test
  void aRemovedInstanceIsDeletedOnlyWhenNotifyDeletedAsksForIt() {
    String other =
        """
        vrrp_instance VI_2 {
          interface eth0
          virtual_router_id 52
          virtual_ipaddress { 10.0.0.101 }
        }
        """;
    FakeHost plain = host("weight -2", "");
    plain.reload(other);
    assertThat(ofFirst(plain).state()).isEqualTo("FAULT");
    FakeHost deleted = host("weight -2", "notify_deleted /bin/deleted");
    deleted.trace.take();
    deleted.reload(other);
    assertThat(ofFirst(deleted).state()).isEqualTo("DELETED");
    assertThat(ofFirst(deleted).causes()).extracting(Cause::kind).contains(Cause.Kind.RELOAD);
    assertThat(deleted.trace.lines()).contains("hooks VI_1 DELETED: /bin/deleted");
  }

  private static Notice ofFirst(FakeHost host) {
    List<Notice> notices =
        host.notices.all().stream().filter(it -> it.subject().name().equals("VI_1")).toList();
    return notices.get(notices.size() - 1);
  }

  @Test
  void aMasterThatHearsALowerOneRunsItsScriptAtMostOnceASecond() {
    FakeHost host = host("weight -2", "");
    host.runSeconds(5);
    host.trace.take();
    hear(host, 50);
    hear(host, 50);
    assertThat(host.trace.lines())
        .filteredOn(line -> line.startsWith("hooks"))
        .containsExactly("hooks VI_1 lower priority: /bin/lower");
    assertThat(host.notices.last().kind()).isEqualTo(Notice.Kind.RIVAL);
    assertThat(host.notices.last().explanation())
        .isEqualTo("10.0.0.3 is Active with priority 50, lower than ours 101");
  }

  @Test
  void statusSaysWhatWouldBringItBack() {
    FakeHost host = host("", "");
    host.check("chk", exit(0, ""));
    host.check("chk", exit(1, ""));
    assertThat(host.instance().explanation().changes())
        .containsExactly(
            "it runs again when this ends: check chk fails (1 in a row, last: exit status 1),"
                + " command: /bin/chk",
            "check chk has to succeed 2 times in a row (it runs every 3.0 s) before it counts");
  }

  @Test
  void aBackupSaysWhomItWaitsFor() {
    FakeHost host = host("weight -2", "nopreempt");
    hear(host, 50);
    assertThat(host.instance().explanation().changes())
        .containsExactly(
            "it becomes MASTER when 10.0.0.3 stops, or is not heard for about three of its"
                + " intervals; a lower priority of that router is not enough, because of"
                + " nopreempt");
  }

  @Test
  void aBackupWaitsAsLongAsItIsTold() {
    FakeHost host = host("weight -2", "down_timer_adverts 1");
    hear(host, 200);
    assertThat(host.instance().explanation().changes().get(0))
        .contains("is not heard for about one of its intervals");
  }

  @Test
  void namesAWeightThatCannotMoveTheAddress() {
    FakeHost host = host("weight -2", "");
    hear(host, 200);
    assertThat(host.instance().explanation().powerless())
        .containsExactly(
            "chk: its weight -2 keeps our priority within 99..101, on the same side of 200, the"
                + " priority of 10.0.0.3");
    hear(host, 100);
    assertThat(host.instance().explanation().powerless()).isEmpty();
    // a router that resigns has not told its priority
    hear(host, 0);
    assertThat(host.instance().explanation().powerless()).isEmpty();
  }

  @Test
  void aReversedWeightCanMoveTheAddress() {
    FakeHost host = host("weight -5 reverse", "");
    hear(host, 103);
    assertThat(host.instance().explanation().powerless()).isEmpty();
    hear(host, 200);
    assertThat(host.instance().explanation().powerless())
        .containsExactly(
            "chk: its weight -5 keeps our priority within 101..106, on the same side of 200, the"
                + " priority of 10.0.0.3");
  }

  @Test
  void namesATrackerThatMeetsTheLimit() {
    String tracker = "track_interface { eth1 weight 5 }";
    FakeHost host = new FakeHost(Configurations.instance(254, tracker)).start();
    assertThat(host.instance().explanation().powerless())
        .containsExactly("interface eth1: the priority is 254 with and without it");
  }

  @Test
  void aTrackerThatCanMoveTheAddressIsNotNamed() {
    FakeHost host = host("", "track_interface {\n eth1 weight -20\n }");
    assertThat(host.instance().explanation().powerless()).isEmpty();
  }

  @Test
  void aCheckThatIsTrackedWithAWeightIsNoReasonToWait() {
    FakeHost host =
        new FakeHost(
                "vrrp_script chk {\n script /bin/chk\n}\n"
                    + Configurations.instance(
                        100, "track_script { chk weight -2 }", "track_interface { eth7 }"))
            .start();
    host.check("chk", exit(1, ""));
    assertThat(host.instance().state()).isEqualTo("FAULT");
    assertThat(host.instance().explanation().changes())
        .isNotEmpty()
        .noneMatch(it -> it.startsWith("check chk has to succeed"));
  }

  @Test
  void aFaultDoesNotNameAFailingCheckThatOnlyHasAWeight() {
    FakeHost host =
        new FakeHost(
                "vrrp_script chk {\n script /bin/chk\n weight -2\n}\n"
                    + Configurations.instance(
                        100, "track_script { chk }", "track_interface { eth1 }"))
            .start();
    host.interfaces.putLink(3, "eth1", true);
    host.settle();
    host.check("chk", exit(1, "weak"));
    assertThat(host.instance().state()).isEqualTo("BACKUP");
    host.interfaces.putLink(3, "eth1", false);
    host.settle();
    assertThat(host.instance().state()).isEqualTo("FAULT");
    assertThat(host.notices.last().state()).isEqualTo("FAULT");
    assertThat(texts(host.notices.last())).noneMatch(it -> it.contains("weak"));
  }
}
