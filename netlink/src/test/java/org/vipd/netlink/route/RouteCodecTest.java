package org.vipd.netlink.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.vipd.netlink.address.InterfaceIndex;
import org.vipd.netlink.address.IpPrefix;
import org.vipd.netlink.message.MessageWriter;
import org.vipd.netlink.testkit.Addresses;

/** Bytes recorded on Linux 6.18, x86-64. */
class RouteCodecTest {

  private static final int HEADER = MessageWriter.HEADER_LENGTH;
  private static final String IPV4_WITH_LABEL =
      "580000001400020007000000c77800000218000003000000080001000a000001080002000a000001"
          + "080004000a0000ff0b00030076303a76697000000800080000000000140006001e0000003c000000"
          + "428a0200428a0200";
  private static final String IPV6_TENTATIVE =
      "480000001400020007000000c77800000a40c000030000001400010020010db80000000000000000"
          + "0000000114000600ffffffffffffffff428a0200428a020008000800c0000000";

  @Test
  void readsARecordedLink() {
    Link link = RouteCodec.readLink(payload(resource("veth-link.hex"))).orElseThrow();

    assertThat(link.name()).isEqualTo("v0");
    assertThat(link.altNames()).containsExactly("uplink0");
    assertThat(link.mac()).hasToString("02:00:00:00:00:11");
    assertThat(link.mtu()).isEqualTo(1500);
    assertThat(link.isUsable()).isTrue();
    assertThat(link.supportsMulticast()).isTrue();
    assertThat(link.supportsArp()).isTrue();
    assertThat(link.isLoopback()).isFalse();
  }

  @Test
  void ignoresABridgesViewOfALink() {
    ByteBuffer payload = payload(resource("veth-link.hex"));
    payload.put(0, (byte) 7);

    assertThat(RouteCodec.readLink(payload)).isEmpty();
  }

  @Test
  void readsARecordedIpv4Address() {
    assertThat(RouteCodec.readAddress(payload(IPV4_WITH_LABEL)))
        .contains(
            new InterfaceAddress(
                new InterfaceIndex(3),
                new IpPrefix(Addresses.ip("10.0.0.1"), 24),
                0,
                0,
                Optional.of("v0:vip")));
  }

  @Test
  void readsARecordedTentativeIpv6Address() {
    InterfaceAddress address = RouteCodec.readAddress(payload(IPV6_TENTATIVE)).orElseThrow();

    assertThat(address.prefix()).isEqualTo(new IpPrefix(Addresses.ip("2001:db8::1"), 64));
    assertThat(address.tentative()).isTrue();
    assertThat(address.dadFailed()).isFalse();
    assertThat(address.deprecated()).isFalse();
  }

  @Test
  void writesAnIpv4AddressWithLabelBroadcastAndLifetime() {
    AddressRequest request =
        new AddressRequest(
            new InterfaceIndex(3),
            new IpPrefix(Addresses.ip("10.0.0.1"), 24),
            253,
            Optional.of("v0:a"),
            Optional.of(Addresses.ip("10.0.0.255")),
            new AddressLifetime(60, 30),
            true,
            true,
            0);

    assertThat(written(request, false))
        .isEqualTo(
            "021800fd03000000"
                + "080002000a000001"
                + "080001000a000001"
                + "080004000a0000ff"
                + "0900030076303a6100000000"
                + "0800080000020000"
                + "140006001e0000003c0000000000000000000000");
  }

  @Test
  void writesAnIpv6AddressWithoutDuplicateDetection() {
    AddressRequest request =
        AddressRequest.of(new InterfaceIndex(3), Addresses.host("2001:db8::1"))
            .withLabel("ignored");

    assertThat(written(request, false))
        .isEqualTo(
            "0a80000003000000"
                + "1400020020010db8000000000000000000000001"
                + "1400010020010db8000000000000000000000001"
                + "0800080002000000"
                + "14000600ffffffffffffffff0000000000000000");
  }

  @Test
  void writesOnlyTheAddressOfARemoval() {
    AddressRequest request =
        AddressRequest.of(new InterfaceIndex(3), Addresses.host("10.0.0.1")).withLabel("v0:a");

    assertThat(written(request, true))
        .isEqualTo("0220000003000000" + "080002000a000001" + "080001000a000001");
  }

  @Test
  void readsNothingFromTruncatedMessages() {
    ByteBuffer link = payload(resource("veth-link.hex"));
    link.limit(15);
    ByteBuffer address = payload(IPV4_WITH_LABEL);
    address.limit(30);

    assertThat(RouteCodec.readLink(link)).isEmpty();
    assertThat(RouteCodec.readAddress(address)).isEmpty();
  }

  @Test
  void survivesMutatedMessages() {
    long seed = 4242;
    Random random = new Random(seed);
    byte[] link = payloadOctets(resource("veth-link.hex"));
    byte[] address = payloadOctets(IPV4_WITH_LABEL);
    for (int i = 0; i < 20_000; i++) {
      Optional<Link> readLink = RouteCodec.readLink(mutate(link, random));
      Optional<InterfaceAddress> readAddress = RouteCodec.readAddress(mutate(address, random));

      assertThat(readLink.stream().allMatch(l -> l.index().value() > 0))
          .as("seed %d step %d", seed, i)
          .isTrue();
      assertThat(readAddress.stream().allMatch(a -> a.prefix().length() <= 128))
          .as("seed %d step %d", seed, i)
          .isTrue();
    }
  }

  private static ByteBuffer mutate(byte[] original, Random random) {
    byte[] mutated = Arrays.copyOf(original, random.nextInt(original.length + 1));
    for (int flips = random.nextInt(6); flips > 0 && mutated.length > 0; flips--) {
      mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
    }
    return ByteBuffer.wrap(mutated).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static String written(AddressRequest request, boolean removal) {
    ByteBuffer buffer = ByteBuffer.allocate(256).order(ByteOrder.LITTLE_ENDIAN);
    MessageWriter message = new MessageWriter(buffer).begin(20, 1, 1);
    RouteCodec.writeAddress(message, request, removal);
    message.end();
    return HexFormat.of().formatHex(buffer.array(), HEADER, buffer.position());
  }

  private static ByteBuffer payload(String hex) {
    return ByteBuffer.wrap(payloadOctets(hex)).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] payloadOctets(String hex) {
    byte[] message = HexFormat.of().parseHex(hex);
    return Arrays.copyOfRange(message, HEADER, message.length);
  }

  private static String resource(String name) {
    try (InputStream stream = RouteCodecTest.class.getResourceAsStream(name)) {
      return new String(stream.readAllBytes(), StandardCharsets.US_ASCII).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }
}
