package org.vipd.daemon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vipd.daemon.status.DaemonStatus;
import org.vipd.daemon.testkit.Configurations;
import org.vipd.daemon.testkit.FakeHost;
import org.vipd.daemon.testkit.Packets;
import org.vipd.protocol.wire.IpEnvelope;
import org.vipd.protocol.wire.NoAuthentication;
import org.vipd.protocol.wire.SimplePassword;

/** A rejected packet moves exactly one counter and nothing else. */
class RejectionTest {

  private static final SimplePassword SECRET = SimplePassword.of("secret");
  private static final String NEIGHBOUR = "10.0.0.3";
  private static final byte[] VALID = Packets.version2(200, NEIGHBOUR, SECRET);

  private static FakeHost host(String state) {
    String password = "authentication {\n auth_type PASS\n auth_pass secret\n}";
    FakeHost host = new FakeHost(Configurations.instance(100, password)).start();
    host.runSeconds(state.equals("MASTER") ? 4.2 : 0.3);
    assertThat(host.instance().state()).isEqualTo(state);
    host.trace.take();
    return host;
  }

  /** Everything that a packet could change. */
  private record Snapshot(
      String state, String reason, long deadlineNanos, List<String> trace, String active) {}

  private static Snapshot snapshot(FakeHost host) {
    host.settle();
    var instance = host.instance();
    return new Snapshot(
        instance.state(),
        instance.reason(),
        host.network.wantedNanos(),
        host.trace.lines(),
        String.valueOf(instance.active()));
  }

  private static Map<String, Long> counters(FakeHost host) {
    DaemonStatus status = host.status();
    Map<String, Long> all = new TreeMap<>(status.instances().get(0).counters());
    status.interfaces().forEach(it -> it.counters().forEach((k, v) -> all.put("on wire " + k, v)));
    return all;
  }

