package org.vipd.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.vipd.protocol.value.AddressList;
import org.vipd.protocol.value.AdvertInterval;
import org.vipd.protocol.value.Priority;
import org.vipd.protocol.value.Vrid;
import org.vipd.protocol.value.VrrpVersion;
import org.vipd.protocol.wire.DecodeResult.Accepted;
import org.vipd.protocol.wire.DecodeResult.Rejected;
import org.vipd.protocol.wire.Frames.Packet;

/**
 * Packets of the reference beside the repository, checked by tshark and tcpdump before; skipped
 * where it is not there. Our own are in {@link GoldenPacketsTest}.
 */
class ReferenceGoldenTest {
  /** Id, version, vrid, priority, interval in centiseconds, addresses. */
  private static final List<String> FIELDS =
      List.of(
          "G01 2 1 100 100 192.0.2.1",
          "G02 2 51 200 500 192.0.2.1,192.0.2.2,192.0.2.3",
          "G03 2 1 100 100 192.0.2.1",
          "G04 2 1 100 100 192.0.2.1",
          "G05 2 1 0 100 192.0.2.1",
          "G06 2 255 255 25500 192.0.2.1",
          "G07 3 1 100 100 192.0.2.1",
          "G08 3 1 100 100 192.0.2.1",
          "G09 3 7 150 100 192.0.2.1,192.0.2.2,192.0.2.3",
          "G10 3 7 150 100 192.0.2.1,192.0.2.2,192.0.2.3",
          "G11 3 1 0 100 192.0.2.1",
          "G12 3 1 0 100 192.0.2.1",
          "G13 3 1 255 100 192.0.2.1",
          "G14 3 1 255 100 192.0.2.1",
          "G15 3 1 100 4095 192.0.2.1",
          "G16 3 1 100 4095 192.0.2.1",
          "G17 3 1 1 1 192.0.2.1",
          "G18 3 1 100 100 fe80::1",
          "G19 3 1 100 100 fe80::1,2001:db8::1",
          "G20 3 1 0 100 fe80::1,2001:db8::1",
          "G21 3 255 255 4095 fe80::1",
          "G22 3 5 200 150 2001:db8::370:7334",
          "G23 3 1 100 100 192.0.2.1",
          "G24 3 1 100 100 192.0.2.1",
          "G25 3 1 100 100 192.0.2.1",
          "G28 2 1 100 100 192.0.2.1");

  @TestFactory
  Stream<DynamicTest> decodesEveryField() {
    return eachKnown(
        (row, expected) -> {
          Accepted accepted = decode(row, expected);
          assertThat(accepted.advertisement()).isEqualTo(expected);
          assertThat(accepted.form()).isEqualTo(form(row));
        });
  }

  @TestFactory
  Stream<DynamicTest> encodesEveryByte() {
    return eachKnown(
        (row, expected) -> {
          Packet packet = Frames.packet(row.get("frame"));
          ByteBuffer into = ByteBuffer.allocate(2000);
          int length =
              AdvertisementEncoder.encode(
                  expected,
                  new SendPolicy(authentication(row.get("id")), form(row)),
                  packet.envelope().source(),
                  packet.envelope().destination(),
                  into);
          // A reserved nibble that is set on the wire is never sent.
          String wanted =
              row.get("id").equals("G23")
                  ? "310164010064a897c0000201"
                  : HexFormat.of().formatHex(remaining(packet.payload()));
          assertThat(HexFormat.of().formatHex(Arrays.copyOf(into.array(), length)))
              .isEqualTo(wanted);
          assertThat(into.position()).isEqualTo(length);
        });
  }

