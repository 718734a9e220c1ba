package org.vipd.daemon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.vipd.daemon.event.CheckOutcome;
import org.vipd.daemon.testkit.Configurations;
import org.vipd.daemon.testkit.FakeHost;
import org.vipd.daemon.testkit.Packets;
import org.vipd.protocol.wire.ChecksumForm;
import org.vipd.protocol.wire.NoAuthentication;
import org.vipd.protocol.wire.SimplePassword;

/** What status says about a second owner of the address. */
class WarningTest {

  private static final String NEIGHBOUR = "10.0.0.3";
  private static final CheckOutcome FAILED =
      new CheckOutcome(CheckOutcome.Kind.EXITED, 1, "", Duration.ofMillis(5));
  private static final String CHECK = "vrrp_script c {\n  script \"/bin/c\"\n}\n";

  @Test
  void namesTheActiveAlsoInFault() {
    FakeHost host =
        new FakeHost(CHECK + Configurations.instance(100, "track_script { c }")).start();
    host.check("c", FAILED);
    host.hear(NEIGHBOUR, Packets.version2(150, NEIGHBOUR, NoAuthentication.INSTANCE));
    host.runSeconds(2);

    assertThat(host.instance().state()).isEqualTo("FAULT");
    assertThat(host.instance().active().address()).isEqualTo(NEIGHBOUR);
    assertThat(host.instance().active().priority()).isEqualTo(150);
    assertThat(host.instance().active().advertisementAgeSeconds()).isEqualTo(2);
  }

  @Test
  void namesARouterWhosePacketsAreRejectedForAMinute() {
    FakeHost host = new FakeHost(Configurations.instance(100)).start();
    host.hear(NEIGHBOUR, Packets.version2(150, NEIGHBOUR, SimplePassword.of("secret")));

    assertThat(host.instance().warnings())
        .singleElement()
        .asString()
        .startsWith(NEIGHBOUR + " sends packets for this VRID that are rejected: ");
    host.runSeconds(61);
    assertThat(host.instance().warnings()).isEmpty();
  }

  @Test
  void namesEachReasonForItself() {
    FakeHost host = new FakeHost(Configurations.instance(100)).start();
    host.hear(NEIGHBOUR, Packets.version2(150, NEIGHBOUR, SimplePassword.of("secret")));
    host.runSeconds(1);
    host.hear("10.0.0.4", Packets.version3(150, "10.0.0.4", ChecksumForm.MESSAGE_ONLY));

    assertThat(host.instance().warnings()).hasSize(2);
    assertThat(host.instance().warnings().get(0))
        .startsWith("10.0.0.4 sends packets for this VRID that are rejected: ")
        .doesNotContain(NEIGHBOUR, "both may be Active");
    assertThat(host.instance().warnings().get(1))
        .startsWith(NEIGHBOUR)
        .endsWith("; while that lasts, both may be Active");
  }

  @Test
  void namesAnAddressThatIsHereAlthoughItShouldNot() {
    FakeHost host = new FakeHost(Configurations.instance(100)).start();
    host.hear(NEIGHBOUR, Packets.version2(150, NEIGHBOUR, NoAuthentication.INSTANCE));
    assertThat(host.instance().warnings()).isEmpty();
    host.interfaces.putAddress(2, "10.0.0.100/24");
    host.settle();

    assertThat(host.instance().warnings())
        .containsExactly(
            "10.0.0.100 is on eth0 of this node although it is BACKUP; unless another program put"
                + " it there on purpose: ip address del 10.0.0.100/24 dev eth0");
  }

  @Test
  void isSilentAboutWhatAnotherInstanceOfThisDaemonHas() {
    FakeHost host = new FakeHost(Configurations.twoWithOneAddress()).start();
    host.runSeconds(4);
    host.hear(NEIGHBOUR, Packets.version2(200, NEIGHBOUR, NoAuthentication.INSTANCE));
    host.runSeconds(1);

    assertThat(host.status().instances().get(0).state()).isEqualTo("BACKUP");
    assertThat(host.interfaces.has("10.0.0.100")).isTrue();
    assertThat(host.status().instances()).allMatch(it -> it.warnings().isEmpty());
  }

  @Test
  void isSilentAboutTheAddressesOfAnActive() {
    FakeHost host = new FakeHost(Configurations.instance(100)).start();
    host.runSeconds(5);

    assertThat(host.instance().state()).isEqualTo("MASTER");
    assertThat(host.instance().warnings()).isEmpty();
  }
}
