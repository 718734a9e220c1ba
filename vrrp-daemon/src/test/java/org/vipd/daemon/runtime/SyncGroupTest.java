package org.vipd.daemon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vipd.daemon.event.CheckOutcome;
import org.vipd.daemon.testkit.FakeHost;
import org.vipd.daemon.testkit.Packets;

/** Members of a group move together. */
class SyncGroupTest {

  private static final CheckOutcome PASSED =
      new CheckOutcome(CheckOutcome.Kind.EXITED, 0, "", Duration.ofMillis(5));
  private static final CheckOutcome FAILED =
      new CheckOutcome(CheckOutcome.Kind.EXITED, 1, "", Duration.ofMillis(5));

  private static String instance(String name, int vrid, int priority, String more) {
    return "vrrp_instance "
        + name
        + " {\ninterface eth0\nvirtual_router_id "
        + vrid
        + "\npriority "
        + priority
        + "\nvirtual_ipaddress { 10.0.0."
        + (vrid + 49)
        + " }\nnotify /member\n"
        + more
        + "\n}\n";
  }

  private static String group(String more) {
    return "vrrp_sync_group G {\ngroup {\nA\nB\n}\nnotify /group\n" + more + "\n}\n";
  }

  private static String both(String groupLines, String linesOfA) {
    return group(groupLines) + instance("A", 51, 100, linesOfA) + instance("B", 52, 100, "");
  }

  private static FakeHost started(String text) {
    return new FakeHost(text).start();
  }

  private static void expect(FakeHost host, String stateOfA, String stateOfB) {
    assertThat(host.instance("A").state()).isEqualTo(stateOfA);
    assertThat(host.instance("B").state()).isEqualTo(stateOfB);
  }

  @Test
  void aFaultOfAMemberStaysOneWhereTheGroupHasAWeightForIt() {
    String text =
        "vrrp_script bad {\nscript /bin/false\n}\n"
            + both("track_script { bad weight 7 }", "track_script { bad }");
    FakeHost host = started(text);
    host.check("bad", PASSED);
    host.runSeconds(4);
    expect(host, "MASTER", "MASTER");
    assertThat(host.instance("A").effectivePriority()).isEqualTo(100);
    assertThat(host.instance("B").effectivePriority()).isEqualTo(107);
    host.check("bad", FAILED);
    host.runSeconds(1);
    expect(host, "FAULT", "FAULT");
  }

  @Test
  void risesTogetherAndTellsOfTheGroupLast() {
    FakeHost host = started(both("", ""));
    expect(host, "BACKUP", "BACKUP");
    host.runSeconds(4);
    expect(host, "MASTER", "MASTER");
    assertThat(host.trace.lines().stream().filter(it -> it.startsWith("hooks")).toList())
        .containsExactly(
            "hooks B BACKUP: /member INSTANCE B BACKUP 100",
            "hooks A BACKUP: /member INSTANCE A BACKUP 100",
            "hooks group G BACKUP: /group GROUP G BACKUP 0",
            "hooks B MASTER: /member INSTANCE B MASTER 100",
            "hooks A MASTER: /member INSTANCE A MASTER 100",
            "hooks group G MASTER: /group GROUP G MASTER 0");
  }

  @Test
  void doesNotRiseWhileOneMemberHearsAnActive() {
    FakeHost host = started(both("", ""));
    for (int i = 0; i < 8; i++) {
      host.runSeconds(1);
      host.hear("10.0.0.9", Packets.advertisement(52, 150));
    }
    expect(host, "BACKUP", "BACKUP");
    host.runSeconds(8);
    expect(host, "MASTER", "MASTER");
  }

  @Test
  void fallsTogetherWhenOneMemberIsOutranked() {
    FakeHost host = started(both("", ""));
    host.runSeconds(4);
    host.trace.take();
    host.hear("10.0.0.9", Packets.advertisement(51, 150));
    expect(host, "BACKUP", "BACKUP");
    assertThat(host.trace.lines()).noneMatch(it -> it.contains("priority 0"));
    assertThat(host.instance("B").reason()).isEqualTo("A of the same group became BACKUP");
  }

