package org.vipd.daemon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vipd.daemon.testkit.Configurations;
import org.vipd.daemon.testkit.FakeHost;

/** The kernel says that it had no room for reports. */
class LostReportsTest {

  private static final int MANY = 5000;

  private static List<String> said(FakeHost host) {
    return host.journal.messages().stream()
        .filter(it -> it.contains("reports of the kernel were lost"))
        .toList();
  }

  private static long count(FakeHost host) {
    return host.status().daemon().get("kernel-reports-lost");
  }

  private static FakeHost active() {
    return FakeHost.active(Configurations.instance(100, "vipd_lease off"));
  }

  @Test
  void areCountedAndSaidNowAndThen() {
    FakeHost host = active();
    assertThat(count(host)).isZero();
    assertThat(said(host)).isEmpty();
    for (int i = 0; i < 3; i++) {
      host.interfaces.askToResynchronize();
      host.runSeconds(1);
    }
    assertThat(count(host)).isEqualTo(3);
    assertThat(said(host)).hasSize(1);
    assertThat(said(host).get(0)).startsWith("warn ").contains("(ENOBUFS): more interfaces");
    host.runSeconds(10);
    host.interfaces.askToResynchronize();
    host.runSeconds(1);
    assertThat(count(host)).isEqualTo(4);
    assertThat(said(host)).hasSize(2);
    assertThat(said(host).get(1)).contains("(ENOBUFS), and 2 times before: ");
  }

  @Test
  void ofALostAddressDoNotHideIt() {
    FakeHost host = active();
    host.interfaces.loseReports(true);
    host.interfaces.takeAddress(2, "10.0.0.100/32");
    host.interfaces.loseReports(false);
    host.runSeconds(2);
    assertThat(host.interfaces.has("10.0.0.100")).isFalse();
    host.interfaces.askToResynchronize();
    host.runSeconds(1);
    assertThat(host.interfaces.has("10.0.0.100")).isTrue();
  }

  /** What others lost fills the room for losses, but does not take that of our own. */
  @Test
  void ofALostAddressDoNotHideItAmongThousandsOfOthers() {
    FakeHost host = active();
    for (int i = 0; i < MANY; i++) {
      host.interfaces.putAddress(2, address(i));
    }
    host.turn();
    for (int i = 0; i < MANY; i++) {
      host.interfaces.takeAddress(2, address(i));
    }
    host.interfaces.loseReports(true);
    host.interfaces.takeAddress(2, "10.0.0.100/32");
    host.interfaces.loseReports(false);
    host.interfaces.askToResynchronize();
    host.runSeconds(3);
    assertThat(host.interfaces.has("10.0.0.100")).isTrue();
    assertThat(host.instance().state()).isEqualTo("MASTER");
  }

  private static String address(int number) {
    return "10.9." + number / 256 + "." + number % 256 + "/32";
  }
}
