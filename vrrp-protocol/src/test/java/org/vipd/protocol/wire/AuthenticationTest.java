package org.vipd.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vipd.protocol.value.IpAddress;
import org.vipd.protocol.wire.DecodeResult.Accepted;
import org.vipd.protocol.wire.DecodeResult.Rejected;

/** Password and authentication header of RFC 2338, as keepalived uses them. */
class AuthenticationTest {

  private static final byte[] KEY = "secret12".getBytes(StandardCharsets.US_ASCII);
  private static final String GOLDEN =
      "01005e00001200005e000101080045c0004000010000ff3318acc000020be000001270040000c000020b00000001"
          + "1a00fb686eac3af5e5094568210164010201b6fac00002010000000000000000";

  @ParameterizedTest
  @CsvSource({
    "secret12,7365637265743132",
    "abc,6162630000000000",
    "'',0000000000000000",
    "secret123,7365637265743132"
  })
  void padsOrCutsPasswordsToEightBytes(String password, String hex) {
    ByteBuffer buffer = ByteBuffer.allocate(8);
    SimplePassword.of(password).writeTo(buffer);
    assertThat(HexFormat.of().formatHex(buffer.array())).isEqualTo(hex);
  }

  @Test
  void neverShowsASecret() {
    assertThat(SimplePassword.of("secret12").toString()).doesNotContain("secret12");
    assertThat(AuthenticationHeader.of("secret12").toString()).doesNotContain("secret12");
    assertThat(SimplePassword.of("a")).isEqualTo(SimplePassword.of("a"));
    assertThat(SimplePassword.of("a")).isNotEqualTo(SimplePassword.of("b"));
  }

  @Test
  void acceptsAnAuthenticationHeaderOnce() {
    ReceivePolicy policy = headerPolicy();
    assertThat(decode(policy, GOLDEN)).isInstanceOf(Accepted.class);
    assertThat(decode(policy, GOLDEN))
        .isEqualTo(new Rejected(RejectReason.AUTHENTICATION_REPLAY, 2, 1));
  }

  @Test
  void acceptsGrowingAndRefusesFallingSequences() {
    AuthenticationHeader sender = AuthenticationHeader.of("secret12");
    String first = datagram(sender);
    String second = datagram(sender);
    String third = datagram(sender);
    ReceivePolicy policy = headerPolicy();
    assertThat(decode(policy, first)).isInstanceOf(Accepted.class);
    assertThat(decode(policy, third)).isInstanceOf(Accepted.class);
    assertThat(decode(policy, second))
        .isEqualTo(new Rejected(RejectReason.AUTHENTICATION_REPLAY, 4, 2));
  }

  @Test
  void writesTheSameDatagramAsKeepalived() {
    assertThat(datagram(AuthenticationHeader.of("secret12"))).isEqualTo(GOLDEN);
  }

  @Test
  void continuesTheSequenceOfTheOldActive() {
    AuthenticationHeader ours = AuthenticationHeader.of("secret12");
    ReceivePolicy policy = Decoding.v2().withAuthentication(ours);
    assertThat(decode(policy, GOLDEN)).isInstanceOf(Accepted.class);
    assertThat(ours.sequence()).isEqualTo(1);
    datagram(ours);
    assertThat(ours.sequence()).isEqualTo(2);
  }

  @Test
  void continuesTheSequenceOfAnEarlierProcess() {
    AuthenticationHeader restarted = AuthenticationHeader.resumed(KEY, 41, 0);
    ReceivePolicy peer = Decoding.v2().withAuthentication(AuthenticationHeader.resumed(KEY, 41, 0));
    assertThat(decode(peer, datagram(restarted))).isInstanceOf(Accepted.class);
    assertThat(restarted.sequence()).isEqualTo(42);
    assertThat(decode(peer, GOLDEN))
        .isEqualTo(new Rejected(RejectReason.AUTHENTICATION_REPLAY, 43, 1));
    assertThatThrownBy(() -> AuthenticationHeader.resumed(KEY, 1L << 32, 0))
        .hasMessageContaining("got 4294967296");
  }

  @Test
  void skipsWhatAnEarlierProcessMayHaveSentUnlessItHearsTheActiveFirst() {
    AuthenticationHeader first = AuthenticationHeader.resumed(KEY, 41, 1000);
    datagram(first);
    assertThat(first.sequence()).isEqualTo(1042);
    datagram(first);
    assertThat(first.sequence()).isEqualTo(1043);

    AuthenticationHeader second = AuthenticationHeader.resumed(KEY, 41, 1000);
    String active = datagram(AuthenticationHeader.resumed(KEY, 45, 0));
    assertThat(decode(Decoding.v2().withAuthentication(second), active))
        .isInstanceOf(Accepted.class);
    datagram(second);
    assertThat(second.sequence()).isEqualTo(47);
  }

