package org.vipd.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vipd.protocol.value.IpAddress;
import org.vipd.protocol.wire.DecodeResult.Accepted;
import org.vipd.protocol.wire.DecodeResult.Rejected;
import org.vipd.protocol.wire.authentication.HmacKey;
import org.vipd.protocol.wire.authentication.HmacSettings;
import org.vipd.protocol.wire.authentication.HmacSettings.AntiReplay;
import org.vipd.protocol.wire.authentication.HmacSettings.Mode;
import org.vipd.protocol.wire.authentication.ReplayMarks;
import org.vipd.protocol.wire.authentication.SequenceClock;

/**
 * The trailer of keepalived's auth_hmac. The three packets were computed by a separate program
 * (Python's hmac and hashlib) with key 7 = bytes 0 to 31 and sequence 1700000000.5 s.
 */
class HmacTest {
  private static final String KEY =
      "hex:000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
  private static final long SECOND = 1_000_000_000L;
  private static final long SIGNED_AT = 1_700_000_000L * SECOND + SECOND / 2;
  private static final String V2 =
      "210164010001b8fac00002010000000000000000010700006553f1008000000078dbd079062544ed51844b0ad165"
          + "348d";
  private static final String V3 =
      "31016401006405fdc0000201010700006553f100800000005a9878da25eb2dec305f73e74d721b2f";
  private static final String V3_IPV6 =
      "31016402006403d7fe80000000000000000000000000000120010db8000000000000000000000001010700006553"
          + "f10080000000dea0569dc100a27dc55b810845b33ffa";

  private long nowNanos = SIGNED_AT;

  @TestFactory
  Stream<DynamicTest> matchesTheIndependentComputation() {
    return Stream.of(
            new Vector(Decoding.v2(), V2),
            new Vector(Decoding.v3(), V3),
            new Vector(Decoding.v3Ipv6(), V3_IPV6))
        .map(
            vector ->
                DynamicTest.dynamicTest(
                    vector.hex().substring(0, 12),
                    () -> {
                      ReceivePolicy policy = vector.policy().withAuthentication(enforce());
                      assertThat(encode(policy, enforce())).isEqualTo(vector.hex());
                      assertThat(Decoding.decode(policy, vector.hex()))
                          .isInstanceOf(Accepted.class);
                    }));
  }

  private record Vector(ReceivePolicy policy, String hex) {}

  @Test
  void refusesAReplay() {
    ReceivePolicy policy = Decoding.v3().withAuthentication(enforce());
    assertThat(Decoding.decode(policy, V3)).isInstanceOf(Accepted.class);
    assertThat(reason(Decoding.decode(policy, V3))).isEqualTo(RejectReason.TRAILER_REPLAY);
  }

  @Test
  void keepsMarksPerSender() {
    ReceivePolicy policy = Decoding.v3().withAuthentication(enforce());
    Hmac sender = enforce();
    assertThat(Decoding.decode(policy, encode(policy, sender))).isInstanceOf(Accepted.class);
    IpAddress other = Frames.address("192.0.2.13");
    ByteBuffer buffer = ByteBuffer.allocate(200);
    AdvertisementEncoder.encode(
        Decoding.advertisement(policy, 100),
        new SendPolicy(enforce(), ChecksumForm.MESSAGE_ONLY),
        other,
        IpAddress.vrrpGroup(other.family()),
        buffer);
    IpEnvelope envelope =
        new IpEnvelope(other, IpAddress.vrrpGroup(other.family()), 255, IpEnvelope.VRRP);
    assertThat(AdvertisementDecoder.decode(envelope, buffer.flip(), policy))
        .isInstanceOf(Accepted.class);
  }

  @Test
  void refusesAForgedByteAnywhereInMessageAndTrailer() {
    byte[] packet = HexFormat.of().parseHex(V3_IPV6);
    for (int i = 0; i < packet.length; i++) {
      byte[] forged = packet.clone();
      forged[i] ^= 0x20;
      // An attacker also repairs the checksum: give the decoder a message that passes it.
      repairChecksum(forged);
      DecodeResult result =
          Decoding.decode(
              Decoding.v3Ipv6().withAuthentication(enforce()), HexFormat.of().formatHex(forged));
      if (i != 6 && i != 7) {
        assertThat(result).as("byte %d", i).isInstanceOf(Rejected.class);
      }
    }
  }

  @Test
  void demandsATrailerWhenEnforcing() {
    ReceivePolicy policy = Decoding.v3().withAuthentication(enforce());
    assertThat(Decoding.decode(policy, V3.substring(0, 24)))
        .isEqualTo(new Rejected(RejectReason.TRAILER_MISSING, 28, 0));
  }

