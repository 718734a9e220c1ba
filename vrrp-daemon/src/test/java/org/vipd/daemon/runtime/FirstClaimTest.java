package org.vipd.daemon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.vipd.daemon.event.Notice;
import org.vipd.daemon.testkit.Configurations;
import org.vipd.daemon.testkit.FakeHost;
import org.vipd.daemon.testkit.Packets;
import org.vipd.protocol.value.IpAddress;
import org.vipd.protocol.wire.NoAuthentication;
import org.vipd.protocol.wire.SimplePassword;

/** Whether somebody else has the addresses is looked at before the first claim. */
class FirstClaimTest {

  private static final String VIP = "10.0.0.100";
  private static final String NEIGHBOUR = "10.0.0.3";
  private static final long STRANGER = 0x0200_0000_0099L;
  private static final long PEER = 0x0200_0000_0003L;
  private static final String STRANGER_TEXT =
      VIP + " is in use on eth0 by another host, MAC 02:00:00:00:00:99";

  /** Three intervals and the skew at priority 100: 3.609 s. */
  private static final double ACTIVE_DOWN = 3.61;

  private static FakeHost host(int priority, String... lines) {
    return new FakeHost(Configurations.instance(priority, lines));
  }

  private static long askedFor(FakeHost host, String address) {
    IpAddress wanted = IpAddress.parse(address).orElseThrow();
    return host.neighbours.asked().stream().filter(wanted::equals).count();
  }

  private static void hearPeer(FakeHost host, int priority) {
    host.neighbours.advertise(NEIGHBOUR, PEER);
    host.hear(NEIGHBOUR, Packets.version2(priority, NEIGHBOUR, NoAuthentication.INSTANCE));
  }

  @Test
  void asksWhileItWaitsAnyway() {
    FakeHost host = host(100).start();
    assertThat(askedFor(host, VIP)).isEqualTo(1);
    host.runSeconds(ACTIVE_DOWN);

    assertThat(host.instance().state()).isEqualTo("MASTER");
    assertThat(askedFor(host, VIP)).isEqualTo(3);
    assertThat(host.instance().warnings()).isEmpty();
    assertThat(host.neighbours.openCount()).isZero();
  }

  @Test
  void doesNotClaimWhatAStrangerHas() {
    FakeHost host = host(100);
    host.neighbours.give(VIP, STRANGER);
    host.start().runSeconds(60);

    assertThat(host.instance().state()).isEqualTo("FAULT");
    assertThat(host.instance().reason())
        .startsWith(STRANGER_TEXT + ", that is no accepted router of this VRID: take the address");
    assertThat(String.join("\n", host.trace.lines())).doesNotContain("advertise VRID", "install");
    assertThat(host.instance().warnings()).singleElement().asString().startsWith(STRANGER_TEXT);
    assertThat(host.instance().explanation().changes())
        .anyMatch(it -> it.startsWith("it runs again when nobody answers for the address: " + VIP));
    assertThat(host.instance().counters()).containsEntry("foreign-owners", 1L);
  }

  /** The same host sends for a virtual router of the other family, too. */
  @Test
  void namesAStrangerByItsAddressOfTheSameFamily() {
    FakeHost host = host(100);
    host.neighbours.give(VIP, STRANGER);
    host.start();
    host.neighbours.advertise("fe80::99", STRANGER);
    host.neighbours.advertise("10.0.0.99", STRANGER);
    host.runSeconds(10);

    assertThat(host.instance().reason())
        .startsWith(STRANGER_TEXT + ", which sends VRRP packets from 10.0.0.99");
  }

  @Test
  void asksOverEachInterfaceAlsoWhereAnotherRefuses() {
    String elsewhere = "10.0.1.100";
    FakeHost host = host(100, "virtual_ipaddress { " + elsewhere + " dev eth1 }");
    host.interfaces.putLink(3, "eth1", true);
    host.neighbours.refuseQuestions("eth0");
    host.neighbours.give(elsewhere, STRANGER);
    host.start().runSeconds(10);
    assertThat(host.instance().state()).isEqualTo("FAULT");
    assertThat(host.instance().reason()).startsWith(elsewhere + " is in use on eth1");
  }

  /** Its kernel takes the addresses away three seconds after its last words, which were earlier. */
  @Test
  void claimsWhatAnActiveThatHasDiedLosesMeanwhile() {
    FakeHost host = host(100);
    host.neighbours.give(VIP, STRANGER);
    host.start().runSeconds(3);
    host.neighbours.take(VIP);
    host.runSeconds(ACTIVE_DOWN - 3);

    assertThat(host.instance().state()).isEqualTo("MASTER");
    assertThat(host.instance().warnings()).isEmpty();
  }