  @Test
  void remembersNoSequenceOfARejectedPacket() {
    AuthenticationHeader ours = AuthenticationHeader.of("secret12");
    ReceivePolicy policy = Decoding.v2().withAuthentication(ours);
    AuthenticationHeader sender = AuthenticationHeader.of("secret12");
    datagram(sender);
    String wrongInterval =
        datagram(
            sender,
            new Advertisement(
                policy.local().version(),
                policy.local().vrid(),
                org.vipd.protocol.value.Priority.DEFAULT,
                org.vipd.protocol.value.AdvertInterval.ofSeconds(9),
                policy.local().addresses()));
    assertThat(decode(policy, wrongInterval)).isEqualTo(new Rejected(RejectReason.INTERVAL, 1, 9));
    assertThat(ours.sequence()).isZero();
  }

  @Test
  void noticesEveryChangedByteOfASignedDatagram() {
    // TOS, flags, fragment offset and header checksum may change on the way; version and lengths
    // decide how the socket cuts the packet.
    java.util.Set<Integer> notCovered = java.util.Set.of(0, 1, 2, 3, 6, 7, 10, 11);
    byte[] frame = HexFormat.of().parseHex(GOLDEN);
    for (int i = 14; i < frame.length; i++) {
      int ipOffset = i - 14;
      if (notCovered.contains(ipOffset)) {
        continue;
      }
      byte[] damaged = frame.clone();
      damaged[i] ^= 0x01;
      DecodeResult result = decode(headerPolicy(), HexFormat.of().formatHex(damaged));
      assertThat(result).as("byte %d", ipOffset).isInstanceOf(Rejected.class);
    }
  }

  @Test
  void refusesAHeaderWithoutTheRawIpHeader() {
    var packet = Frames.packet(GOLDEN);
    IpEnvelope bare =
        new IpEnvelope(
            packet.envelope().source(),
            packet.envelope().destination(),
            255,
            IpEnvelope.AUTHENTICATION_HEADER);
    assertThat(AdvertisementDecoder.decode(bare, packet.payload(), headerPolicy()))
        .isEqualTo(Rejected.of(RejectReason.AUTHENTICATION_FAILURE));
  }

  @Test
  void namesAHeaderWhereNoneIsConfigured() {
    var packet = Frames.packet(GOLDEN);
    assertThat(AdvertisementDecoder.decode(packet.envelope(), packet.payload(), Decoding.v2()))
        .isEqualTo(new Rejected(RejectReason.AUTHENTICATION_TYPE_MISMATCH, 0, 2));
  }

  @Test
  void countsTheHopLimitAsZeroInUnicast() {
    AuthenticationHeader sender = AuthenticationHeader.of("secret12");
    ByteBuffer buffer = ByteBuffer.allocate(200);
    AdvertisementEncoder.encodeDatagram(
        Decoding.advertisement(Decoding.v2(), 100),
        new SendPolicy(sender, ChecksumForm.MESSAGE_ONLY),
        Decoding.PEER,
        Decoding.US,
        buffer);
    buffer.put(8, (byte) 60);
    var packet = Frames.packet("00".repeat(14) + HexFormat.of().formatHex(bytes(buffer)));
    ReceivePolicy policy =
        Decoding.unicast(Decoding.v2(), 0).withAuthentication(AuthenticationHeader.of("secret12"));
    assertThat(AdvertisementDecoder.decode(packet.envelope(), packet.payload(), policy))
        .isInstanceOf(Accepted.class);
  }

  @Test
  void peeksBehindTheHeader() {
    var packet = Frames.packet(GOLDEN);
    assertThat(AdvertisementDecoder.peekVrid(packet.envelope(), packet.payload())).isEqualTo(1);
  }

  private static ReceivePolicy headerPolicy() {
    return Decoding.v2().withAuthentication(AuthenticationHeader.of("secret12"));
  }

  private static DecodeResult decode(ReceivePolicy policy, String frame) {
    var packet = Frames.packet(frame);
    return AdvertisementDecoder.decode(packet.envelope(), packet.payload(), policy);
  }

  private static String datagram(AuthenticationHeader sender) {
    return datagram(sender, Decoding.advertisement(Decoding.v2(), 100));
  }

  private static String datagram(AuthenticationHeader sender, Advertisement message) {
    ByteBuffer buffer = ByteBuffer.allocate(200);
    int length =
        AdvertisementEncoder.encodeDatagram(
            message,
            new SendPolicy(sender, ChecksumForm.MESSAGE_ONLY),
            Decoding.PEER,
            IpAddress.vrrpGroup(Decoding.PEER.family()),
            buffer);
    assertThat(buffer.position()).isEqualTo(length);
    return "01005e00001200005e0001010800" + HexFormat.of().formatHex(bytes(buffer));
  }

  private static byte[] bytes(ByteBuffer written) {
    byte[] bytes = new byte[written.position()];
    written.get(0, bytes);
    return bytes;
  }
}
