package org.vipd.daemon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.vipd.daemon.testkit.Configurations;
import org.vipd.daemon.testkit.FakeHost;

/** An owner tells the host's own addresses, which stay, from those that vipd has added. */
class OwnerAddressesTest {

  private static final String OWN = "10.0.0.100";
  private static final String OTHER = "10.0.0.101";

  private static FakeHost owner() {
    FakeHost host =
        new FakeHost(Configurations.instance(255, "virtual_ipaddress { " + OTHER + " }"));
    host.interfaces.putAddress(2, OWN + "/32");
    return host;
  }

  /** The kernel would take away what has a lease that nobody refreshes. */
  @Test
  void refreshesWhatIsPutBackInThePlaceOfTheHostsOwn() {
    FakeHost host = owner().start();
    host.runSeconds(2);
    assertThat(host.interfaces.refreshed()).doesNotContain(OWN + "/32");
    host.interfaces.takeAddress(2, OWN + "/32");
    host.run(50_000_000L);
    assertThat(host.interfaces.has(OWN)).isTrue();
    host.runSeconds(10);
    assertThat(host.interfaces.refreshed()).contains(OWN + "/32");
    assertThat(host.interfaces.has(OWN)).isTrue();
    assertThat(host.instance().state()).isEqualTo("MASTER");
    host.stop();
    assertThat(host.interfaces.has(OWN)).isFalse();
  }

  @Test
  void refreshesWhatAFormerRunLeftBesideTheHostsOwn() {
    FakeHost host = owner();
    host.interfaces.putBesideUs(2, OTHER + "/32");
    host.interfaces.leaveAll();
    host.start();
    host.runSeconds(2);
    assertThat(host.instance().state()).isEqualTo("MASTER");
    assertThat(host.interfaces.refreshed()).containsExactly(OTHER + "/32");
    host.stop();
    assertThat(host.interfaces.has(OWN)).isTrue();
    assertThat(host.interfaces.has(OTHER)).isFalse();
  }

  /** Nothing that could be lost: a stall of more than a second is as harmless as before it. */
  @Test
  void keepsItsRoleThroughAStallInWhichNothingCouldBeLost() {
    FakeHost host = new FakeHost(Configurations.instance(255));
    host.interfaces.putAddress(2, OWN + "/32");
    host.start();
    host.runSeconds(4.5);
    for (int i = 0; i < 20; i++) {
      host.clock.advance(1_900_000_000L);
      host.settle();
      assertThat(host.instance().state()).isEqualTo("MASTER");
      host.run(70_000_000L * i);
    }
    assertThat(host.journal.messages()).noneMatch(it -> it.contains("FAULT"));
  }
}