  @Test
  void everyAnswerCountsWhereThereIsNoTimeForTheLateQuestions() {
    FakeHost host = host(100, "version 3", "advert_int 0.1");
    host.neighbours.give(VIP, STRANGER);
    host.start().runSeconds(0.2);
    host.neighbours.take(VIP);
    host.runSeconds(0.3);

    assertThat(host.instance().state()).isEqualTo("FAULT");
  }

  /** Started just after an Active died, whose lease of three seconds is longer than the wait. */
  @Test
  void claimsSoonWhenAShortLivedStrangerHasGone() {
    FakeHost host = host(100, "version 3", "advert_int 0.1");
    host.neighbours.give(VIP, STRANGER);
    host.start().runSeconds(3);
    assertThat(host.instance().state()).isEqualTo("FAULT");
    host.neighbours.take(VIP);
    host.runSeconds(5);

    assertThat(host.instance().state()).isEqualTo("MASTER");
  }

  /** Nobody asks a whole network each second for ever. */
  @Test
  void asksAStrangerThatStaysEveryFiveSeconds() {
    FakeHost host = host(100);
    host.neighbours.give(VIP, STRANGER);
    host.start().runSeconds(60);
    long before = askedFor(host, VIP);
    host.runSeconds(60);

    assertThat(askedFor(host, VIP) - before).isEqualTo(12);
  }

  @Test
  void saysItOnceInTheLogAndAsAnEvent() {
    FakeHost host = host(100);
    host.neighbours.give(VIP, STRANGER);
    host.start().runSeconds(600);

    assertThat(host.journal.messages()).filteredOn(it -> it.endsWith(STRANGER_TEXT)).hasSize(1);
    assertThat(host.journal.messages()).filteredOn(it -> it.contains("-> FAULT")).hasSize(1);
    assertThat(host.notices.all())
        .filteredOn(it -> it.kind() == Notice.Kind.STRANGER)
        .singleElement()
        .satisfies(it -> assertThat(it.explanation()).isEqualTo(STRANGER_TEXT));
  }

  @Test
  void claimsWhenTheStrangerHasGone() {
    FakeHost host = host(100);
    host.neighbours.give(VIP, STRANGER);
    host.start().runSeconds(30);
    host.neighbours.take(VIP);
    host.runSeconds(20);

    assertThat(host.instance().state()).isEqualTo("MASTER");
  }

  @Test
  void claimsAllTheSameWhenToldTo() {
    FakeHost host = host(100, "listen_before_claim off");
    host.neighbours.give(VIP, STRANGER);
    host.start().runSeconds(ACTIVE_DOWN);

    assertThat(host.instance().state()).isEqualTo("MASTER");
    assertThat(host.instance().warnings()).singleElement().asString().startsWith(STRANGER_TEXT);
  }

  @Test
  void aReloadThatSwitchesListeningOffIsFollowedAtOnce() {
    FakeHost host = host(100);
    host.neighbours.give(VIP, STRANGER);
    host.start().runSeconds(30);
    host.reload(Configurations.instance(100, "listen_before_claim off"));
    host.runSeconds(ACTIVE_DOWN);

    assertThat(host.instance().state()).isEqualTo("MASTER");
  }

  @Test
  void anOwnerClaimsAtOnceAndReportsWhoElseHasTheAddress() {
    FakeHost host = host(255);
    host.neighbours.give(VIP, STRANGER);
    host.start();
    assertThat(host.instance().state()).isEqualTo("MASTER");
    host.runSeconds(2);

    assertThat(host.instance().state()).isEqualTo("MASTER");
    assertThat(host.instance().warnings()).singleElement().asString().startsWith(STRANGER_TEXT);
    assertThat(host.neighbours.openCount()).isZero();
  }

  @Test
  void theActiveThatIsHeardIsNoStranger() {
    FakeHost host = host(100);
    host.neighbours.give(VIP, PEER);
    host.start();
    for (int i = 0; i < 4; i++) {
      hearPeer(host, 50);
      host.runSeconds(ACTIVE_DOWN / 4);
    }

    assertThat(host.instance().state()).isEqualTo("MASTER");
    assertThat(host.instance().warnings()).isEmpty();
  }

  @Test
  void aTakeoverFromAnAcceptedActiveIsNotHeldUpByAStranger() {
    FakeHost host = host(100);
    host.neighbours.give(VIP, STRANGER);
    host.start();
    hearPeer(host, 50);
    host.runSeconds(ACTIVE_DOWN);

    assertThat(host.instance().state()).isEqualTo("MASTER");
    // it may be the Active, which need not answer from where it advertises
    assertThat(host.instance().warnings()).isEmpty();
  }