  @Test
  void isInFaultAsAWholeAndComesBackAsAWhole() {
    String check = "vrrp_script c {\nscript \"/bin/c\"\n}\n";
    FakeHost host = started(check + both("", "track_script { c }"));
    expect(host, "INIT", "INIT");
    host.check("c", PASSED);
    host.runSeconds(4);
    expect(host, "MASTER", "MASTER");
    host.trace.take();
    host.check("c", FAILED);
    expect(host, "FAULT", "FAULT");
    assertThat(host.instance("B").reason()).isEqualTo("A of group G is in FAULT");
    assertThat(host.trace.lines().stream().filter(it -> it.contains("priority 0"))).hasSize(2);
    host.check("c", PASSED);
    expect(host, "BACKUP", "BACKUP");
    host.runSeconds(4);
    expect(host, "MASTER", "MASTER");
  }

  @Test
  void tracksForEachMemberWhatTheGroupTracks() {
    String check = "vrrp_script c {\nscript \"/bin/c\"\nweight 10\n}\n";
    FakeHost host = started(check + both("track_script { c weight 0 }", ""));
    host.check("c", FAILED);
    expect(host, "FAULT", "FAULT");
    for (String more : List.of("", "sync_group_tracking_weight\n")) {
      FakeHost weighted = started(check + both(more + "track_script { c }", ""));
      weighted.check("c", PASSED);
      assertThat(weighted.instance("A").effectivePriority()).isEqualTo(110);
      assertThat(weighted.instance("B").effectivePriority()).isEqualTo(110);
    }
  }

  @Test
  void doesNotMoveBecauseOfAReload() {
    FakeHost host = started(instance("A", 51, 100, "") + instance("B", 52, 100, ""));
    host.hear("10.0.0.9", Packets.advertisement(52, 150));
    for (int i = 0; i < 5; i++) {
      host.runSeconds(1);
      host.hear("10.0.0.9", Packets.advertisement(52, 150));
    }
    expect(host, "MASTER", "BACKUP");
    host.trace.take();
    host.reload(both("", ""));
    expect(host, "MASTER", "BACKUP");
    assertThat(host.trace.lines()).noneMatch(it -> it.startsWith("hooks"));
    host.reload(instance("A", 51, 100, "") + instance("B", 52, 100, ""));
    expect(host, "MASTER", "BACKUP");
  }

  private static String alone() {
    return instance("A", 51, 100, "") + instance("B", 52, 100, "");
  }

  /** A is MASTER, and B follows another host that goes on to speak. */
  private static FakeHost split() {
    FakeHost host = started(alone());
    hearOthersB(host, 5);
    expect(host, "MASTER", "BACKUP");
    host.trace.take();
    return host;
  }

  private static void hearOthersB(FakeHost host, double seconds) {
    for (int i = 0; i < seconds * 2; i++) {
      host.hear("10.0.0.9", Packets.advertisement(52, 150));
      host.runSeconds(0.5);
    }
  }

  @Test
  void membersThatAReloadPutsTogetherAreTogetherAfterAnActiveDownInterval() {
    FakeHost host = split();
    host.reload(both("", ""));
    hearOthersB(host, 3.5);
    expect(host, "MASTER", "BACKUP");
    hearOthersB(host, 0.5);
    expect(host, "BACKUP", "BACKUP");
    assertThat(host.instance("A").reason())
        .isEqualTo("B of the same group is not MASTER, and members are together");
    assertThat(host.trace.lines()).filteredOn(it -> it.contains("priority 0")).hasSize(1);
    assertThat(host.journal.messages())
        .contains(
            "info group G: since the reload A had time to be joined by B, which another node has or"
                + " nobody can take: MASTER is given up, so that the members are together");
    hearOthersB(host, 30);
    expect(host, "BACKUP", "BACKUP");
    assertThat(host.trace.lines()).filteredOn(it -> it.startsWith("hooks A")).hasSize(1);
    host.runSeconds(8);
    expect(host, "MASTER", "MASTER");
  }

  @Test
  void aMemberThatHearsNobodyJoinsTheOthersAfterAReload() {
    FakeHost host = split();
    host.reload(both("", ""));
    host.runSeconds(20);
    expect(host, "MASTER", "MASTER");
    assertThat(host.trace.lines()).noneMatch(it -> it.startsWith("hooks A"));
  }

  @Test
  void anotherReloadDoesNotMakeItLater() {
    FakeHost host = split();
    host.reload(both("", ""));
    hearOthersB(host, 2);
    host.reload(both("", "garp_master_delay 3"));
    hearOthersB(host, 2);
    expect(host, "BACKUP", "BACKUP");
  }

  @Test
  void aMemberThatComesWhenTheOthersAreTogetherHasAllTheTime() {
    FakeHost host = split();
    host.reload(both("", ""));
    host.runSeconds(3.2);
    expect(host, "MASTER", "MASTER");
    host.reload(both("", "").replace("B\n}", "B\nC\n}") + instance("C", 53, 100, ""));
    host.runSeconds(8);
    expect(host, "MASTER", "MASTER");
    assertThat(host.instance("C").state()).isEqualTo("MASTER");
    assertThat(host.trace.lines()).noneMatch(it -> it.startsWith("hooks A"));
  }

