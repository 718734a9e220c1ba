package org.vipd.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.AddressList;
import org.vipd.protocol.value.AdvertInterval;
import org.vipd.protocol.value.IpAddress;
import org.vipd.protocol.value.Priority;
import org.vipd.protocol.value.Vrid;
import org.vipd.protocol.value.VrrpVersion;
import org.vipd.protocol.wire.DecodeResult.Accepted;
import org.vipd.protocol.wire.DecodeResult.Rejected;
import org.vipd.protocol.wire.authentication.HmacKey;
import org.vipd.protocol.wire.authentication.HmacSettings;
import org.vipd.protocol.wire.authentication.ReplayMarks;
import org.vipd.protocol.wire.authentication.SequenceClock;

/**
 * Random and mutated buffers from a printed seed. {@code -Dvipd.fuzz.count=N} runs longer, {@code
 * -Dvipd.fuzz.seed=S} runs one again.
 */
class DecoderFuzzTest {
  private static final long SEED = Long.getLong("vipd.fuzz.seed", 20_261_120L);
  private static final int COUNT = Integer.getInteger("vipd.fuzz.count", 1_000_000);
  private static final List<String> SEEDS =
      List.of(
          "31016401006405fdc0000201",
          "310164010064a897c0000201",
          "210164010001b8fac00002010000000000000000",
          "2101640101014a7cc00002017365637265743132",
          "310164020064401dfe80000000000000000000000000000120010db8000000000000000000000001",
          "3107960300644fe6c0000201c0000202c0000203",
          "31016401006405fdc0000201010700006553f100800000005a9878da25eb2dec305f73e74d721b2f",
          "210164010001b8fac00002010000000000000000010700006553f1008000000078dbd079062544ed51844b0ad1"
              + "65348d");

  @Test
  void neverThrowsAndAcceptsOnlyIntactMessages() {
    List<ReceivePolicy> policies = policies();
    Map<RejectReason, Integer> seen = new EnumMap<>(RejectReason.class);
    Random random = new Random(SEED);
    int accepted = 0;
    for (int i = 0; i < COUNT; i++) {
      byte[] bytes = i % 4 == 0 ? noise(random) : mutant(random);
      ReceivePolicy policy = policies.get(random.nextInt(policies.size()));
      IpEnvelope envelope = envelope(policy, random);
      DecodeResult result = decode(envelope, bytes, policy, i);
      if (result instanceof Accepted good) {
        accepted++;
        assertIntact(good, bytes, i);
      } else {
        seen.merge(((Rejected) result).reason(), 1, Integer::sum);
      }
    }
    assertThat(accepted).as("some mutants are sound, seed %d", SEED).isPositive();
    assertThat(seen)
        .as("the mutants reach every rung that they can, seed %d", SEED)
        .containsKeys(
            RejectReason.PACKET_LENGTH,
            RejectReason.VERSION,
            RejectReason.VRID,
            RejectReason.TYPE,
            RejectReason.CHECKSUM,
            RejectReason.NO_ADDRESSES,
            RejectReason.HOP_LIMIT,
            RejectReason.AUTHENTICATION_TYPE_MISMATCH,
            RejectReason.TRAILER_MISSING,
            RejectReason.TRAILER_MALFORMED,
            RejectReason.TRAILER_UNKNOWN_KEY,
            RejectReason.TRAILER_SIGNATURE);
  }

  @Test
  void answersEveryPrefixWithALengthError() {
    for (ReceivePolicy policy : List.of(Decoding.v3(), Decoding.v3Ipv6(), Decoding.v2())) {
      byte[] whole = encode(policy, Decoding.advertisement(policy, 100));
      for (int length = 0; length < whole.length; length++) {
        DecodeResult result =
            AdvertisementDecoder.decode(
                Decoding.envelope(policy), ByteBuffer.wrap(whole, 0, length), policy);
        assertThat(((Rejected) result).reason()).isEqualTo(RejectReason.PACKET_LENGTH);
      }
    }
  }

