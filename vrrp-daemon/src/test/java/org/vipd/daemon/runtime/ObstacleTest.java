package org.vipd.daemon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vipd.daemon.testkit.Configurations;
import org.vipd.daemon.testkit.FakeClock;
import org.vipd.daemon.testkit.FakeHost;

/** Interfaces and addresses that are missing, come and go. */
class ObstacleTest {

  private static final String RESIGN = "advertise VRID 51 priority 0 10.0.0.2 to 224.0.0.18";

  private static FakeHost active() {
    FakeHost host = new FakeHost(Configurations.instance(100)).start();
    host.runSeconds(4);
    host.trace.take();
    host.journal.take();
    return host;
  }

  @Test
  void waitsForAMissingInterfaceAndStartsWhenItAppears() {
    FakeHost host = new FakeHost(Configurations.instance(100).replace("eth0", "eth1")).start();
    assertThat(host.instance().state()).isEqualTo("FAULT");
    assertThat(host.instance().waitingFor())
        .containsExactly("waiting for interface eth1, which does not exist");
    assertThat(host.trace.lines()).isEmpty();
    host.interfaces.putLink(3, "eth1", true);
    host.settle();
    assertThat(host.instance().waitingFor()).containsExactly("waiting for an IPv4 address on eth1");
    host.interfaces.putAddress(3, "10.0.1.2/24");
    host.settle();
    assertThat(host.instance().state()).isEqualTo("BACKUP");
    assertThat(host.journal.messages())
        .containsExactly(
            "warn VI_1: INIT -> FAULT (waiting for interface eth1, which does not exist)",
            "info VI_1: FAULT -> BACKUP (started with priority 100)");
  }

  @Test
  void goesSilentWhenTheInterfaceGoesDownAndComesBackAsBackup() {
    FakeHost host = active();
    host.interfaces.putLink(2, "eth0", false);
    host.settle();
    assertThat(host.trace.take())
        .containsExactly("remove 10.0.0.100/32 on eth0", "close eth0 ipv4 group 224.0.0.18");
    assertThat(host.instance().state()).isEqualTo("FAULT");
    assertThat(host.instance().reason())
        .isEqualTo("waiting for interface eth0, which is down or has no carrier");
    host.runSeconds(20);
    assertThat(host.trace.lines()).isEmpty();
    host.interfaces.putLink(2, "eth0", true);
    host.settle();
    assertThat(host.instance().state()).isEqualTo("BACKUP");
    host.runSeconds(4);
    assertThat(host.instance().state()).isEqualTo("MASTER");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bridge", "bond", "team"})
  void doesNotClaimOnAPortWhereNobodyIsHeard(String kind) {
    FakeHost host = active();
    host.interfaces.enslave(2, kind);
    host.settle();
    assertThat(host.instance().state()).isEqualTo("FAULT");
    assertThat(host.instance().reason()).contains("eth0, which is a port of a " + kind);
    assertThat(host.trace.take()).contains("remove 10.0.0.100/32 on eth0");
    host.runSeconds(20);
    assertThat(host.instance().state()).isEqualTo("FAULT");
    host.interfaces.enslave(2, "");
    host.settle();
    assertThat(host.instance().state()).isEqualTo("BACKUP");
  }

  @Test
  void survivesAnInterfaceThatIsRemovedAndMadeAnew() {
    FakeHost host = active();
    host.interfaces.removeLink(2);
    host.settle();
    assertThat(host.instance().state()).isEqualTo("FAULT");
    host.interfaces.putLink(7, "eth0", true);
    host.interfaces.putAddress(7, "10.0.0.2/24");
    host.runSeconds(5);
    assertThat(host.instance().state()).isEqualTo("MASTER");
    assertThat(host.interfaces.has("10.0.0.100")).isTrue();
  }

  @Test
  void listsTheInterfacesAgainWhenThatFailed() {
    FakeHost host = new FakeHost(Configurations.instance(100));
    host.interfaces.failToList(Optional.of("recvmsg: EAGAIN"));
    host.start();
    assertThat(host.instance().state()).isEqualTo("FAULT");

    host.interfaces.failToList(Optional.empty());
    host.runSeconds(5);
    assertThat(host.instance().state()).isEqualTo("MASTER");
  }

  @Test
  void resignsWhenItsSourceAddressGoes() {
    FakeHost host = active();
    host.interfaces.takeAddress(2, "10.0.0.2/24");
    host.settle();
    assertThat(host.trace.take()).startsWith(RESIGN, "remove 10.0.0.100/32 on eth0");
    assertThat(host.instance().waitingFor()).containsExactly("waiting for an IPv4 address on eth0");
  }

  @Test
  void waitsForTheConfiguredSourceAddress() {
    String lines = "mcast_src_ip 10.0.0.9";
    FakeHost host = new FakeHost(Configurations.instance(100, lines)).start();
    assertThat(host.instance().waitingFor())
        .containsExactly("waiting for source address 10.0.0.9, which no interface has");
    host.interfaces.putAddress(2, "10.0.0.9/24");
    host.runSeconds(4);
    assertThat(host.trace.lines())
        .contains("advertise VRID 51 priority 100 10.0.0.9 to 224.0.0.18");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mcast_src_ip 10.0.0.9",
        "mcast_src_ip 10.0.0.9\ntrack_src_ip",
        "unicast_src_ip 10.0.0.9\nunicast_peer { 10.0.0.3 }",
        "unicast_src_ip 10.0.0.9\ntrack_src_ip\nunicast_peer { 10.0.0.3 }"
      })
  void isInFaultWhileItsSourceAddressIsMissing(String lines) {
    FakeHost host = new FakeHost(Configurations.instance(100, lines)).start();
    host.runSeconds(4);
    assertThat(host.instance().state()).isEqualTo("FAULT");
    host.interfaces.putAddress(2, "10.0.0.9/24");
    host.runSeconds(4);
    assertThat(host.instance().state()).isEqualTo("MASTER");
    host.interfaces.takeAddress(2, "10.0.0.9/24");
    host.settle();
    assertThat(host.instance().state()).isEqualTo("FAULT");
  }

