package org.vipd.daemon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.vipd.daemon.testkit.Configurations;
import org.vipd.daemon.testkit.FakeHost;

/** A refresh in portions: each is due since the one before it was done, so none is late. */
class RefreshLatenessTest {

  private static final int COUNT = 1000;

  private static final long NANOS_FOR_EACH = 280_000L;

  /** What the loop may be held for. */
  private static final long BOUND_NANOS = 20_000_000L;

  private static String many() {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < COUNT; i++) {
      lines.append("fd00::1:%x/128 dev eth0\n".formatted(i));
    }
    return lines.toString();
  }

  @Test
  void aRoundOfThousandIpv6AddressesIsNoLateWakeUp() {
    FakeHost host =
        new FakeHost(Configurations.instance(100, "virtual_ipaddress_excluded {\n" + many() + "}"));
    host.interfaces.slowDown(host.clock, NANOS_FOR_EACH);
    host.beginOnly();
    host.runBusySeconds(7);
    int before = host.interfaces.refreshes();
    long end = host.clock.nanos() + 10_000_000_000L;
    long latest = 0;
    while (host.clock.nanos() < end) {
      host.turnAndWait();
      latest = Math.max(latest, host.clock.nanos() - host.network.wantedNanos());
    }
    assertThat(host.instance().state()).isEqualTo("MASTER");
    assertThat(host.interfaces.refreshes()).isGreaterThan(before + 100);
    assertThat(latest).isBetween(1L, BOUND_NANOS);
  }
}
