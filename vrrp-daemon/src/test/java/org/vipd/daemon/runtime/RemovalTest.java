package org.vipd.daemon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vipd.daemon.testkit.Configurations;
import org.vipd.daemon.testkit.FakeHost;
import org.vipd.daemon.testkit.Packets;
import org.vipd.protocol.wire.NoAuthentication;

/**
 * A thousand IPv6 addresses leave in portions, and nothing else has to wait for the last of them.
 */
class RemovalTest {

  private static final int COUNT = 1000;
  private static final long EACH_NANOS = 300_000L;
  private static final long LONGEST_NANOS = 20_000_000L;
  private static final String LAST = "2001:db8::3e8";

  private FakeHost host;

  private static String configuration(String moreOfTheSecond) {
    String many =
        IntStream.rangeClosed(1, COUNT)
            .mapToObj(i -> "2001:db8::" + Integer.toHexString(i))
            .collect(Collectors.joining("\n"));
    return Configurations.instance(100, "virtual_ipaddress_excluded {\n" + many + "\n}")
        + """
        vrrp_instance VI_2 {
          interface eth0
          virtual_router_id 52
          priority 100
          virtual_ipaddress { 10.0.0.52 }
          virtual_ipaddress_excluded { %s }
        }
        """
            .formatted(moreOfTheSecond);
  }

  /** The first instance has given up, and most of its addresses wait to be removed. */
  @BeforeEach
  void giveUp() {
    host = new FakeHost(configuration("10.0.0.53"));
    host.interfaces.slowDown(host.clock, EACH_NANOS);
    host.beginOnly();
    host.runBusySeconds(8);
    assertThat(host.status().instances()).allMatch(it -> it.state().equals("MASTER"));
    host.interfaces.slowDown(host.clock, EACH_NANOS);
    host.channels.deliver(
        Packets.from("10.0.0.3"), Packets.version2(200, "10.0.0.3", NoAuthentication.INSTANCE));
    host.turn();
    assertThat(host.status().instances().get(0).state()).isEqualTo("BACKUP");
    assertThat(host.interfaces.has(LAST)).isTrue();
  }

  @Test
  void anInstallationDoesNotWaitForTheRest() {
    host.reload(configuration("10.0.0.54"));
    assertThat(host.interfaces.has("10.0.0.54")).isTrue();
    host.runBusySeconds(1);
    assertThat(host.interfaces.has(LAST)).isFalse();
    assertThat(host.interfaces.longestCallNanos()).isBetween(1L, LONGEST_NANOS);
  }

  @Test
  void anAddressThatMovesToAnotherInstanceStays() {
    String moved = configuration(LAST).replaceFirst(LAST + "\n", "");
    host.reload(moved);
    host.runBusySeconds(1);
    assertThat(host.interfaces.has(LAST)).isTrue();
    assertThat(host.interfaces.has("2001:db8::3e7")).isFalse();
    assertThat(host.interfaces.longestCallNanos()).isBetween(1L, LONGEST_NANOS);
  }
}