  private static void expectOneCount(FakeHost host, IpEnvelope envelope, byte[] payload) {
    Snapshot before = snapshot(host);
    Map<String, Long> counted = counters(host);
    host.channels.deliver(envelope, payload);
    host.settle();
    Map<String, Long> now = counters(host);
    now.replaceAll((name, value) -> value - counted.getOrDefault(name, 0L));
    assertThat(now.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(1);
    assertThat(now.values()).allMatch(value -> value == 0 || value == 1);
    assertThat(now).doesNotContainEntry("advertisement-rcvd", 1L);
    assertThat(snapshot(host)).isEqualTo(before);
  }

  private static void expectCount(
      FakeHost host, IpEnvelope envelope, byte[] payload, String counter) {
    long before = counters(host).getOrDefault(counter, 0L);
    expectOneCount(host, envelope, payload);
    assertThat(counters(host)).containsEntry(counter, before + 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"BACKUP", "MASTER"})
  void countsEveryPrefixOfAValidPacket(String state) {
    FakeHost host = host(state);
    for (int length = 0; length < VALID.length; length++) {
      expectOneCount(host, Packets.from(NEIGHBOUR), Arrays.copyOf(VALID, length));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"BACKUP", "MASTER"})
  void countsRandomBytes(String state) {
    long seed = 20_261_120;
    Random random = new Random(seed);
    FakeHost host = host(state);
    for (int i = 0; i < 500; i++) {
      byte[] garbage = new byte[random.nextInt(64)];
      random.nextBytes(garbage);
      expectOneCount(host, Packets.from(NEIGHBOUR), garbage);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"BACKUP", "MASTER"})
  void countsEveryFlippedBit(String state) {
    FakeHost host = host(state);
    for (int bit = 0; bit < VALID.length * 8; bit++) {
      byte[] damaged = VALID.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      expectOneCount(host, Packets.from(NEIGHBOUR), damaged);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"BACKUP", "MASTER"})
  void namesTheReason(String state) {
    FakeHost host = host(state);
    IpEnvelope right = Packets.from(NEIGHBOUR);
    SimplePassword wrong = SimplePassword.of("wrong");
    byte[] open = Packets.version2(200, NEIGHBOUR, NoAuthentication.INSTANCE);
    byte[] other = VALID.clone();
    other[1] = 52;
    expectCount(host, Packets.from(NEIGHBOUR, 254), VALID, "ip-ttl-errors");
    expectCount(host, right, Packets.version2(200, NEIGHBOUR, wrong), "auth-failures");
    expectCount(host, right, open, "auth-type-mismatch");
    expectCount(host, Packets.from("10.0.0.2"), VALID, "own-packets");
    expectCount(host, right, other, "on wire vrid-errors");
    expectCount(host, right, new byte[1], "on wire packet-length-errors");
  }

  @ParameterizedTest
  @ValueSource(strings = {"BACKUP", "MASTER"})
  void countsPacketsWithASenselessHeader(String state) {
    FakeHost host = host(state);
    Snapshot before = snapshot(host);
    host.channels.deliverUnreadable();
    host.settle();
    assertThat(counters(host)).containsEntry("on wire packet-length-errors", 1L);
    assertThat(snapshot(host)).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1000})
  void writesAtMostOneLineInTenSeconds(int packets) {
    FakeHost host = host("BACKUP");
    host.journal.take();
    for (int i = 0; i < packets; i++) {
      host.hear(NEIGHBOUR, Packets.version2(200, NEIGHBOUR, SimplePassword.of("x")));
    }
    assertThat(host.journal.take())
        .containsExactly(
            "warn VI_1: packet from 10.0.0.3 on eth0 for VRID 51 rejected: password or digest does"
                + " not match");
    host.runSeconds(10);
    host.journal.take();
    host.hear(NEIGHBOUR, Packets.version2(200, NEIGHBOUR, SimplePassword.of("x")));
    assertThat(host.journal.take())
        .singleElement()
        .asString()
        .endsWith(packets == 1 ? "match" : "(and 999 others like it)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"BACKUP", "MASTER"})
  void acceptsTheUndamagedPacket(String state) {
    FakeHost host = host(state);
    host.hear(NEIGHBOUR, VALID);
    assertThat(counters(host)).containsEntry("advertisement-rcvd", 1L);
    assertThat(host.instance().state()).isEqualTo("BACKUP");
    assertThat(host.instance().active().address()).isEqualTo(NEIGHBOUR);
  }

  private static FakeHost quietBackup() {
    FakeHost host = host("BACKUP");
    host.journal.take();
    return host;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void saysOnceInAWhileThatAPacketIsTooShort(int length) {
    FakeHost host = quietBackup();
    for (int i = 0; i < 3; i++) {
      host.hear(NEIGHBOUR, Arrays.copyOf(VALID, length));
    }
    assertThat(host.journal.take())
        .containsExactly(
            "warn packet from "
                + NEIGHBOUR
                + " on eth0 rejected: expected a VRRP message of at least 8 bytes, found "
                + length);
    host.run(10_000_000_000L);
    host.journal.take();
    host.hear(NEIGHBOUR, Arrays.copyOf(VALID, length));
    assertThat(host.journal.take())
        .singleElement()
        .asString()
        .endsWith("found " + length + " (and 2 other packets)");
  }

  @Test
  void saysAForeignVridOnceWithWhatWasExpected() {
    FakeHost host = quietBackup();
    byte[] foreign = VALID.clone();
    foreign[1] = 77;
    host.hear(NEIGHBOUR, foreign);
    host.run(60_000_000_000L);
    host.hear(NEIGHBOUR, foreign);
    assertThat(host.journal.messages().stream().filter(it -> it.contains("VRID")))
        .singleElement()
        .asString()
        .startsWith(
            "warn packet from " + NEIGHBOUR + " on eth0 ignored: expected VRID 51, found 77; ");
  }
}
