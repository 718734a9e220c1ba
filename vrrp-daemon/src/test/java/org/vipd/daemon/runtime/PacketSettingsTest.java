package org.vipd.daemon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.vipd.daemon.event.CheckOutcome;
import org.vipd.daemon.event.Event;
import org.vipd.daemon.testkit.Configurations;
import org.vipd.daemon.testkit.FakeHost;
import org.vipd.daemon.testkit.FakeLan;
import org.vipd.daemon.testkit.Packets;
import org.vipd.protocol.wire.ChecksumForm;
import org.vipd.protocol.wire.NoAuthentication;

/** Settings that change packets and what goes with them: pauses, filters, sizes. */
class PacketSettingsTest {

  @Test
  void electsInAnotherGroup() {
    FakeLan lan = new FakeLan();
    String global = "global_defs { vrrp_mcast_group4 224.0.0.19 }\n";
    FakeHost high = lan.add(global + Configurations.instance(150), "10.0.0.2/24").start();
    FakeHost low = lan.add(global + Configurations.instance(100), "10.0.0.3/24").start();
    lan.runSeconds(10);
    assertThat(high.instance().state()).isEqualTo("MASTER");
    assertThat(low.instance().state()).isEqualTo("BACKUP");
    assertThat(low.instance().counters()).containsEntry("destination-errors", 0L);
  }

  @Test
  void followsTheChecksumFormOfItsActiveOnly() {
    assertThat(formAfterTakeover("version 3", ChecksumForm.MESSAGE_ONLY))
        .isEqualTo(ChecksumForm.PSEUDO_HEADER);
    assertThat(formAfterTakeover("version 3\n v3_checksum_as_v2", ChecksumForm.PSEUDO_HEADER))
        .isEqualTo(ChecksumForm.MESSAGE_ONLY);
  }

  /** What a Backup sends when its Active dies, and a host of priority 1 was heard in between. */
  private static ChecksumForm formAfterTakeover(String ofActive, ChecksumForm ofStranger) {
    FakeLan lan = new FakeLan();
    FakeHost active = lan.add(Configurations.instance(150, ofActive), "10.0.0.2/24").start();
    FakeHost backup = lan.add(Configurations.instance(100, "version 3"), "10.0.0.3/24").start();
    lan.runSeconds(10);
    backup.hear("10.0.0.9", Packets.version3(1, "10.0.0.9", ofStranger));
    active.kill();
    lan.runSeconds(10);
    assertThat(backup.instance().state()).isEqualTo("MASTER");
    FakeHost late = lan.add(Configurations.instance(90, "version 3"), "10.0.0.4/24").start();
    lan.runSeconds(3);
    long whole = late.instance().counters().get(RouterCounter.CHECKSUM_PSEUDO_HEADER.metricName());
    long messageOnly =
        late.instance().counters().get(RouterCounter.CHECKSUM_MESSAGE_ONLY.metricName());
    assertThat(List.of(whole, messageOnly)).contains(0L);
    assertThat(whole + messageOnly).isPositive();
    return whole > 0 ? ChecksumForm.PSEUDO_HEADER : ChecksumForm.MESSAGE_ONLY;
  }

  @Test
  void sendsToGlobalPeersFromAGlobalAddress() {
    String text =
        """
        vrrp_instance VI_1 {
          interface eth0
          virtual_router_id 51
          priority 100
          version 3
          unicast_peer { %s }
          virtual_ipaddress { fe80::100/64 }
        }
        """;
    FakeHost global = new FakeHost(text.formatted("2001:db8::2"));
    FakeHost linkLocal = new FakeHost(text.formatted("fe80::2"));
    for (FakeHost host : List.of(global, linkLocal)) {
      host.interfaces.putAddress(2, "fe80::1/64");
      host.interfaces.putAddress(2, "2001:db8::1/64");
      host.start();
      host.runSeconds(5);
    }
    assertThat(global.trace.lines()).anyMatch(it -> it.contains("from 2001:db8::1"));
    assertThat(linkLocal.trace.lines()).anyMatch(it -> it.contains("from fe80::1"));
    FakeHost none = new FakeHost(text.formatted("2001:db8::2"));
    none.interfaces.putAddress(2, "fe80::1/64");
    none.start();
    assertThat(none.instance().waitingFor())
        .containsExactly(
            "waiting for an IPv6 address like those of the peers, not link-local, on eth0");
  }

  @Test
  void waitsForAsManyAdvertisementsAsConfigured() {
    FakeHost usual = new FakeHost(Configurations.instance(100)).start();
    FakeHost patient = new FakeHost(Configurations.instance(100, "down_timer_adverts 5")).start();
    usual.runSeconds(4);
    patient.runSeconds(4);
    assertThat(usual.instance().state()).isEqualTo("MASTER");
    assertThat(patient.instance().state()).isEqualTo("BACKUP");
    patient.runSeconds(2);
    assertThat(patient.instance().state()).isEqualTo("MASTER");
  }

  @Test
  void answersALowerPriorityUnlessToldNotTo() {
    assertThat(answers("")).isEqualTo(1);
    assertThat(answers("lower_prio_no_advert")).isZero();
    assertThat(answers("strict_mode")).isZero();
  }

