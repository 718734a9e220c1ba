package org.vipd.daemon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.vipd.daemon.port.LocalAddress;
import org.vipd.daemon.testkit.Configurations;
import org.vipd.daemon.testkit.FakeHost;

/** A former process had a whole group, and this one is there before the leases end. */
class GroupResumptionTest {

  private static final String ONE = "10.0.0.100/32";
  private static final String TWO = "10.0.0.200/32";

  private static FakeHost grouped(int priority, String... lines) {
    String second =
        Configurations.instance(priority, lines)
            .replace("VI_1", "VI_2")
            .replace("router_id 51", "router_id 52")
            .replace("10.0.0.100", "10.0.0.200");
    return new FakeHost(
        Configurations.instance(priority)
            + second
            + "vrrp_sync_group G {\n group {\n VI_1\n VI_2\n }\n}\n");
  }

  private static FakeHost left(FakeHost host, String... addresses) {
    for (String address : addresses) {
      host.interfaces.putAddress(2, address);
    }
    host.interfaces.markAll(LocalAddress.Origin.VIPD_LEASED);
    host.interfaces.putAddress(2, "10.0.0.2/24");
    host.interfaces.leaveAll();
    return host;
  }

  private static void assertStates(FakeHost host, String state) {
    assertThat(host.instance("VI_1").state()).isEqualTo(state);
    assertThat(host.instance("VI_2").state()).isEqualTo(state);
  }

  @Test
  void allMembersResumeAtOnce() {
    FakeHost host = left(grouped(100), ONE, TWO).start();
    assertStates(host, "MASTER");
    assertThat(host.instance("VI_1").reason()).startsWith("resumed: ");
    assertThat(host.instance("VI_2").reason()).startsWith("resumed: ");
    assertThat(host.journal.messages()).noneMatch(it -> it.contains("-> BACKUP"));
    host.runSeconds(10);
    assertStates(host, "MASTER");
    assertThat(host.trace.lines()).noneMatch(it -> it.contains("priority 0 "));
  }

  @Test
  void noMemberGoesOnAlone() {
    FakeHost host = left(grouped(100), ONE).start();
    assertStates(host, "BACKUP");
    host.runSeconds(10);
    assertStates(host, "MASTER");
  }

  @Test
  void noMemberGoesOnWhereOneCannotRun() {
    FakeHost host = left(grouped(100, "track_interface { eth9 }"), ONE, TWO).start();
    assertStates(host, "FAULT");
    assertThat(host.trace.lines()).noneMatch(it -> it.startsWith("advertise"));
  }

  /** A slow start looks again, and the address of one has left since the first look. */
  @Test
  void membersComeTogetherWhenTheLeaseOfOneHasEndedMeanwhile() {
    FakeHost host = left(grouped(100), ONE, TWO);
    host.interfaces.afterListing(
        () -> {
          host.clock.advance(1_000_000_000L);
          host.interfaces.loseReports(true);
          host.interfaces.takeAddress(2, ONE);
          host.interfaces.loseReports(false);
        });
    host.start();
    host.runSeconds(8);
    assertStates(host, "MASTER");
    assertThat(host.instance("VI_1").reason()).doesNotContain("resumed");
  }
}
