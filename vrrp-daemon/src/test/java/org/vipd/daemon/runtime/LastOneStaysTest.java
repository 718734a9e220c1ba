package org.vipd.daemon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.vipd.daemon.event.CheckOutcome;
import org.vipd.daemon.testkit.FakeHost;
import org.vipd.daemon.testkit.Packets;
import org.vipd.protocol.wire.NoAuthentication;

/** The policy for the case that every node is unhealthy: {@code stay_when_unhealthy}. */
class LastOneStaysTest {

  private static FakeHost unhealthy(String ofInstance, int code) {
    String check = "vrrp_script chk {\n script /bin/chk\n interval 1\n}\n";
    String instance =
        """
        vrrp_instance VI_1 {
          interface eth0
          virtual_router_id 51
          virtual_ipaddress { 10.0.0.100 }
          track_script { chk }
        """;
    FakeHost host = new FakeHost(check + instance + ofInstance + "\n}\n").start();
    host.check("chk", new CheckOutcome(CheckOutcome.Kind.EXITED, 0, "", Duration.ZERO));
    host.runSeconds(5);
    assertThat(host.instance().state()).isEqualTo("MASTER");
    host.check("chk", new CheckOutcome(CheckOutcome.Kind.EXITED, code, "", Duration.ZERO));
    return host;
  }

  private static void hear(FakeHost host, int priority) {
    host.hear("10.0.0.3", Packets.version2(priority, "10.0.0.3", NoAuthentication.INSTANCE));
  }

  @Test
  void withoutThePolicyAnUnhealthyNodeReleasesTheAddress() {
    assertThat(unhealthy("", 1).instance().state()).isEqualTo("FAULT");
  }

  @Test
  void theLastOneServesWithTheLowestPriority() {
    FakeHost host = unhealthy("stay_when_unhealthy", 1);
    assertThat(host.instance().state()).isEqualTo("MASTER");
    assertThat(host.instance().effectivePriority()).isEqualTo(1);
    assertThat(host.instance().priorityArithmetic()).startsWith("1 = 100 - 253 chk");
    // so it is told, too: nothing here means FAULT
    assertThat(host.instance().checks().get(0).weight()).isEqualTo(-253);
    assertThat(host.instance().explanation().changes())
        .anyMatch(it -> it.startsWith("check chk has to succeed") && it.endsWith("by 253"));
  }

  @Test
  void aHealthyNodeWins() {
    FakeHost host = unhealthy("stay_when_unhealthy", 1);
    hear(host, 100);
    assertThat(host.instance().state()).isEqualTo("BACKUP");
  }

  @Test
  void healthBringsThePriorityBack() {
    FakeHost host = unhealthy("stay_when_unhealthy", 0);
    assertThat(host.instance().effectivePriority()).isEqualTo(100);
  }

  @Test
  void anOwnerHasNoLowerPriorityToGoOnWith() {
    assertThat(unhealthy("priority 255\nstay_when_unhealthy", 1).instance().state())
        .isEqualTo("FAULT");
  }
}
