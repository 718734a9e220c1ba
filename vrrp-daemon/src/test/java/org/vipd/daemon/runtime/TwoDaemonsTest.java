package org.vipd.daemon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.vipd.daemon.port.LocalAddress;
import org.vipd.daemon.testkit.Configurations;
import org.vipd.daemon.testkit.FakeHost;
import org.vipd.daemon.testkit.Packets;
import org.vipd.protocol.wire.NoAuthentication;

/** Another vipd in the same network namespace has the address; neither hears the other. */
class TwoDaemonsTest {

  private static final String VIP = "10.0.0.100/32";
  private static final String TOLD =
      VIP
          + " on eth0 has a lease that is not of this daemon: another vipd in this network namespace";

  private static FakeHost beside(int priority) {
    FakeHost host = new FakeHost(Configurations.instance(priority));
    host.interfaces.keepMarks();
    host.interfaces.putBesideUs(2, VIP);
    return host.start();
  }

  private static void renew(FakeHost host, double seconds) {
    for (int i = 0; i < seconds; i++) {
      host.interfaces.putBesideUs(2, VIP);
      host.runSeconds(1);
    }
  }

  private static void assertYields(FakeHost host) {
    assertThat(host.instance().state()).isEqualTo("FAULT");
    assertThat(host.instance().waitingFor())
        .singleElement()
        .asString()
        .startsWith(TOLD)
        .endsWith("stop one of them");
    assertThat(host.instance().explanation().changes())
        .anyMatch(it -> it.startsWith("it runs again when nobody on this host has the address"));
  }

  @Test
  void leaveTheAddressToTheFirstAndSaySo() {
    FakeHost host = beside(100);
    assertThat(host.instance().state()).isEqualTo("BACKUP");
    host.runSeconds(5);
    assertYields(host);
    host.runSeconds(60);
    assertThat(host.instance().state()).isEqualTo("FAULT");
    assertThat(host.interfaces.has("10.0.0.100")).isTrue();
    assertThat(String.join("\n", host.trace.lines())).doesNotContain("advertise", "remove ");
    host.stop();
    assertThat(host.interfaces.has("10.0.0.100")).isTrue();
  }

  @Test
  void keepAnOwnerFromClaimingAtOnce() {
    FakeHost host = beside(255);
    assertYields(host);
    assertThat(String.join("\n", host.trace.lines())).doesNotContain("advertise", "install");
  }

  @Test
  void serveOneAfterTheOther() {
    FakeHost host = beside(100);
    host.runSeconds(5);
    host.interfaces.takeAddress(2, VIP);
    host.runSeconds(5);
    assertThat(host.instance().state()).isEqualTo("MASTER");
  }

  /** As in a container that was made anew, without the ledger: its lease ends meanwhile. */
  @Test
  void doNotDelayAClaimWhenTheFirstHasDied() {
    FakeHost host = beside(100);
    host.runSeconds(2.9);
    host.interfaces.takeAddress(2, VIP);
    host.runSeconds(0.72);
    assertThat(host.instance().state()).isEqualTo("MASTER");
  }

  @Test
  void letAnOwnerClaimASecondAfterTheLeaseHasEnded() {
    FakeHost host = beside(255);
    host.runSeconds(2.5);
    host.interfaces.takeAddress(2, VIP);
    host.runSeconds(1);
    assertThat(host.instance().state()).isEqualTo("MASTER");
  }

  /** What it added itself has a lease as well. */
  @Test
  void areNotSeenWhereThereIsOne() {
    FakeHost host = new FakeHost(Configurations.instance(100));
    host.interfaces.keepMarks();
    host.start().runSeconds(5);
    host.hear("10.0.0.3", Packets.version2(200, "10.0.0.3", NoAuthentication.INSTANCE));
    assertThat(host.instance().state()).isEqualTo("BACKUP");
    host.runSeconds(5);
    assertThat(host.instance().state()).isEqualTo("MASTER");
    host.reload(Configurations.instance(255).replace("51", "52"));
    assertThat(host.instance().state()).isEqualTo("MASTER");
  }

  /** The ledger names what this one only prepared to have, so it resumed what the other serves. */
  @Test
  void findOutWhenOneResumesWhatTheOtherRenews() {
    FakeHost host = new FakeHost(Configurations.instance(100));
    host.interfaces.keepMarks();
    host.interfaces.putBesideUs(2, VIP);
    host.interfaces.leaveAll();
    host.start();
    assertThat(host.instance().state()).isEqualTo("MASTER");
    host.trace.take();
    renew(host, 4);
    assertYields(host);
    assertThat(host.interfaces.has("10.0.0.100")).isTrue();
    assertThat(host.trace.take()).noneMatch(it -> it.contains("priority 0 "));
    renew(host, 20);
    assertYields(host);
  }

  /** The last renewals of a process that handed over are read when the next one has resumed. */
  @Test
  void doNotComeOfASingleRenewal() {
    FakeHost host = new FakeHost(Configurations.instance(100));
    host.interfaces.keepMarks();
    host.interfaces.putBesideUs(2, VIP);
    host.interfaces.leaveAll();
    host.start();
    renew(host, 1);
    host.runSeconds(10);
    assertThat(host.instance().state()).isEqualTo("MASTER");
  }

  /** A third router is heard: that wakes the second one up, and changes nothing. */
  @Test
  void doNotSpinWhileARouterIsHeard() {
    FakeHost host = beside(100);
    host.runSeconds(5);
    long before = host.status().daemon().get("loop-turns");
    for (int i = 0; i < 10; i++) {
      host.hear("10.0.0.3", Packets.version2(50, "10.0.0.3", NoAuthentication.INSTANCE));
      host.runSeconds(1);
    }
    assertThat(host.instance().state()).isEqualTo("FAULT");
    assertThat(host.status().daemon().get("loop-turns") - before).isLessThan(100);
  }

  @Test
  void keepAGroupFromRising() {
    FakeHost host =
        new FakeHost(
            Configurations.instance(100)
                + Configurations.instance(100)
                    .replace("VI_1", "VI_2")
                    .replace("51", "52")
                    .replace("10.0.0.100", "10.0.0.101")
                + "vrrp_sync_group G { group { VI_1 VI_2 } }");
    host.interfaces.keepMarks();
    host.interfaces.putBesideUs(2, "10.0.0.101/32");
    host.start().runSeconds(10);
    assertThat(host.instance("VI_1").state()).isEqualTo("FAULT");
    assertThat(host.instance("VI_2").state()).isEqualTo("FAULT");
    assertThat(host.interfaces.has("10.0.0.100")).isFalse();
  }

  /** Neither removed nor resumed, and claimed when it has gone. */
  @Test
  void leavesAnAddressWithTheLeaseOfADhcpClientAlone() {
    FakeHost host = new FakeHost(Configurations.instance(100));
    host.interfaces.putBesideUs(2, VIP, LocalAddress.Origin.LEASED);
    host.start();
    host.runSeconds(20);
    assertThat(host.instance().state()).isEqualTo("FAULT");
    assertThat(host.instance().reason()).contains(TOLD);
    assertThat(host.interfaces.has("10.0.0.100")).isTrue();
    assertThat(host.instance().counters()).containsEntry("advertisement-sent", 0L);
    host.interfaces.takeAddress(2, VIP);
    host.runSeconds(20);
    assertThat(host.instance().state()).isEqualTo("MASTER");
  }
}