  @Test
  void nobodyIsAskedBeforeAnOrdinaryTakeover() {
    FakeHost host = host(100).start();
    for (int i = 0; i < 10; i++) {
      hearPeer(host, 150);
      host.runSeconds(1);
    }
    assertThat(host.neighbours.openCount()).isZero();
    long before = askedFor(host, VIP);
    host.neighbours.give(VIP, STRANGER);
    host.runSeconds(ACTIVE_DOWN - 1);

    assertThat(host.instance().state()).isEqualTo("MASTER");
    assertThat(askedFor(host, VIP)).isEqualTo(before);
  }

  @Test
  void aHostThatAnswersForEverythingIsNoStranger() {
    FakeHost host = host(100);
    host.neighbours.answerForAll(STRANGER);
    host.start().runSeconds(ACTIVE_DOWN);

    assertThat(host.instance().state()).isEqualTo("MASTER");
    assertThat(host.instance().warnings()).isEmpty();
  }

  @Test
  void anInterfaceOfThisHostIsNoStranger() {
    FakeHost host = host(100);
    host.interfaces.putLink(3, "eth1", true);
    host.neighbours.give(VIP, 0x0200_0000_0003L);
    host.start().runSeconds(ACTIVE_DOWN);

    assertThat(host.instance().state()).isEqualTo("MASTER");
    assertThat(host.instance().warnings()).isEmpty();
  }

  @Test
  void waitsOnceMoreWhenNothingAtAllIsReceived() {
    FakeHost host = host(100);
    host.neighbours.beQuiet(true);
    host.start().runSeconds(ACTIVE_DOWN);
    assertThat(host.instance().state()).isEqualTo("BACKUP");
    assertThat(host.journal.messages()).anyMatch(it -> it.contains("nothing was received on eth0"));
    host.runSeconds(ACTIVE_DOWN);

    assertThat(host.instance().state()).isEqualTo("MASTER");
  }

  @Test
  void asksAgainWhenTheLinkCameUp() {
    FakeHost host = host(100).start();
    host.runSeconds(ACTIVE_DOWN);
    host.interfaces.putLink(2, "eth0", false);
    host.runSeconds(1);
    host.neighbours.give(VIP, STRANGER);
    host.interfaces.putLink(2, "eth0", true);
    host.runSeconds(ACTIVE_DOWN);

    assertThat(host.instance().reason()).startsWith(STRANGER_TEXT);
    host.interfaces.putLink(2, "eth0", false);
    host.settle();
    assertThat(host.neighbours.openCount()).isZero();
  }

  @Test
  void aGroupDoesNotRiseWhenAStrangerHasAnAddressOfOne() {
    String second = Configurations.instance(90).replace("VI_1", "VI_2").replace("51", "52");
    FakeHost host =
        new FakeHost(
            Configurations.instance(100)
                + second.replace(VIP, "10.0.0.200")
                + "vrrp_sync_group G {\n group {\n VI_1\n VI_2\n }\n}\n");
    host.neighbours.give("10.0.0.200", STRANGER);
    host.start().runSeconds(10);

    assertThat(host.instance("VI_2").state()).isEqualTo("FAULT");
    assertThat(host.instance("VI_1").state()).isEqualTo("FAULT");
    assertThat(String.join("\n", host.trace.lines())).doesNotContain("advertise VRID");
  }

  @Test
  void claimsWithoutAskingWhenNobodyCanBeListenedTo() {
    FakeHost host = host(100);
    host.neighbours.fail("socket: EMFILE");
    host.start().runSeconds(ACTIVE_DOWN);

    assertThat(host.instance().state()).isEqualTo("MASTER");
    assertThat(host.journal.messages())
        .anyMatch(it -> it.contains(VIP + " is claimed without asking who has it: socket: EMFILE"));
  }

  @Test
  void namesTheHostThatUsesTheVridAndIsRejected() {
    FakeHost host = host(100).start();
    for (int i = 0; i < 3; i++) {
      host.hear(NEIGHBOUR, Packets.version2(150, NEIGHBOUR, SimplePassword.of("secret")));
      host.neighbours.advertise(NEIGHBOUR, STRANGER);
      host.runSeconds(1);
    }

    String named = NEIGHBOUR + ", MAC 02:00:00:00:00:99, uses VRID 51 on eth0, and its packets are";
    assertThat(host.instance().warnings())
        .filteredOn(it -> it.contains(NEIGHBOUR))
        .singleElement()
        .asString()
        .startsWith(NEIGHBOUR + ", MAC 02:00:00:00:00:99, sends packets for this VRID that are");
    assertThat(host.journal.messages()).filteredOn(it -> it.contains(named)).hasSize(1);
    assertThat(host.notices.all()).anyMatch(it -> it.explanation().startsWith(named));
    host.runSeconds(61);
    assertThat(host.neighbours.openCount()).isZero();
    assertThat(host.instance().warnings()).singleElement().asString().startsWith(named);
  }
}
