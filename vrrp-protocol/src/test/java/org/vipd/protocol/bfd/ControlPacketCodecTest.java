package org.vipd.protocol.bfd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vipd.protocol.bfd.ControlPacketCodec.Decoded;

class ControlPacketCodecTest {

  private static final String UP_WITH_POLL = "20e00318a1b2c3d40102030400002710000186a000000000";

  private static ByteBuffer bytes(String hex) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
  }

  private static ControlPacket decoded(String hex) {
    return ((Decoded.Packet) ControlPacketCodec.decode(bytes(hex))).packet();
  }

  @ParameterizedTest
  @CsvSource({
    "20400518a1b2c3d400000000000f424000002710000000ff, NONE, DOWN, false, false, false, 5",
    "21800318a1b2c3d401020304000f42400000271000000000, DETECTION_TIME_EXPIRED, INIT, false, false,"
        + " false, 3",
    UP_WITH_POLL + ", NONE, UP, true, false, false, 3",
    "23d2ff18a1b2c3d4010203040000271000002710ffffffff, NEIGHBOUR_SIGNALED_DOWN, UP, false, true,"
        + " true, 255",
    "27000118a1b2c3d40102030400000000000000000000000a, ADMINISTRATIVELY_DOWN, ADMIN_DOWN, false,"
        + " false, false, 1"
  })
  void readsAndWritesTheSameOctets(
      String hex,
      Diagnostic diagnostic,
      SessionState state,
      boolean isPoll,
      boolean isFinal,
      boolean isDemand,
      int multiplier) {
    ControlPacket packet = decoded(hex);
    assertThat(packet.diagnostic()).isEqualTo(diagnostic);
    assertThat(packet.state()).isEqualTo(state);
    assertThat(packet.isPoll()).isEqualTo(isPoll);
    assertThat(packet.isFinal()).isEqualTo(isFinal);
    assertThat(packet.isDemand()).isEqualTo(isDemand);
    assertThat(packet.multiplier()).isEqualTo(multiplier);
    ByteBuffer again = ByteBuffer.allocate(ControlPacketCodec.LENGTH);
    if (!packet.isDemand()) {
      ControlPacketCodec.encode(packet, again);
      assertThat(HexFormat.of().formatHex(again.array())).isEqualTo(hex);
    }
  }

  @Test
  void readsNumbersWithoutSign() {
    ControlPacket packet = decoded("20c00318ffffffff8000000080000000ffffffff00000001");
    assertThat(packet.myDiscriminator()).isEqualTo(-1);
    assertThat(packet.yourDiscriminator()).isEqualTo(Integer.MIN_VALUE);
    assertThat(packet.desiredMinTxMicros()).isEqualTo(0x8000_0000L);
    assertThat(packet.requiredMinRxMicros()).isEqualTo(0xFFFF_FFFFL);
    assertThat(packet.requiredMinEchoRxMicros()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "'', TOO_SHORT",
    "20e00318a1b2c3d40102030400002710000186a0000000, TOO_SHORT",
    "00e00318a1b2c3d40102030400002710000186a000000000, BAD_VERSION",
    "40e00318a1b2c3d40102030400002710000186a000000000, BAD_VERSION",
    "20e00317a1b2c3d40102030400002710000186a000000000, BAD_LENGTH",
    "20e00319a1b2c3d40102030400002710000186a000000000, BAD_LENGTH",
    "20e40318a1b2c3d40102030400002710000186a0000000000000, BAD_LENGTH",
    "20e00018a1b2c3d40102030400002710000186a000000000, ZERO_MULTIPLIER",
    "20e10318a1b2c3d40102030400002710000186a000000000, MULTIPOINT",
    "20f00318a1b2c3d40102030400002710000186a000000000, POLL_AND_FINAL",
    "20e00318000000000102030400002710000186a000000000, ZERO_DISCRIMINATOR",
    "20e00318a1b2c3d40000000000002710000186a000000000, LOST_DISCRIMINATOR",
    "20800318a1b2c3d40000000000002710000186a000000000, LOST_DISCRIMINATOR",
    "20e4031aa1b2c3d40102030400002710000186a0000000000102, AUTHENTICATED"
  })
  void refusesWhatMustNotBeLookedAt(String hex, Malformation reason) {
    assertThat(ControlPacketCodec.decode(bytes(hex))).isEqualTo(new Decoded.Refused(reason));
  }

  @Test
  void takesAPacketWithOctetsBehindIt() {
    assertThat(decoded(UP_WITH_POLL + "ffff")).isEqualTo(decoded(UP_WITH_POLL));
  }

  @Test
  void leavesThePositionOfThePayload() {
    ByteBuffer payload = bytes("ffff" + UP_WITH_POLL).position(2);
    assertThat(ControlPacketCodec.decode(payload)).isInstanceOf(Decoded.Packet.class);
    assertThat(payload.position()).isEqualTo(2);
  }

  @Test
  void survivesAnyOctets() {
    long seed = 20_261_126;
    Random random = new Random(seed);
    int packets = 0;
    for (int round = 0; round < 200_000; round++) {
      byte[] octets = new byte[random.nextInt(40)];
      random.nextBytes(octets);
      if (octets.length > 3 && random.nextBoolean()) {
        octets[0] = 0x20;
        octets[3] = ControlPacketCodec.LENGTH;
      }
      if (ControlPacketCodec.decode(ByteBuffer.wrap(octets)) instanceof Decoded.Packet it) {
        packets++;
        ByteBuffer again = ByteBuffer.allocate(ControlPacketCodec.LENGTH);
        if (it.packet().diagnostic() != Diagnostic.RESERVED) {
          ControlPacketCodec.encode(it.packet(), again);
          assertThat(ControlPacketCodec.decode(again.flip())).as("seed " + seed).isEqualTo(it);
        }
      }
    }
    assertThat(packets).as("seed " + seed).isGreaterThan(1000);
  }

  @Test
  void refusesToMakeWhatMustNotBeSent() {
    assertThatThrownBy(() -> packet(0, 1, false, 1)).hasMessageContaining("multiplier");
    assertThatThrownBy(() -> packet(256, 1, false, 1)).hasMessageContaining("multiplier");
    assertThatThrownBy(() -> packet(1, 0, false, 1)).hasMessageContaining("discriminator");
    assertThatThrownBy(() -> packet(1, 1, true, 1)).hasMessageContaining("poll and final");
    assertThatThrownBy(() -> packet(1, 1, false, 1L << 32)).hasMessageContaining("interval");
    assertThat(packet(1, 1, false, (1L << 32) - 1)).isNotNull();
  }

  private static ControlPacket packet(int multiplier, int mine, boolean isPoll, long micros) {
    return new ControlPacket(
        Diagnostic.NONE, SessionState.UP, isPoll, true, false, multiplier, mine, 2, micros, 0, 0);
  }
}
