package org.vipd.daemon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vipd.daemon.testkit.Configurations;
import org.vipd.daemon.testkit.FakeHost;
import org.vipd.daemon.testkit.FakeLan;
import org.vipd.daemon.testkit.Packets;
import org.vipd.protocol.wire.NoAuthentication;

/** What an operator reads of packets that are wrong: each fault and each sender, but not often. */
class PacketLogTest {

  private static List<String> packetLines(FakeHost host) {
    return host.journal.take().stream().filter(it -> it.contains(": packet from ")).toList();
  }

  @Test
  void namesWhoIsAcceptedAlthoughItsSettingsDiffer() {
    FakeLan lan = new FakeLan();
    String version3 = "version 3";
    FakeHost slow =
        lan.add(Configurations.instance(150, version3, "advert_int 2"), "10.0.0.2/24").start();
    FakeHost backup = lan.add(Configurations.instance(100, version3), "10.0.0.3/24").start();
    lan.runSeconds(60);
    assertThat(slow.instance().state()).isEqualTo("MASTER");
    assertThat(backup.instance().counters().get("interval-errors")).isGreaterThan(20);
    assertThat(packetLines(backup))
        .containsExactly(
            "warn VI_1: packet from 10.0.0.2 on eth0 for VRID 51 accepted, but: advertisement"
                + " interval differs from ours (expected 1 s, found 2 s)");
    lan.runSeconds(300);
    assertThat(packetLines(backup)).hasSize(1);
  }

  @Test
  void namesEachSenderOfOtherAddresses() {
    String other = Configurations.instance(100).replace("10.0.0.100", "10.0.0.200");
    FakeHost host = new FakeHost(other).start();
    for (int i = 0; i < 10; i++) {
      host.hear("10.0.0.3", Packets.version2(150, "10.0.0.3", NoAuthentication.INSTANCE));
      host.hear("10.0.0.4", Packets.version2(150, "10.0.0.4", NoAuthentication.INSTANCE));
    }
    assertThat(packetLines(host))
        .containsExactly(
            "warn VI_1: packet from 10.0.0.3 on eth0 for VRID 51 accepted, but: virtual addresses"
                + " differ from ours (expected [10.0.0.200], found [10.0.0.100])",
            "warn VI_1: packet from 10.0.0.4 on eth0 for VRID 51 accepted, but: virtual addresses"
                + " differ from ours (expected [10.0.0.200], found [10.0.0.100])");
    assertThat(host.instance().counters()).containsEntry("address-list-errors", 20L);
  }

  @Test
  void isNotKeptBusyByManySenders() {
    String other = Configurations.instance(100).replace("10.0.0.100", "10.0.0.200");
    FakeHost host = new FakeHost(other).start();
    for (int i = 3; i < 203; i++) {
      String source = "10.0.0." + i;
      host.hear(source, Packets.version2(150, source, NoAuthentication.INSTANCE));
    }
    assertThat(packetLines(host)).hasSize(32);
  }

  @Test
  void oneKindOfRejectionDoesNotHideAnother() {
    FakeHost host = new FakeHost(Configurations.instance(100)).start();
    byte[] message = Packets.version2(150, "10.0.0.3", NoAuthentication.INSTANCE);
    byte[] version3 = message.clone();
    version3[0] = 0x31;
    for (int i = 0; i < 100; i++) {
      host.channels.deliver(Packets.from("10.0.0.9", 64), message);
      host.channels.deliver(Packets.from("10.0.0.3"), version3);
      host.settle();
      host.runSeconds(0.2);
    }
    List<String> lines = packetLines(host);
    assertThat(lines).hasSizeBetween(4, 6);
    assertThat(lines)
        .anyMatch(it -> it.contains("packet from 10.0.0.9") && it.contains("TTL"))
        .anyMatch(it -> it.contains("packet from 10.0.0.3") && it.contains("VRRP version"));
    assertThat(host.instance().warnings())
        .anyMatch(it -> it.contains("10.0.0.9 sends"))
        .anyMatch(it -> it.contains("10.0.0.3 sends"));
  }
}
