package org.vipd.daemon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.vipd.daemon.testkit.Configurations;
import org.vipd.daemon.testkit.FakeHost;

/** {@code ip address replace} of a virtual address that this node holds. */
class ReplacedAddressTest {

  private static final String VIP = "10.0.0.100/32";

  private static FakeHost active(String lease) {
    FakeHost host = new FakeHost(Configurations.instance(100, "vipd_lease " + lease));
    host.interfaces.keepMarks();
    host.start();
    host.runSeconds(4);
    assertThat(host.instance().state()).isEqualTo("MASTER");
    return host;
  }

  private static FakeHost stoppedAfterReplacing(FakeHost host) {
    host.interfaces.putAddress(2, VIP);
    host.runSeconds(0.1);
    host.stop();
    return host;
  }

  @Test
  void staysWithoutALease() {
    FakeHost host = stoppedAfterReplacing(active("off"));
    assertThat(host.interfaces.has("10.0.0.100")).isTrue();
    assertThat(host.journal.messages())
        .contains(
            "warn VI_1: 10.0.0.100/32 on eth0 is not removed: another program has replaced it,"
                + " and it has no lease; unless that was on purpose: ip address del"
                + " 10.0.0.100/32 dev eth0");
  }

  /** The next refresh makes it ours, and others claim it as soon as this node resigns. */
  @Test
  void goesWithALease() {
    FakeHost host = stoppedAfterReplacing(active("auto"));
    assertThat(host.interfaces.has("10.0.0.100")).isFalse();
  }

  @Test
  void goesWhenItWasThereBeforeTheClaim() {
    FakeHost host = new FakeHost(Configurations.instance(100, "vipd_lease off"));
    host.interfaces.keepMarks();
    host.start();
    host.interfaces.putAddress(2, VIP);
    host.runSeconds(4);
    assertThat(host.instance().state()).isEqualTo("MASTER");
    host.stop();
    assertThat(host.interfaces.has("10.0.0.100")).isFalse();
  }
}
