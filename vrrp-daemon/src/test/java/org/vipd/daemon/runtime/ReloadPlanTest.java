package org.vipd.daemon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vipd.daemon.status.ReloadReport;
import org.vipd.daemon.testkit.Configurations;
import org.vipd.daemon.testkit.FakeHost;

class ReloadPlanTest {

  private static final String CHECK =
      """
      vrrp_script c {
        script /bin/true
        weight 5
      }
      """;
  private static final String TRACKED = CHECK + Configurations.instance(100, "track_script { c }");
  private static final String OTHER =
      Configurations.instance(100).replace("VI_1", "VI_2").replace("51", "52");

  private static FakeHost active(String configuration) {
    FakeHost host = new FakeHost(configuration).start();
    host.runSeconds(4);
    host.trace.take();
    return host;
  }

  @Test
  void saysWhatWouldChangeAndChangesNothing() {
    FakeHost host = active(Configurations.instance(100));
    ReloadReport report =
        host.plan(Configurations.instance(90, "virtual_ipaddress { 10.0.0.101 }"));
    assertThat(report.usable()).isTrue();
    assertThat(report.applied()).isFalse();
    assertThat(report.movesAddresses()).isTrue();
    assertThat(report.changes())
        .containsExactly(
            "VI_1: priority 100 -> 90; installs and announces 10.0.0.101/32; it leaves MASTER if"
                + " another node has a higher priority");
    assertThat(host.trace.lines()).isEmpty();
    assertThat(host.instance().effectivePriority()).isEqualTo(100);
    assertThat(host.status().configuration().generation()).isEqualTo(1);
  }

  @Test
  void warnsThatAnAddressLeavesThisNode() {
    FakeHost host = active(Configurations.instance(100, "virtual_ipaddress { 10.0.0.101 }"));
    ReloadReport dropped = host.plan(Configurations.instance(100));
    assertThat(dropped.movesAddresses()).isTrue();
    assertThat(dropped.changes()).containsExactly("VI_1: removes 10.0.0.101/32");
    ReloadReport removed = host.plan(OTHER);
    assertThat(removed.movesAddresses()).isTrue();
    assertThat(removed.changes())
        .containsExactly(
            "VI_1: removed; this node resigns and gives up 10.0.0.100/32, 10.0.0.101/32",
            "VI_2: added, starts as BACKUP (an owner as MASTER)");
  }

  @Test
  void saysWhyAnInstanceBecomesAnotherVirtualRouter() {
    FakeHost host = active(Configurations.instance(100));
    ReloadReport version = host.plan(Configurations.instance(100, "version 3"));
    assertThat(version.movesAddresses()).isTrue();
    assertThat(version.changes())
        .containsExactly(
            "VI_1: removed, because version 2 -> 3 makes it another virtual router; this node resigns"
                + " and gives up 10.0.0.100/32",
            "VI_1: added, starts as BACKUP (an owner as MASTER)");
    ReloadReport vrid = host.plan(Configurations.instance(100, "version 3").replace("51", "52"));
    assertThat(vrid.changes().get(0))
        .startsWith("VI_1: removed, because VRID 51 -> 52, version 2 -> 3 makes it another");
    ReloadReport renamed =
        host.plan(Configurations.instance(100, "version 3").replace("VI_1", "VI_9"));
    assertThat(renamed.changes().get(0))
        .startsWith("VI_1: removed, because version 2 -> 3 of VI_9 makes it another");
  }

  @Test
  void movesNothingThatThisNodeDoesNotHold() {
    FakeHost host = new FakeHost(Configurations.instance(100) + OTHER).start();
    ReloadReport report = host.plan(OTHER);
    assertThat(report.movesAddresses()).isFalse();
    assertThat(report.changes()).containsExactly("VI_1: removed");
    ReloadReport other = host.plan(Configurations.instance(100, "version 3") + OTHER);
    assertThat(other.movesAddresses()).isFalse();
    assertThat(other.changes().get(0))
        .isEqualTo("VI_1: removed, because version 2 -> 3 makes it another virtual router");
  }

  @Test
  void namesGlobalSettings() {
    String before =
        """
        global_defs {
          router_id a
          vrrp_rt_priority 40
          smtp_server 10.0.0.9
          vrrp_notify_priority_changes on
        }
        """;
    String after =
        """
        global_defs {
          router_id b
          vrrp_rt_priority 50
          smtp_server 10.0.0.8
          notify_fifo /run/x
        }
        """;
    String instance = "track_group g {\n group {\n VI_1\n }\n}\n" + Configurations.instance(100);
    FakeHost host = active(before + instance);
    ReloadReport report = host.plan(after + instance.replace("group g", "group h"));
    assertThat(report.movesAddresses()).isFalse();
    assertThat(report.changes())
        .containsExactly(
            "global settings: router_id changes; smtp_server changes; notify_fifo changes;"
                + " track_group changes; vrrp_notify_priority_changes on -> unset; vrrp_rt_priority 40 -> 50 from the next"
                + " start on");
    assertThat(host.plan("\n" + before + instance).changes()).isEmpty();
  }

