package org.vipd.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.AddressList;
import org.vipd.protocol.value.AdvertInterval;
import org.vipd.protocol.value.IpAddress;
import org.vipd.protocol.value.Priority;
import org.vipd.protocol.value.Vrid;
import org.vipd.protocol.value.VrrpVersion;
import org.vipd.protocol.wire.DecodeResult.Accepted;

/** The packets of {@code golden.txt}: each is decoded, and encoded byte by byte. */
class GoldenPacketsTest {
  private static final int LARGEST_MESSAGE = 1500;
  private static final IpAddress PEER = Frames.address("198.51.100.11");

  @TestFactory
  Stream<DynamicTest> decodesEveryField() {
    return PacketFile.read("golden.txt").stream()
        .map(entry -> DynamicTest.dynamicTest(entry.name(), () -> assertDecodes(entry)));
  }

  @TestFactory
  Stream<DynamicTest> encodesEveryByte() {
    return PacketFile.read("golden.txt").stream()
        .map(entry -> DynamicTest.dynamicTest(entry.name(), () -> assertEncodes(entry)));
  }

  @Test
  void survivesManyAddresses() {
    List<IpAddress> many =
        IntStream.rangeClosed(1, 255)
            .mapToObj(i -> new IpAddress(AddressFamily.IPV4, 0, 0xC633_6400L + i))
            .toList();
    Advertisement sent =
        new Advertisement(
            VrrpVersion.V3,
            Vrid.of(51),
            Priority.of(100),
            AdvertInterval.DEFAULT,
            AddressList.of(AddressFamily.IPV4, many));
    ByteBuffer buffer = ByteBuffer.allocate(LARGEST_MESSAGE);
    IpAddress group = IpAddress.vrrpGroup(AddressFamily.IPV4);
    int length = AdvertisementEncoder.encode(sent, SendPolicy.DEFAULT, PEER, group, buffer);

    assertThat(length).isEqualTo(8 + 255 * 4);
    assertThat(HexFormat.of().formatHex(buffer.array(), 0, 12)).startsWith("313364ff0064");
    assertThat(HexFormat.of().formatHex(buffer.array(), length - 4, length)).isEqualTo("c63364ff");
    LocalRouter router =
        new LocalRouter(sent.version(), sent.vrid(), sent.interval(), sent.addresses());
    DecodeResult result =
        AdvertisementDecoder.decode(
            new IpEnvelope(PEER, group, 255, IpEnvelope.VRRP), buffer.flip(), policy(router));
    assertThat(((Accepted) result).advertisement()).isEqualTo(sent);
  }

  private static void assertDecodes(PacketFile.Entry entry) {
    Advertisement expected = entry.advertisement();
    IpAddress source = entry.address("from");
    IpEnvelope envelope =
        new IpEnvelope(source, IpAddress.vrrpGroup(source.family()), 255, IpEnvelope.VRRP);
    ReceivePolicy policy =
        policy(PacketFile.router(entry.words("says")))
            .withAuthentication(PacketFile.authentication(entry.value("auth")));
    DecodeResult result = AdvertisementDecoder.decode(envelope, entry.bytes(), policy);
    assertThat(result).isInstanceOf(Accepted.class);
    assertThat(((Accepted) result).advertisement()).isEqualTo(expected);
    assertThat(((Accepted) result).form()).isEqualTo(form(entry));
  }

  private static void assertEncodes(PacketFile.Entry entry) {
    IpAddress source = entry.address("from");
    ByteBuffer into = ByteBuffer.allocate(LARGEST_MESSAGE);
    int length =
        AdvertisementEncoder.encode(
            entry.advertisement(),
            new SendPolicy(PacketFile.authentication(entry.value("auth")), form(entry)),
            source,
            IpAddress.vrrpGroup(source.family()),
            into);
    String bytes = HexFormat.of().formatHex(into.array(), 0, length);
    assertThat(bytes).isEqualTo(entry.value("sent", entry.value("bytes").replace(" ", "")));
    assertThat(into.position()).isEqualTo(length);
  }

  private static ReceivePolicy policy(LocalRouter router) {
    return ReceivePolicy.of(router, Delivery.multicast(Set.of()));
  }

  private static ChecksumForm form(PacketFile.Entry entry) {
    return ChecksumForm.valueOf(entry.value("form"));
  }
}