  /** Its first result comes later than the others would wait for one that listens. */
  @Test
  void aMemberThatWaitsForItsFirstResultIsWaitedFor() {
    FakeHost host = started(instance("A", 51, 100, ""));
    host.runSeconds(5);
    host.trace.take();
    String check = "vrrp_script slow {\nscript /bin/true\ninterval 1\n}\n";
    host.reload(check + both("", "track_script { slow }"));
    host.runSeconds(6);
    assertThat(host.instance("A").state()).isEqualTo("MASTER");
    host.check("slow", PASSED);
    host.runSeconds(8);
    expect(host, "MASTER", "MASTER");
    assertThat(host.trace.lines()).noneMatch(it -> it.startsWith("hooks A"));
  }

  @Test
  void allThatGiveUpForAnotherMemberSayFarewell() {
    FakeHost host = started(alone() + instance("C", 53, 100, ""));
    hearOthersB(host, 5);
    host.trace.take();
    host.reload(both("", "").replace("B\n}", "B\nC\n}") + instance("C", 53, 100, ""));
    hearOthersB(host, 4);
    expect(host, "BACKUP", "BACKUP");
    assertThat(host.instance("C").state()).isEqualTo("BACKUP");
    assertThat(host.trace.lines()).filteredOn(it -> it.contains("priority 0")).hasSize(2);
    assertThat(host.instance("C").reason()).startsWith("B of the same group is not MASTER");
  }

  @Test
  void aReloadThatTakesTheGroupAwayAgainLetsMembersStayWhereTheyAre() {
    FakeHost host = split();
    host.reload(both("", ""));
    hearOthersB(host, 2);
    host.reload(alone());
    hearOthersB(host, 10);
    expect(host, "MASTER", "BACKUP");
  }

  @Test
  void aMemberThatAReloadAddsJoinsTheOthersWithoutMovingThem() {
    FakeHost host = started(instance("A", 51, 100, ""));
    host.runSeconds(5);
    host.trace.take();
    host.reload(both("", ""));
    host.runSeconds(20);
    expect(host, "MASTER", "MASTER");
    assertThat(host.trace.lines()).noneMatch(it -> it.startsWith("hooks A"));
  }

  @Test
  void anUnchangedGroupIsNotMovedByAReload() {
    FakeHost host = started(both("", ""));
    host.runSeconds(8);
    host.trace.take();
    host.reload(both("", "garp_master_delay 3"));
    host.runSeconds(20);
    expect(host, "MASTER", "MASTER");
    assertThat(host.trace.lines()).noneMatch(it -> it.startsWith("hooks"));
  }

  @Test
  void holdsAnOwnerBackUntilItsGroupCanRise() {
    String text = group("") + instance("A", 51, 255, "") + instance("B", 52, 100, "");
    FakeHost host = started(text);
    expect(host, "BACKUP", "BACKUP");
    host.runSeconds(8);
    expect(host, "MASTER", "MASTER");
  }

  @Test
  void tellsOfTheGroupAfterItsMembersAndWhy() {
    FakeHost host = started(both("", ""));
    host.runSeconds(8);
    host.stop();
    assertThat(host.notices.all())
        .extracting(it -> it.subject().type() + " " + it.subject().name() + " " + it.state())
        .endsWith(
            "INSTANCE B MASTER",
            "INSTANCE A MASTER",
            "GROUP G MASTER",
            "INSTANCE A STOP",
            "INSTANCE B STOP",
            "GROUP G STOP");
    assertThat(host.notices.last().before()).isEqualTo("MASTER");
    assertThat(host.notices.last().explanation()).contains("signal TERM");
  }

  @Test
  void saysTheStatesAgainAfterAReloadThatAsksForIt() {
    FakeHost host = started(both("", ""));
    host.runSeconds(8);
    int before = host.notices.all().size();
    host.reload(both("", ""));
    assertThat(host.notices.all()).hasSize(before);
    host.reload("global_defs { fifo_write_vrrp_states_on_reload }\n" + both("", ""));
    assertThat(host.notices.all().subList(before, before + 3))
        .allMatch(it -> it.isRepeated() && it.state().equals("MASTER"))
        .extracting(it -> it.subject().name())
        .containsExactly("A", "B", "G");
  }
}
