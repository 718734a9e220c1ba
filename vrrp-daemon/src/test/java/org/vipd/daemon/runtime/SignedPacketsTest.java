package org.vipd.daemon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vipd.daemon.testkit.Configurations;
import org.vipd.daemon.testkit.FakeClock;
import org.vipd.daemon.testkit.FakeHost;
import org.vipd.daemon.testkit.FakeLan;
import org.vipd.daemon.testkit.Packets;
import org.vipd.protocol.wire.IpEnvelope;
import org.vipd.protocol.wire.authentication.ReplayMarks;

/** Packets with an HMAC trailer: who is heard, and what a reload must not forget. */
class SignedPacketsTest {

  private static String signed(String lastDigits) {
    return "auth_hmac {\n key 1 hex:000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e"
        + lastDigits
        + "\n active_key 1\n}";
  }

  @Test
  void electsOverSignedPackets() {
    FakeLan lan = new FakeLan();
    FakeHost high = lan.add(Configurations.instance(150, signed("1f")), "10.0.0.2/24").start();
    FakeHost low = lan.add(Configurations.instance(100, signed("1f")), "10.0.0.3/24").start();
    lan.runSeconds(10);
    assertThat(high.instance().state()).isEqualTo("MASTER");
    assertThat(low.instance().state()).isEqualTo("BACKUP");
  }

  @Test
  void doesNotListenToPacketsSignedWithAnotherKey() {
    FakeLan lan = new FakeLan();
    FakeHost high = lan.add(Configurations.instance(150, signed("1f")), "10.0.0.2/24").start();
    FakeHost low = lan.add(Configurations.instance(100, signed("00")), "10.0.0.3/24").start();
    lan.runSeconds(10);
    assertThat(high.instance().state()).isEqualTo("MASTER");
    assertThat(low.instance().state()).isEqualTo("MASTER");
    assertThat(low.instance().counters().get("auth-ext-invalid-hmac")).isPositive();
    assertThat(low.instance().counters()).containsEntry("advertisement-rcvd", 0L);
  }

  private static String signedToPeers(String moreKeys, String peers) {
    String text =
        signed("1f").replace("active_key", moreKeys + " active_key").replace("}", "")
            + " anti_replay monotonic\n}";
    return Configurations.instance(
        100, "version 3", text, "unicast_src_ip 10.0.0.2", "unicast_peer { " + peers + " }");
  }

  @Test
  void refusesRecordedPacketsAfterAReload() {
    byte[][] recorded = new byte[1][];
    FakeHost sender =
        new FakeHost(
            signedToPeers("", "10.0.0.2").replace("src_ip 10.0.0.2", "src_ip 10.0.0.3"),
            new FakeClock(),
            "10.0.0.3/24");
    sender.channels.connect((envelope, payload) -> recorded[0] = payload);
    sender.start();
    sender.runSeconds(5);
    FakeHost host = new FakeHost(signedToPeers("", "10.0.0.3")).start();
    IpEnvelope envelope =
        new IpEnvelope(
            Packets.address("10.0.0.3"), Packets.address("10.0.0.2"), 255, IpEnvelope.VRRP);
    host.channels.deliver(envelope, recorded[0]);
    host.settle();
    assertThat(host.instance().counters()).containsEntry("advertisement-rcvd", 1L);

    String anotherKey = "key 2 hex:" + "ab".repeat(32) + "\n";
    for (String text :
        List.of(
            signedToPeers("", "10.0.0.3\n 10.0.0.4"),
            signedToPeers(anotherKey, "10.0.0.3\n 10.0.0.4"))) {
      assertThat(host.reload(text).applied()).isTrue();
      host.channels.deliver(envelope, recorded[0]);
      host.settle();
    }
    assertThat(host.instance().counters())
        .containsEntry("advertisement-rcvd", 1L)
        .containsEntry("auth-ext-replay", 2L);
  }

  @Test
  void remembersAsManySendersAsTheReloadedPeers() {
    ReplayMarks marks = new ReplayMarks(1);
    marks.accept(Packets.address("10.0.0.3"), 7);
    ReplayMarks wider = marks.withCapacity(2);
    wider.accept(Packets.address("10.0.0.4"), 8);
    assertThat(wider.of(Packets.address("10.0.0.3"))).contains(7L);
    assertThat(wider.withCapacity(1).of(Packets.address("10.0.0.3"))).isEmpty();
    assertThat(wider.withCapacity(1).of(Packets.address("10.0.0.4"))).contains(8L);
  }

  /** Whether a Backup follows an Active, by the mode of each; the Active's packets count. */
  @ParameterizedTest
  @CsvSource({
    "enforce, enforce, BACKUP, 0",
    "receive-only, permissive, BACKUP, 10",
    "receive-only, enforce, MASTER, 0",
    "permissive, enforce, BACKUP, 0",
    "enforce, receive-only, BACKUP, 0",
    "receive-only, receive-only, BACKUP, 10",
  })
  void introducesSignaturesNodeByNode(String high, String low, String state, long unsigned) {
    FakeLan lan = new FakeLan();
    FakeHost active = lan.add(Configurations.instance(150, mode(high)), "10.0.0.2/24").start();
    FakeHost backup = lan.add(Configurations.instance(100, mode(low)), "10.0.0.3/24").start();
    lan.runSeconds(15);
    assertThat(active.instance().state()).isEqualTo("MASTER");
    assertThat(backup.instance().state()).isEqualTo(state);
    long found = backup.instance().counters().get("auth-ext-missing");
    if (state.equals("BACKUP")) {
      assertThat(found).isBetween(unsigned, unsigned * 2);
    } else {
      assertThat(found).isPositive();
    }
  }

  private static String mode(String mode) {
    return signed("1f").replace("\n active_key", "\n mode " + mode + "\n active_key");
  }
}
