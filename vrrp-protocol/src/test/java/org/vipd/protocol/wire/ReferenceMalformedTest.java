package org.vipd.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.AddressList;
import org.vipd.protocol.value.AdvertInterval;
import org.vipd.protocol.value.Vrid;
import org.vipd.protocol.value.VrrpVersion;
import org.vipd.protocol.wire.DecodeResult.Rejected;
import org.vipd.protocol.wire.Frames.Packet;

/**
 * Malformed packets of the reference beside the repository; skipped where it is not there. Our own
 * are in {@link MalformedPacketsTest}.
 */
class ReferenceMalformedTest {
  private static final Map<String, String> EXPECTED =
      Map.ofEntries(
          Map.entry("M01", "HOP_LIMIT 255 254"),
          Map.entry("M02", "HOP_LIMIT 255 64"),
          Map.entry("M03", "VERSION 3 4"),
          Map.entry("M04", "VERSION 3 2"),
          Map.entry("M05", "VERSION 2 3"),
          Map.entry("M06", "TYPE 1 2"),
          Map.entry("M07", "PACKET_LENGTH 8 7"),
          Map.entry("M08", "PACKET_LENGTH 12 8"),
          Map.entry("M09", "PACKET_LENGTH 20 16"),
          Map.entry("M10", "PACKET_LENGTH 12 16"),
          Map.entry("M11", "PACKET_LENGTH 12 20"),
          Map.entry("M12", "PACKET_LENGTH 20 12"),
          Map.entry("M13", "NO_ADDRESSES 1 0"),
          Map.entry("M14", "CHECKSUM 1533 43158"),
          Map.entry("M15", "CHECKSUM 1533 0"),
          Map.entry("M16", "CHECKSUM 16413 15964"),
          Map.entry("M17", "CHECKSUM 16413 16467"),
          Map.entry("M18", "VRID 1 2"),
          Map.entry("M19", "VRID 1 0"),
          Map.entry("M20", "INTERVAL 100 0"),
          Map.entry("M21", "INTERVAL 1 5"),
          Map.entry("M22", "AUTHENTICATION_TYPE_MISMATCH 0 1"),
          Map.entry("M23", "AUTHENTICATION_FAILURE 0 0"),
          Map.entry("M24", "AUTHENTICATION_TYPE_MISMATCH 1 0"),
          Map.entry("M25", "INVALID_AUTHENTICATION_TYPE 0 3"),
          Map.entry("M26", "ADDRESS_LIST 0 0"),
          Map.entry("M27", "DESTINATION 0 0"),
          Map.entry("M28", "accepted"),
          Map.entry("M29", "OWN_PACKET 0 0"),
          Map.entry("M30", "PACKET_LENGTH 12 8"),
          Map.entry("M31", "VERSION 3 2"),
          Map.entry("M32", "AUTHENTICATION_TYPE_MISMATCH 2 0"),
          Map.entry("M33", "AUTHENTICATION_FAILURE 0 0"));

  @TestFactory
  Stream<DynamicTest> namesTheFault() {
    return Frames.shared("malformed.json").stream()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.get("id") + " " + row.get("reason"),
                    () -> assertThat(outcome(row)).isEqualTo(EXPECTED.get(row.get("id")))));
  }

  @TestFactory
  Stream<DynamicTest> countsWhatThePacketFileSays() {
    return Frames.shared("malformed.json").stream()
        .filter(row -> !row.get("counter").startsWith("drop:") && !row.get("id").equals("M28"))
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.get("id"),
                    () ->
                        assertThat(row.get("counter"))
                            .contains(rejected(row).reason().metricName())));
  }

  private static String outcome(Map<String, String> row) {
    // M28 lies about its length: the receiving socket's business, the payload itself is sound.
    return decode(row) instanceof Rejected rejected
        ? rejected.reason() + " " + rejected.expected() + " " + rejected.found()
        : "accepted";
  }

  private static Rejected rejected(Map<String, String> row) {
    return (Rejected) decode(row);
  }

  private static DecodeResult decode(Map<String, String> row) {
    Packet packet = Frames.packet(row.get("frame"));
    return AdvertisementDecoder.decode(
        packet.envelope(), packet.payload(), policy(row.get("context")));
  }

  private static ReceivePolicy policy(String context) {
    boolean isV2 = context.startsWith("v2 ");
    boolean isIpv6 = context.contains("IPv6") || context.startsWith("v6");
    AddressList addresses =
        AddressList.of(
            isIpv6 ? AddressFamily.IPV6 : AddressFamily.IPV4,
            isIpv6
                ? java.util.List.of(Frames.address("fe80::1"), Frames.address("2001:db8::1"))
                : java.util.List.of(Frames.address("192.0.2.1")));
    LocalRouter local =
        new LocalRouter(
            isV2 ? VrrpVersion.V2 : VrrpVersion.V3, Vrid.of(1), AdvertInterval.DEFAULT, addresses);
    boolean hasOwn = context.contains("own address");
    Delivery delivery =
        Delivery.multicast(hasOwn ? Set.of(Frames.address("192.0.2.11")) : Set.of());
    return ReceivePolicy.of(local, delivery)
        .withAuthentication(authentication(context))
        .withStrictness(new Strictness(false, context.contains("strict")));
  }

  private static Authentication authentication(String context) {
    if (context.contains("PASS")) {
      return SimplePassword.of("secret12");
    }
    return context.contains("AH key")
        ? AuthenticationHeader.of("secret12")
        : NoAuthentication.INSTANCE;
  }
}