  @Test
  void acceptsUnsignedPacketsWithANoticeInTheOtherModes() {
    for (Mode mode : List.of(Mode.PERMISSIVE, Mode.RECEIVE_ONLY)) {
      ReceivePolicy policy = Decoding.v3().withAuthentication(hmac(mode, AntiReplay.TIME));
      Accepted accepted = (Accepted) Decoding.decode(policy, V3.substring(0, 24));
      assertThat(accepted.noticeSet()).containsExactly(Notice.UNSIGNED);
    }
  }

  @Test
  void checksATrailerInEveryMode() {
    String forged = V3.substring(0, V3.length() - 2) + "00";
    for (Mode mode : Mode.values()) {
      ReceivePolicy policy = Decoding.v3().withAuthentication(hmac(mode, AntiReplay.TIME));
      assertThat(reason(Decoding.decode(policy, forged))).isEqualTo(RejectReason.TRAILER_SIGNATURE);
    }
  }

  @Test
  void sendsNoTrailerInReceiveOnlyMode() {
    Hmac quiet = hmac(Mode.RECEIVE_ONLY, AntiReplay.TIME);
    assertThat(encode(Decoding.v3(), quiet)).isEqualTo(V3.substring(0, 24));
  }

  @Test
  void refusesStalePacketsOnlyInTimeMode() {
    nowNanos = SIGNED_AT + 6 * SECOND;
    ReceivePolicy timed = Decoding.v3().withAuthentication(enforce());
    assertThat(Decoding.decode(timed, V3))
        .isEqualTo(new Rejected(RejectReason.TRAILER_STALE, 1_700_000_006L, 1_700_000_000L));
    ReceivePolicy monotonic =
        Decoding.v3().withAuthentication(hmac(Mode.ENFORCE, AntiReplay.MONOTONIC));
    assertThat(Decoding.decode(monotonic, V3)).isInstanceOf(Accepted.class);
  }

  @Test
  void noticesASkewOfMoreThanHalfTheWindow() {
    nowNanos = SIGNED_AT + 3 * SECOND;
    Accepted accepted = (Accepted) Decoding.decode(Decoding.v3().withAuthentication(enforce()), V3);
    assertThat(accepted.noticeSet()).containsExactly(Notice.CLOCK_SKEW);
  }

  @Test
  void refusesUnknownKeysAndMalformedTrailers() {
    ReceivePolicy policy = Decoding.v3().withAuthentication(enforce());
    assertThat(reason(Decoding.decode(policy, replace(V3, 13, "08"))))
        .isEqualTo(RejectReason.TRAILER_UNKNOWN_KEY);
    assertThat(reason(Decoding.decode(policy, replace(V3, 12, "02"))))
        .isEqualTo(RejectReason.TRAILER_MALFORMED);
    assertThat(reason(Decoding.decode(policy, replace(V3, 15, "01"))))
        .isEqualTo(RejectReason.TRAILER_MALFORMED);
  }

  @Test
  void takesATrailerOfAnotherLengthForALengthError() {
    ReceivePolicy policy = Decoding.v3().withAuthentication(enforce());
    assertThat(Decoding.decode(policy, V3 + "00"))
        .isEqualTo(new Rejected(RejectReason.PACKET_LENGTH, 12, 41));
    assertThat(Decoding.decode(Decoding.v3(), V3))
        .isEqualTo(new Rejected(RejectReason.PACKET_LENGTH, 12, 40));
  }

  @Test
  void neverSendsASequenceTwice() {
    SequenceClock clock = new SequenceClock(() -> nowNanos, 0);
    HmacSettings settings = settings(Mode.ENFORCE, AntiReplay.TIME);
    long first = clock.next(settings);
    long second = clock.next(settings);
    nowNanos -= SECOND;
    long third = clock.next(settings);
    nowNanos += 2 * SECOND;
    long fourth = clock.next(settings);
    assertThat(first).isEqualTo(1_700_000_000L << 32 | 0x8000L << 16);
    assertThat(List.of(second, third)).containsExactly(first + 1, first + 2);
    assertThat(fourth >>> 32).isEqualTo(1_700_000_001L);
  }

  @Test
  void goesOnBehindThePersistedSequence() {
    long persisted = 1_700_000_003L << 32;
    SequenceClock clock = new SequenceClock(() -> nowNanos, persisted);
    assertThat(clock.next(settings(Mode.ENFORCE, AntiReplay.TIME))).isEqualTo(persisted + 1);
    assertThat(clock.last()).isEqualTo(persisted + 1);
  }

