package org.vipd.daemon.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.vipd.netlink.address.InterfaceIndex;
import org.vipd.netlink.address.IpFamily;
import org.vipd.netlink.socket.RawIpSocket;

/** Rubbish on IP protocol 112 moves one counter for each packet, and nothing else. */
@Execution(ExecutionMode.CONCURRENT)
class GarbageIT extends LabTest {

  private static final int VRRP = 112;
  private static final int RIGHT_HOP_LIMIT = 255;
  private static final int VRID = 66;
  private static final int CHECKSUM_OFFSET = 6;
  private static final int RANDOM_PACKETS = 150;
  private static final int RANDOM_BYTES_MAXIMUM = 120;
  private static final String PASSWORD = "sharedpw";
  private static final String AUTHENTICATION =
      "authentication {\n auth_type PASS\n auth_pass " + PASSWORD + "\n }\n";

  private VipdNode vipd;
  private RawIpSocket sender;
  private InetAddress source;
  private InetAddress group;

  @BeforeEach
  void addresses() throws UnknownHostException {
    source = InetAddress.getByName("10.66.0.2");
    group = InetAddress.getByName("224.0.0.18");
  }

  private void start(String interval) {
    Host sending = lab().host("two", "10.66.0.2/24");
    int index = sending.namespace().interfaceIndex(Lab.INTERFACE);
    sender =
        sending
            .namespace()
            .call(
                () ->
                    RawIpSocket.open(
                        new RawIpSocket.Options(
                            IpFamily.IPV4,
                            new InterfaceIndex(index),
                            Lab.INTERFACE,
                            VRRP,
                            Optional.empty(),
                            Optional.empty())));
    vipd = VipdNode.start(host(), Texts.instance(100, AUTHENTICATION + interval));
    vipd.awaitState("BACKUP");
  }

  private void send(byte[] payload, int hopLimit) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(payload.length);
    buffer.put(payload).flip();
    sender.send(buffer, source, group, hopLimit, VRRP);
  }

  /** A version 2 advertisement for our address, as a stronger Active would send it. */
  private static byte[] advertisement(int priority, String password, int seconds) {
    ByteBuffer buffer = ByteBuffer.allocate(20);
    buffer.put((byte) 0x21).put((byte) VRID).put((byte) priority).put((byte) 1);
    buffer.put((byte) 1).put((byte) seconds).putShort((short) 0);
    buffer.put((byte) 10).put((byte) 66).put((byte) 0).put((byte) 100);
    buffer.put(password.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    int sum = 0;
    for (int i = 0; i < buffer.capacity(); i += 2) {
      sum += Short.toUnsignedInt(buffer.getShort(i));
    }
    sum = (sum & 0xffff) + (sum >>> 16);
    buffer.putShort(CHECKSUM_OFFSET, (short) ~((sum & 0xffff) + (sum >>> 16)));
    return buffer.array();
  }

  /** Sends one packet and returns the counters that moved. */
  private Map<String, Long> moved(byte[] payload, int hopLimit) {
    Map<String, Long> before = Counters.all(vipd);
    send(payload, hopLimit);
    Await.until(
        "a counter moves", Await.GENEROUS, () -> !Counters.all(vipd).equals(before), vipd::log);
    Map<String, Long> moved = new TreeMap<>(Counters.all(vipd));
    before.forEach((name, value) -> moved.merge(name, -value, Long::sum));
    moved.values().removeIf(value -> value == 0);
    return moved;
  }

  private void checkOneMoves(String what, byte[] payload, int hopLimit) {
    Map<String, Long> moved = moved(payload, hopLimit);
    assertThat(moved).as(what).hasSize(1);
    assertThat(moved.values()).as(what + ": " + moved).containsExactly(1L);
    assertThat(moved.keySet()).as(what).doesNotContain("advertisement-rcvd");
  }

  @Test
  void countsEachPacketOnceAndDoesNothing() {
    start("advert_int 100");
    Capture capture = lab().capture();
    String since = vipd.instance().orElseThrow().get("since").getAsString();
    byte[] valid = advertisement(200, PASSWORD, 100);
    for (int length = 0; length < valid.length; length++) {
      checkOneMoves("first " + length + " bytes", java.util.Arrays.copyOf(valid, length), 255);
    }
    assertThat(moved(valid, 64)).isEqualTo(Map.of("ip-ttl-errors", 1L));
    assertThat(moved(advertisement(0, PASSWORD, 100), 254)).isEqualTo(Map.of("ip-ttl-errors", 1L));
    assertThat(moved(advertisement(0, "wrongone", 100), RIGHT_HOP_LIMIT))
        .isEqualTo(Map.of("auth-failures", 1L));
    assertThat(moved(advertisement(0, PASSWORD, 7), RIGHT_HOP_LIMIT))
        .isEqualTo(Map.of("interval-errors", 1L));
    checkRandomBytes(System.nanoTime());
    assertThat(vipd.state()).isEqualTo("BACKUP");
    assertThat(vipd.instance().orElseThrow().get("since").getAsString()).isEqualTo(since);
    assertThat(capture.count(it -> it.isAdvertisementFrom("10.66.0.1"))).as("answers").isZero();
    assertThat(vipd.host().hasAddress(Texts.VIP)).isFalse();
    assertThat(moved(valid, RIGHT_HOP_LIMIT)).isEqualTo(Map.of("advertisement-rcvd", 1L));
  }

  private void checkRandomBytes(long seed) {
    System.out.println("random bytes with seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < RANDOM_PACKETS; i++) {
      byte[] bytes = new byte[random.nextInt(RANDOM_BYTES_MAXIMUM)];
      random.nextBytes(bytes);
      if (bytes.length > 1 && random.nextBoolean()) {
        bytes[0] = 0x21;
        bytes[1] = VRID;
      }
      checkOneMoves("seed " + seed + ", packet " + i, bytes, RIGHT_HOP_LIMIT);
    }
  }

  @Test
  void risesAlthoughRejectedPacketsKeepComing() {
    start("advert_int 1");
    Await.until(
        "rejected advertisements do not keep the timer from running",
        Await.GENEROUS,
        () -> {
          send(advertisement(200, "wrongone", 1), RIGHT_HOP_LIMIT);
          return vipd.state().equals("MASTER");
        },
        vipd::log);
    assertThat(vipd.counter("auth-failures")).isPositive();
    assertThat(vipd.counter("advertisement-rcvd")).isZero();
  }
}