  @Test
  void refusesACountOf255WithoutReadingAddresses() {
    DecodeResult result = Decoding.decode(Decoding.v3(), "310164ff00640000");
    assertThat(result).isEqualTo(new Rejected(RejectReason.PACKET_LENGTH, 1028, 8));
  }

  @Test
  void decodesWhatItEncoded() {
    Random random = new Random(SEED);
    for (int i = 0; i < 50_000; i++) {
      Advertisement sent = randomAdvertisement(random);
      ReceivePolicy policy =
          ReceivePolicy.of(
              new LocalRouter(sent.version(), sent.vrid(), sent.interval(), sent.addresses()),
              Delivery.multicast(java.util.Set.of()));
      ChecksumForm form =
          random.nextBoolean() ? ChecksumForm.MESSAGE_ONLY : ChecksumForm.PSEUDO_HEADER;
      Accepted accepted = (Accepted) Decoding.roundTrip(policy, sent, form);
      assertThat(accepted.advertisement()).as("seed %d, case %d", SEED, i).isEqualTo(sent);
    }
  }

  @Test
  void neverTakesAFlippedBitForTheSameMessage() {
    ReceivePolicy policy = Decoding.v3().withChecksum(ChecksumPolicy.RFC9568);
    byte[] whole = HexFormat.of().parseHex("310164010064a897c0000201");
    for (int bit = 0; bit < whole.length * 8; bit++) {
      byte[] flipped = whole.clone();
      flipped[bit / 8] ^= (byte) (0x80 >>> bit % 8);
      DecodeResult result =
          AdvertisementDecoder.decode(Decoding.envelope(policy), ByteBuffer.wrap(flipped), policy);
      assertThat(result).as("bit %d", bit).isInstanceOf(Rejected.class);
    }
  }

  @Test
  void sumsLikeTheSlowDefinition() {
    Random random = new Random(SEED);
    for (int i = 0; i < 100_000; i++) {
      byte[] bytes = new byte[random.nextInt(60)];
      random.nextBytes(bytes);
      long sum = Checksum.sum(ByteBuffer.wrap(bytes), 0, bytes.length);
      assertThat(Checksum.complement(sum)).isEqualTo(slowChecksum(bytes));
    }
  }

  private static int slowChecksum(byte[] bytes) {
    byte[] even = Arrays.copyOf(bytes, bytes.length + bytes.length % 2);
    int sum = 0;
    for (int i = 0; i < even.length; i += 2) {
      sum += new java.math.BigInteger(1, Arrays.copyOfRange(even, i, i + 2)).intValue();
      if (sum > 0xFFFF) {
        sum -= 0xFFFF;
      }
    }
    return 0xFFFF - sum;
  }

  private static List<ReceivePolicy> policies() {
    List<ReceivePolicy> policies = new ArrayList<>();
    policies.add(Decoding.v3());
    policies.add(Decoding.v3Ipv6());
    policies.add(Decoding.v3().withStrictness(Strictness.STRICT));
    policies.add(Decoding.v2());
    policies.add(Decoding.v2().withAuthentication(SimplePassword.of("secret12")));
    policies.add(Decoding.v2().withAuthentication(AuthenticationHeader.of("secret12")));
    policies.add(Decoding.v3().withAuthentication(hmac()));
    policies.add(Decoding.v2().withAuthentication(hmac()));
    return policies;
  }

  private static Hmac hmac() {
    HmacSettings settings =
        new HmacSettings(
            List.of(HmacKey.parse(7, "0123456789abcdef0123456789abcdef")),
            7,
            HmacSettings.AntiReplay.MONOTONIC,
            5,
            HmacSettings.Mode.ENFORCE);
    return new Hmac(settings, new SequenceClock(() -> 0, 0), new ReplayMarks(4));
  }