  @Test
  void restartsFromTheClockWhenFarAheadInTimeModeOnly() {
    long persisted = 1_700_000_100L << 32;
    assertThat(
            new SequenceClock(() -> nowNanos, persisted)
                    .next(settings(Mode.ENFORCE, AntiReplay.TIME))
                >>> 32)
        .isEqualTo(1_700_000_000L);
    assertThat(
            new SequenceClock(() -> nowNanos, persisted)
                .next(settings(Mode.ENFORCE, AntiReplay.MONOTONIC)))
        .isEqualTo(persisted + 1);
  }

  @Test
  void forgetsMarksOutsideTheWindowInTimeMode() {
    ReceivePolicy policy = Decoding.v3().withAuthentication(enforce());
    assertThat(Decoding.decode(policy, V3)).isInstanceOf(Accepted.class);
    nowNanos -= 20 * SECOND;
    String earlier = encode(policy, enforce());
    assertThat(Decoding.decode(policy, earlier)).isInstanceOf(Accepted.class);
  }

  @ParameterizedTest
  @CsvSource({"-6,false", "-5,true", "5,true", "6,false"})
  void acceptsTheWholeWindowAndNotASecondMore(int secondsApart, boolean isAccepted) {
    ReceivePolicy policy = Decoding.v3().withAuthentication(enforce());
    nowNanos += secondsApart * SECOND;
    assertThat(Decoding.decode(policy, V3) instanceof Accepted).isEqualTo(isAccepted);
  }

  @ParameterizedTest
  @CsvSource({"2,0", "3,1"})
  void noticesASkewOnlyBeyondHalfTheWindow(int secondsApart, int notices) {
    nowNanos += secondsApart * SECOND;
    Accepted accepted = (Accepted) Decoding.decode(Decoding.v3().withAuthentication(enforce()), V3);
    assertThat(accepted.noticeSet()).hasSize(notices);
  }

  @ParameterizedTest
  @CsvSource({"5,false", "6,true"})
  void keepsAMarkForTheWholeWindow(int secondsBack, boolean isAccepted) {
    ReceivePolicy policy = Decoding.v3().withAuthentication(enforce());
    assertThat(Decoding.decode(policy, V3)).isInstanceOf(Accepted.class);
    nowNanos -= secondsBack * SECOND;
    DecodeResult result = Decoding.decode(policy, encode(policy, enforce()));
    assertThat(result instanceof Accepted).isEqualTo(isAccepted);
  }

  @ParameterizedTest
  @CsvSource({"5,1700000005", "6,1700000000"})
  void keepsAheadByTheWholeWindowAndNotASecondMore(int secondsAhead, long expectedSeconds) {
    long persisted = (1_700_000_000L + secondsAhead) << 32;
    SequenceClock clock = new SequenceClock(() -> nowNanos, persisted);
    assertThat(clock.next(settings(Mode.ENFORCE, AntiReplay.TIME)) >>> 32)
        .isEqualTo(expectedSeconds);
  }

  /** RFC 1982: 0 comes after the largest number, and half the space away begins the past. */
  @Test
  void comparesSequencesAsSerialNumbers() {
    ReceivePolicy policy =
        Decoding.v3().withAuthentication(hmac(Mode.ENFORCE, AntiReplay.MONOTONIC));
    assertThat(Decoding.decode(policy, signedAfter(policy, -2))).isInstanceOf(Accepted.class);
    String beforeTheTurn = signedAfter(policy, -2);
    assertThat(Decoding.decode(policy, signedAfter(policy, -1))).isInstanceOf(Accepted.class);
    assertThat(Decoding.decode(policy, beforeTheTurn))
        .isEqualTo(new Rejected(RejectReason.TRAILER_REPLAY, 0, -1));
    assertThat(reason(Decoding.decode(policy, signedAfter(policy, Long.MAX_VALUE))))
        .isEqualTo(RejectReason.TRAILER_REPLAY);
    assertThat(Decoding.decode(policy, signedAfter(policy, Long.MAX_VALUE - 1)))
        .isInstanceOf(Accepted.class);
    assertThat(Decoding.decode(policy, signedAfter(policy, Long.MAX_VALUE)))
        .isInstanceOf(Accepted.class);
  }

  private String signedAfter(ReceivePolicy policy, long lastSequence) {
    nowNanos = 0;
    return encode(
        policy,
        new Hmac(
            settings(Mode.ENFORCE, AntiReplay.MONOTONIC),
            new SequenceClock(() -> nowNanos, lastSequence),
            new ReplayMarks(1)));
  }

