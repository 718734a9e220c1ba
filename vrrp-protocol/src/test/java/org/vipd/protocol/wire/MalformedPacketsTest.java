package org.vipd.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.vipd.protocol.wire.DecodeResult.Rejected;

/** The packets of {@code malformed.txt}: the first check that fails names the fault. */
class MalformedPacketsTest {
  @TestFactory
  Stream<DynamicTest> namesTheFault() {
    return PacketFile.read("malformed.txt").stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.name(),
                    () -> assertThat(outcome(decode(entry))).isEqualTo(entry.value("expect"))));
  }

  /** What needs a peer list, a sequence or a trailer is in tests of its own. */
  @Test
  void hasAPacketForEveryReasonThatOnePacketCanShow() {
    Set<RejectReason> seen = EnumSet.noneOf(RejectReason.class);
    for (PacketFile.Entry entry : PacketFile.read("malformed.txt")) {
      seen.add(RejectReason.valueOf(entry.value("expect").split(" ", 2)[0]));
    }
    assertThat(EnumSet.complementOf(EnumSet.copyOf(seen)))
        .containsExactlyInAnyOrder(
            RejectReason.UNKNOWN_PEER,
            RejectReason.AUTHENTICATION_REPLAY,
            RejectReason.TRAILER_MISSING,
            RejectReason.TRAILER_MALFORMED,
            RejectReason.TRAILER_STALE,
            RejectReason.TRAILER_UNKNOWN_KEY,
            RejectReason.TRAILER_SIGNATURE,
            RejectReason.TRAILER_REPLAY);
  }

  private static String outcome(DecodeResult result) {
    return result instanceof Rejected rejected
        ? rejected.reason() + " " + rejected.expected() + " " + rejected.found()
        : "accepted";
  }

  private static DecodeResult decode(PacketFile.Entry entry) {
    IpEnvelope envelope =
        new IpEnvelope(
            entry.address("from"),
            entry.address("to"),
            Integer.parseInt(entry.value("hop")),
            IpEnvelope.VRRP);
    return AdvertisementDecoder.decode(envelope, entry.bytes(), policy(entry.words("router")));
  }

  private static ReceivePolicy policy(Map<String, String> words) {
    String own = words.get("own");
    boolean isStrict = words.containsKey("strict");
    return ReceivePolicy.of(
            PacketFile.router(words),
            Delivery.multicast(own == null ? Set.of() : Set.of(Frames.address(own))))
        .withAuthentication(PacketFile.authentication(words.getOrDefault("auth", "none")))
        .withChecksum(ChecksumPolicy.valueOf(words.getOrDefault("checksum", "AUTO")))
        .withStrictness(isStrict ? Strictness.STRICT : Strictness.LENIENT);
  }
}