  private static IpEnvelope envelope(ReceivePolicy policy, Random random) {
    IpEnvelope good = Decoding.envelope(policy);
    int hopLimit = random.nextInt(50) == 0 ? random.nextInt(256) : 255;
    int protocol = random.nextInt(10) == 0 ? IpEnvelope.AUTHENTICATION_HEADER : good.ipProtocol();
    return new IpEnvelope(good.source(), good.destination(), hopLimit, protocol);
  }

  private static DecodeResult decode(
      IpEnvelope envelope, byte[] bytes, ReceivePolicy policy, int round) {
    try {
      return AdvertisementDecoder.decode(envelope, ByteBuffer.wrap(bytes), policy);
    } catch (RuntimeException e) {
      throw new AssertionError(
          "seed " + SEED + ", round " + round + ": " + HexFormat.of().formatHex(bytes), e);
    }
  }

  private static void assertIntact(Accepted good, byte[] bytes, int round) {
    int count = Byte.toUnsignedInt(bytes[3]);
    AddressFamily family = good.advertisement().addresses().family();
    int trailer = good.advertisement().version() == VrrpVersion.V2 ? 8 : 0;
    assertThat(bytes.length)
        .as("seed %d, round %d", SEED, round)
        .isEqualTo(8 + count * family.addressLength() + trailer);
    long sum = Checksum.sum(ByteBuffer.wrap(bytes), 0, bytes.length);
    if (good.form() == ChecksumForm.PSEUDO_HEADER) {
      IpAddress source = family == AddressFamily.IPV4 ? Decoding.PEER : Decoding.PEER6;
      sum += Checksum.pseudoHeader(source, IpAddress.vrrpGroup(family), bytes.length);
    }
    assertThat(Checksum.isIntact(sum)).as("seed %d, round %d", SEED, round).isTrue();
  }

  private static byte[] noise(Random random) {
    byte[] bytes = new byte[random.nextInt(64)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] mutant(Random random) {
    byte[] bytes = HexFormat.of().parseHex(SEEDS.get(random.nextInt(SEEDS.size())));
    if (random.nextInt(5) == 0) {
      bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 12));
    }
    int changes = random.nextInt(3);
    for (int i = 0; i < changes && bytes.length > 0; i++) {
      int range = random.nextBoolean() ? bytes.length : Math.min(bytes.length, 12);
      bytes[random.nextInt(range)] = (byte) random.nextInt(256);
    }
    if (random.nextInt(3) == 0 && bytes.length >= 8) {
      repair(bytes);
    }
    return bytes;
  }

  private static void repair(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    buffer.putShort(6, (short) 0);
    buffer.putShort(6, (short) Checksum.complement(Checksum.sum(buffer, 0, bytes.length)));
  }

  private static Advertisement randomAdvertisement(Random random) {
    int shape = random.nextInt(3);
    VrrpVersion version = shape == 0 ? VrrpVersion.V2 : VrrpVersion.V3;
    AddressFamily family = shape == 2 ? AddressFamily.IPV6 : AddressFamily.IPV4;
    int count = 1 + random.nextInt(random.nextInt(20) == 0 ? 255 : 4);
    List<IpAddress> addresses = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] bytes = new byte[family.addressLength()];
      random.nextBytes(bytes);
      addresses.add(IpAddress.of(bytes));
    }
    AdvertInterval interval =
        version == VrrpVersion.V2
            ? AdvertInterval.ofSeconds(1 + random.nextInt(255))
            : AdvertInterval.ofCentiseconds(1 + random.nextInt(4095));
    return new Advertisement(
        version,
        Vrid.of(1 + random.nextInt(255)),
        Priority.of(random.nextInt(256)),
        interval,
        AddressList.of(family, addresses));
  }

  private static byte[] encode(ReceivePolicy policy, Advertisement message) {
    IpEnvelope envelope = Decoding.envelope(policy);
    ByteBuffer buffer = ByteBuffer.allocate(4200);
    AdvertisementEncoder.encode(
        message, SendPolicy.DEFAULT, envelope.source(), envelope.destination(), buffer);
    return Arrays.copyOf(buffer.array(), buffer.position());
  }
}