  @TestFactory
  Stream<DynamicTest> survivesManyAddresses() {
    return Frames.shared("golden.json").stream()
        .filter(row -> Set.of("G26", "G27").contains(row.get("id")))
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.get("id"),
                    () -> {
                      boolean isIpv4 = row.get("id").equals("G26");
                      Advertisement shape =
                          fields("X 3 9 100 100 " + (isIpv4 ? "198.51.0.1" : "fe80::1"));
                      Accepted accepted = decode(row, shape);
                      assertThat(accepted.has(Notice.ADDRESS_LIST_MISMATCH)).isTrue();
                      Packet packet = Frames.packet(row.get("frame"));
                      ByteBuffer into = ByteBuffer.allocate(4096);
                      int length =
                          AdvertisementEncoder.encode(
                              accepted.advertisement(),
                              new SendPolicy(NoAuthentication.INSTANCE, form(row)),
                              packet.envelope().source(),
                              packet.envelope().destination(),
                              into);
                      assertThat(Arrays.copyOf(into.array(), length))
                          .isEqualTo(remaining(packet.payload()));
                      assertThat(accepted.advertisement().addresses().size())
                          .isEqualTo(isIpv4 ? 255 : 90);
                    }));
  }

  @TestFactory
  Stream<DynamicTest> refusesTheDigestThatTheRfcWantsAsKeepalivedDoes() {
    return Frames.shared("golden.json").stream()
        .filter(row -> row.get("id").equals("G29"))
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.get("id"),
                    () -> {
                      Packet packet = Frames.packet(row.get("frame"));
                      DecodeResult result =
                          AdvertisementDecoder.decode(
                              packet.envelope(),
                              packet.payload(),
                              policy("G29", fields("G29 2 1 100 100 192.0.2.1")));
                      assertThat(result)
                          .isEqualTo(Rejected.of(RejectReason.AUTHENTICATION_FAILURE));
                    }));
  }

  private interface Check {
    void run(Map<String, String> row, Advertisement expected);
  }

  private static Stream<DynamicTest> eachKnown(Check check) {
    List<Map<String, String>> rows = Frames.shared("golden.json");
    return FIELDS.stream()
        .flatMap(
            line ->
                rows.stream()
                    .filter(row -> row.get("id").equals(line.substring(0, 3)))
                    .map(row -> DynamicTest.dynamicTest(line, () -> check.run(row, fields(line)))));
  }

  private static Advertisement fields(String line) {
    String[] parts = line.split(" ", -1);
    List<org.vipd.protocol.value.IpAddress> addresses =
        Stream.of(parts[5].split(",", -1)).map(Frames::address).toList();
    return new Advertisement(
        parts[1].equals("2") ? VrrpVersion.V2 : VrrpVersion.V3,
        Vrid.of(Integer.parseInt(parts[2])),
        Priority.of(Integer.parseInt(parts[3])),
        AdvertInterval.ofCentiseconds(Integer.parseInt(parts[4])),
        AddressList.of(addresses.get(0).family(), addresses));
  }

  private static Accepted decode(Map<String, String> row, Advertisement expected) {
    Packet packet = Frames.packet(row.get("frame"));
    DecodeResult result =
        AdvertisementDecoder.decode(
            packet.envelope(), packet.payload(), policy(row.get("id"), expected));
    assertThat(result).isInstanceOf(Accepted.class);
    return (Accepted) result;
  }

  private static ReceivePolicy policy(String id, Advertisement expected) {
    LocalRouter local =
        new LocalRouter(
            expected.version(), expected.vrid(), expected.interval(), expected.addresses());
    return ReceivePolicy.of(local, Delivery.multicast(Set.of()))
        .withAuthentication(authentication(id));
  }

  private static Authentication authentication(String id) {
    return switch (id) {
      case "G03" -> SimplePassword.of("secret12");
      case "G04" -> SimplePassword.of("abc");
      case "G28", "G29" -> AuthenticationHeader.of("secret12");
      default -> NoAuthentication.INSTANCE;
    };
  }

  private static ChecksumForm form(Map<String, String> row) {
    return row.get("mode").equals("msg") ? ChecksumForm.MESSAGE_ONLY : ChecksumForm.PSEUDO_HEADER;
  }

  private static byte[] remaining(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(buffer.position(), bytes);
    return bytes;
  }
}