  @Test
  void doesNotShowWordsOfGlobalSettings() {
    String secret = "global_defs {\n webhook http://10.0.0.9/SECRET\n}\n";
    FakeHost host = active(Configurations.instance(100));
    assertThat(host.plan(secret + Configurations.instance(100)).changes())
        .containsExactly("global settings: webhook changes");
  }

  @Test
  void findsNoChangeInAFileThatOnlyMoved() {
    FakeHost host = active(TRACKED);
    assertThat(host.plan("# one line more\n" + TRACKED).changes()).isEmpty();
    assertThat(host.plan(TRACKED.replace("weight 5", "weight 6")).changes())
        .containsExactly(
            "the set of health checks or their settings change; their results decide whether MASTER"
                + " stays: VI_1");
  }

  @Test
  void namesAChangeOfOrder() {
    String two = "virtual_ipaddress { 10.0.0.101 }";
    FakeHost host = active(Configurations.instance(100, two));
    String swapped =
        Configurations.instance(100, two)
            .replace("10.0.0.100", "x")
            .replace("10.0.0.101", "10.0.0.100")
            .replace("{ x }", "{ 10.0.0.101 }");
    assertThat(host.plan(swapped).changes()).containsExactly("VI_1: order of addresses");
    assertThat(host.plan(swapped).movesAddresses()).isFalse();
  }

  @Test
  void saysThatAFileCannotBeUsed() {
    FakeHost host = active(Configurations.instance(100));
    ReloadReport report = host.plan(Configurations.instance(300));
    assertThat(report.usable()).isFalse();
    assertThat(report.message()).isEqualTo("test.conf cannot be used; a reload would be refused");
    assertThat(report.problems()).hasSize(1);
    assertThat(host.status().configuration().lastReload()).isEmpty();
  }

  @Test
  void reportsWhatAReloadDid() {
    FakeHost host = active(Configurations.instance(100));
    ReloadReport applied = host.reload(Configurations.instance(90));
    assertThat(applied.applied()).isTrue();
    assertThat(applied.generation()).isEqualTo(2);
    assertThat(applied.changes())
        .containsExactly(
            "VI_1: priority 100 -> 90; it leaves MASTER if another node has a higher priority");
    ReloadReport refused = host.reload("vrrp_instance VI_1 {");
    assertThat(refused.applied()).isFalse();
    assertThat(refused.generation()).isEqualTo(2);
    assertThat(refused.message()).contains("refused");
  }

  @Test
  void saysWhatAGroupMayDo() {
    FakeHost host = active(Configurations.instance(100) + OTHER);
    String grouped =
        "vrrp_sync_group G { group { VI_1 VI_2 } }\n" + Configurations.instance(100) + OTHER;
    ReloadReport report = host.plan(grouped);
    assertThat(report.movesAddresses()).isTrue();
    assertThat(report.changes())
        .containsExactly(
            "group G: added; a member that does not become MASTER takes the MASTERs among VI_1, VI_2"
                + " with it");
    host.reload(grouped);
    assertThat(host.plan(Configurations.instance(100) + OTHER).changes())
        .containsExactly("group G: removed; its members move alone");
  }

  @Test
  void saysWhatANewTrackerMayDo() {
    FakeHost host = active(Configurations.instance(100));
    ReloadReport report = host.plan(Configurations.instance(100, "track_interface { nosuch7 }"));
    assertThat(report.movesAddresses()).isTrue();
    assertThat(report.changes())
        .containsExactly(
            "VI_1: what it tracks beside checks changes; it leaves MASTER if what it"
                + " tracks now has failed; goes to FAULT: interface nosuch7: does not exist");
  }

  @Test
  void saysThatABackupMayTakeOver() {
    FakeHost host = new FakeHost(Configurations.instance(100)).start();
    ReloadReport report = host.plan(Configurations.instance(150));
    assertThat(report.movesAddresses()).isFalse();
    assertThat(report.changes())
        .containsExactly("VI_1: priority 100 -> 150; it takes over if its priority is the highest");
  }

  @Test
  void saysThatOthersMayNoLongerHearIt() {
    FakeHost host = active(Configurations.instance(100));
    String unicast =
        Configurations.instance(100, "unicast_src_ip 10.0.0.2", "unicast_peer { 10.0.0.9 }");
    for (String text : List.of(unicast, Configurations.instance(100, "advert_int 2"))) {
      ReloadReport report = host.plan(text);
      assertThat(report.movesAddresses()).as(text).isTrue();
      assertThat(report.changes())
          .singleElement()
          .asString()
          .endsWith("nodes that are not changed alike no longer hear it and claim the addresses");
    }
    assertThat(host.plan(Configurations.instance(110)).movesAddresses()).isFalse();
  }

  @Test
  void saysThatAnotherProcessIsWatched() {
    String process = "vrrp_track_process p {\n process %s\n weight 5\n}\n";
    String tracking = Configurations.instance(100, "track_process { p }");
    FakeHost host = active(process.formatted("haproxy") + tracking);
    ReloadReport report = host.plan(process.formatted("nosuchd") + tracking);
    assertThat(report.movesAddresses()).isTrue();
    assertThat(report.changes())
        .containsExactly(
            "the tracked files, processes or sessions or their settings change; their results decide"
                + " whether MASTER stays: VI_1");
  }
}