  @Test
  void forgetsTheSenderUnheardForLongest() {
    ReplayMarks marks = new ReplayMarks(2);
    marks.accept(Decoding.PEER, 1);
    marks.accept(Decoding.US, 2);
    marks.accept(Decoding.PEER, 3);
    marks.accept(Frames.address("192.0.2.13"), 4);
    assertThat(marks.of(Decoding.PEER)).contains(3L);
    assertThat(marks.of(Decoding.US)).isEmpty();
  }

  @Test
  void readsKeysInEitherFormAndDropsLineEnds() {
    String plain = "0123456789abcdef0123456789abcdef";
    assertThat(HmacKey.parse(1, plain + "\r\n")).isEqualTo(HmacKey.parse(1, plain));
    assertThat(HmacKey.parse(1, "hex:" + "30".repeat(32)))
        .isEqualTo(HmacKey.parse(1, "0".repeat(32)));
    assertThat(HmacKey.parse(1, plain).toString()).doesNotContain(plain);
  }

  @Test
  void refusesBadKeysWithoutShowingThem() {
    assertThatThrownBy(() -> HmacKey.parse(1, "tooshort"))
        .hasMessage("HMAC key 1 must have 32..64 bytes, got 8");
    assertThatThrownBy(() -> HmacKey.parse(1, "x".repeat(65))).hasMessageContaining("got 65");
    assertThatThrownBy(() -> HmacKey.parse(1, "hex:zz"))
        .hasMessageContaining("hexadecimal")
        .hasMessageNotContaining("zz");
    assertThatThrownBy(() -> HmacKey.parse(256, "0".repeat(32))).hasMessageContaining("1..255");
  }

  @Test
  void refusesImpossibleSettings() {
    HmacKey key = HmacKey.parse(7, KEY);
    assertThatThrownBy(() -> new HmacSettings(List.of(key), 8, AntiReplay.TIME, 5, Mode.ENFORCE))
        .hasMessageContaining("active HMAC key 8");
    assertThatThrownBy(() -> new HmacSettings(List.of(key), 7, AntiReplay.TIME, 301, Mode.ENFORCE))
        .hasMessageContaining("1..300");
    assertThatThrownBy(
            () -> new HmacSettings(List.of(key, key), 7, AntiReplay.TIME, 5, Mode.ENFORCE))
        .hasMessageContaining("differ");
    assertThat(HmacSettings.defaultWindowSeconds(SECOND)).isEqualTo(5);
    assertThat(HmacSettings.defaultWindowSeconds(10 * SECOND)).isEqualTo(30);
    assertThat(HmacSettings.defaultWindowSeconds(255 * SECOND)).isEqualTo(300);
  }

  private Hmac enforce() {
    return hmac(Mode.ENFORCE, AntiReplay.TIME);
  }

  private Hmac hmac(Mode mode, AntiReplay antiReplay) {
    return new Hmac(
        settings(mode, antiReplay),
        new SequenceClock(() -> nowNanos, 0),
        new ReplayMarks(ReplayMarks.MULTICAST_CAPACITY));
  }

  private static HmacSettings settings(Mode mode, AntiReplay antiReplay) {
    return new HmacSettings(List.of(HmacKey.parse(7, KEY)), 7, antiReplay, 5, mode);
  }

  private static String encode(ReceivePolicy policy, Hmac sender) {
    IpEnvelope envelope = Decoding.envelope(policy);
    ByteBuffer buffer = ByteBuffer.allocate(200);
    int length =
        AdvertisementEncoder.encode(
            Decoding.advertisement(policy, 100),
            new SendPolicy(sender, ChecksumForm.PSEUDO_HEADER),
            envelope.source(),
            envelope.destination(),
            buffer);
    return HexFormat.of().formatHex(buffer.array(), 0, length);
  }

  private static void repairChecksum(byte[] packet) {
    ByteBuffer buffer = ByteBuffer.wrap(packet);
    buffer.putShort(6, (short) 0);
    long sum =
        Checksum.sum(buffer, 0, packet.length)
            + Checksum.pseudoHeader(
                Decoding.PEER6, IpAddress.vrrpGroup(Decoding.PEER6.family()), packet.length);
    buffer.putShort(6, (short) Checksum.complement(sum));
  }

  private static String replace(String hex, int offset, String octet) {
    return hex.substring(0, 2 * offset) + octet + hex.substring(2 * offset + 2);
  }

  private static RejectReason reason(DecodeResult result) {
    return ((Rejected) result).reason();
  }
}