  @Test
  void neverSendsFromAVirtualAddress() {
    FakeHost host =
        new FakeHost(Configurations.instance(100), new FakeClock(), "10.0.0.100/24").start();
    assertThat(host.instance().waitingFor()).containsExactly("waiting for an IPv4 address on eth0");
    host.interfaces.putAddress(2, "10.0.0.2/24");
    host.runSeconds(4);
    assertThat(host.trace.lines())
        .contains("advertise VRID 51 priority 100 10.0.0.2 to 224.0.0.18");
  }

  @Test
  void waitsUntilATentativeAddressIsUsable() {
    FakeHost host =
        new FakeHost(Configurations.instance(100).replace("10.0.0.100", "fe80::100")).start();
    host.interfaces.putTentativeAddress(2, "fe80::2/64");
    host.settle();
    assertThat(host.instance().waitingFor())
        .containsExactly("waiting for a link-local IPv6 address on eth0");
    host.interfaces.putAddress(2, "fe80::2/64");
    host.settle();
    assertThat(host.instance().state()).isEqualTo("BACKUP");
  }

  @Test
  void waitsForTheInterfaceOfEachVirtualAddress() {
    String lines = "virtual_ipaddress_excluded { 10.1.0.1 dev eth9 }";
    FakeHost host = new FakeHost(Configurations.instance(100, lines)).start();
    assertThat(host.instance().waitingFor())
        .containsExactly("waiting for interface eth9, which does not exist");
    host.interfaces.putLink(9, "eth9", true);
    host.runSeconds(4);
    assertThat(host.trace.lines()).contains("install 10.0.0.100/32 on eth0, 10.1.0.1/32 on eth9");
  }

  @Test
  void retriesAChannelThatCannotBeOpened() {
    FakeHost host = new FakeHost(Configurations.instance(100));
    host.channels.failToOpen(Optional.of("setsockopt(IP_ADD_MEMBERSHIP): ENOBUFS"));
    host.start();
    assertThat(host.instance().waitingFor())
        .containsExactly("waiting for a socket: setsockopt(IP_ADD_MEMBERSHIP): ENOBUFS");
    host.channels.failToOpen(Optional.empty());
    host.runSeconds(6);
    assertThat(host.instance().state()).isEqualTo("BACKUP");
  }

  @Test
  void opensABrokenChannelAgain() {
    FakeHost host = active();
    host.channels.breakAll("recvmsg: ENETDOWN");
    host.runSeconds(6);
    assertThat(host.trace.lines())
        .containsSubsequence("close eth0 ipv4 group 224.0.0.18", "open eth0 ipv4 group 224.0.0.18");
    assertThat(host.channels.openCount()).isEqualTo(1);
    assertThat(host.instance().state()).isEqualTo("MASTER");
    assertThat(host.journal.messages()).contains("warn VI_1: socket failed: recvmsg: ENETDOWN");
  }

  @Test
  void looksAtEverythingAgainWhenReportsWereLost() {
    FakeHost host = active();
    host.interfaces.loseReports(true);
    host.interfaces.putLink(2, "eth0", false);
    host.interfaces.loseReports(false);
    host.settle();
    assertThat(host.instance().state()).isEqualTo("MASTER");
    host.interfaces.askToResynchronize();
    host.settle();
    assertThat(host.instance().state()).isEqualTo("FAULT");
  }

  @Test
  void keepsWhatItKnowsWhenListingFails() {
    FakeHost host = active();
    host.interfaces.failToList(Optional.of("rtnetlink: ENOBUFS"));
    host.interfaces.askToResynchronize();
    host.settle();
    assertThat(host.instance().state()).isEqualTo("MASTER");
    assertThat(host.journal.messages())
        .contains("error interfaces cannot be listed: rtnetlink: ENOBUFS");
  }
}