  private static long answers(String line) {
    FakeHost host = new FakeHost(Configurations.instance(100, line)).start();
    host.runSeconds(4.1);
    host.trace.take();
    host.hear("10.0.0.3", Packets.version2(99, "10.0.0.3", NoAuthentication.INSTANCE));
    return host.trace.take().stream().filter(it -> it.startsWith("advertise")).count();
  }

  @Test
  void dropsOtherAddressesInStrictModeOnly() {
    assertThat(heardWithOtherAddresses("")).isEqualTo(1);
    assertThat(heardWithOtherAddresses("strict_mode")).isZero();
  }

  private static long heardWithOtherAddresses(String line) {
    String other = Configurations.instance(100, line).replace("10.0.0.100", "10.0.0.200");
    FakeHost host = new FakeHost(other).start();
    host.hear("10.0.0.3", Packets.version2(150, "10.0.0.3", NoAuthentication.INSTANCE));
    return host.instance().counters().get("advertisement-rcvd");
  }

  @Test
  void pausesBetweenAnnouncements() {
    String global = "global_defs { vrrp_garp_interval 0.5 }\n";
    FakeHost host = new FakeHost(global + Configurations.instance(255)).start();
    assertThat(announcements(host)).isEqualTo(1);
    host.run(499_999_999L);
    assertThat(announcements(host)).isEqualTo(1);
    host.run(1);
    assertThat(announcements(host)).isEqualTo(2);
    host.runSeconds(2);
    assertThat(announcements(host)).isEqualTo(5);
  }

  @Test
  void forgetsWaitingAnnouncementsWhenItLosesTheAddresses() {
    String global = "global_defs { vrrp_garp_interval 0.5 }\n";
    FakeHost host = new FakeHost(global + Configurations.instance(255)).start();
    host.interfaces.putLink(2, "eth0", false);
    host.runSeconds(10);
    assertThat(announcements(host)).isEqualTo(1);
  }

  private static long announcements(FakeHost host) {
    return host.trace.lines().stream().filter(it -> it.startsWith("announce")).count();
  }

  @Test
  void filtersPacketsToAddressesItMustNotAccept() {
    FakeHost host = new FakeHost(Configurations.instance(100, "no_accept")).start();
    assertThat(host.trace.lines())
        .anyMatch(
            it ->
                it.startsWith("filter: add table inet vipd; delete table inet vipd; add ")
                    && it.contains("{ 10.0.0.100 } drop"));
    host.trace.take();
    host.reload(Configurations.instance(100));
    assertThat(host.trace.lines())
        .containsExactly("filter: add table inet vipd; delete table inet vipd");
    assertThat(host.scripts.optionalChanges()).isEmpty();
  }

  @Test
  void takesRulesOfAFormerRunAwayAtTheStart() {
    FakeHost host = new FakeHost(Configurations.instance(100)).start();
    assertThat(host.scripts.optionalChanges()).containsExactly("delete table inet vipd");
    host.reload(Configurations.instance(90));
    assertThat(host.scripts.optionalChanges()).hasSize(1);
  }

  @Test
  void showsThatThePacketFilterCouldNotBeChangedAndTriesAgainOnReload() {
    String text = Configurations.instance(100, "no_accept");
    FakeHost host = new FakeHost(text).start();
    CheckOutcome missing =
        new CheckOutcome(
            CheckOutcome.Kind.UNRUNNABLE, 0, "no program 'nft' in [/usr/sbin]", Duration.ZERO);
    host.queue.post(new Event.FilterChanged(missing));
    host.settle();
    assertThat(host.status().configuration().problems())
        .first()
        .asString()
        .startsWith(
            "no_accept is not in force, the packet filter could not be changed: nft cannot be run:"
                + " no program 'nft'");
    assertThat(host.journal.messages()).anyMatch(it -> it.startsWith("error no_accept is not"));
    host.trace.take();
    host.reload(text);
    assertThat(host.trace.lines()).singleElement().asString().startsWith("filter: ");
    host.queue.post(
        new Event.FilterChanged(new CheckOutcome(CheckOutcome.Kind.EXITED, 0, "", Duration.ZERO)));
    host.settle();
    assertThat(host.status().configuration().problems()).noneMatch(it -> it.contains("no_accept"));
  }

  @Test
  void leavesThePacketFilterAloneUnlessAsked() {
    FakeHost host = new FakeHost(Configurations.instance(100)).start();
    host.stop();
    assertThat(host.trace.lines()).noneMatch(it -> it.contains("nft"));
  }

  @Test
  void waitsForAnMtuThatTheMessageFits() {
    String addresses =
        IntStream.rangeClosed(1, 254)
            .mapToObj(it -> "fe80::" + Integer.toHexString(it))
            .collect(Collectors.joining("\n"));
    String text =
        Configurations.instance(100, "virtual_ipaddress {", addresses, "}")
            .replace("10.0.0.100", "fe80::100");
    FakeHost host = new FakeHost(text);
    host.interfaces.putAddress(2, "fe80::ffff/64");
    host.start();
    assertThat(host.instance().state()).isEqualTo("FAULT");
    List<String> waiting = host.instance().waitingFor();
    assertThat(waiting).singleElement().asString().contains("the MTU of eth0 is 1500");
  }
}
