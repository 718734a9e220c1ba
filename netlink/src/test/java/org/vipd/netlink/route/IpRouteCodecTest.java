package org.vipd.netlink.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.vipd.netlink.address.IpPrefix;
import org.vipd.netlink.message.AttributeReader;
import org.vipd.netlink.message.MessageWriter;
import org.vipd.netlink.testkit.Addresses;

/** Beside what {@code ip route} of iproute2 6.1 sends, recorded with strace; x86-64. */
class IpRouteCodecTest {

  private static final int HEADER = MessageWriter.HEADER_LENGTH;
  private static final int FIXED = 12;
  private static final int INDEX = 3;
  private static final IpRoute.Options DIRECT = new IpRoute.Options(253, 0, false, 0, 0);

  private static IpRoute route(int type, String destination, int length, String gateway) {
    return new IpRoute(
        type,
        new IpPrefix(Addresses.ip(destination), length),
        gateway.isEmpty() ? Optional.empty() : Optional.of(Addresses.ip(gateway)),
        type == 1 ? INDEX : 0,
        Optional.empty(),
        254,
        18,
        IpRoute.Options.NONE);
  }

  @Test
  void writesADefaultRouteAsIpDoes() {
    // ip route add default via 10.0.0.1 dev d0 proto 18
    assertSame(
        route(1, "0.0.0.0", 0, "10.0.0.1"),
        "02000000fe12000100000000" + "080005000a000001" + "0800040003000000");
  }

  @Test
  void writesALinkRouteWithSourceAndLargeTableAsIpDoes() {
    // ip route add 10.1.0.0/16 dev d0 src 10.0.0.2 scope link table 1000 proto 18
    IpRoute plain = route(1, "10.1.0.0", 16, "");
    Optional<InetAddress> source = Optional.of(Addresses.ip("10.0.0.2"));
    assertSame(
        new IpRoute(1, plain.destination(), Optional.empty(), INDEX, source, 1000, 18, DIRECT),
        "021000000012fd0100000000080001000a010000080007000a00000208000f00e80300000800040003000000");
  }

  @Test
  void writesMetricSizesAndOnLinkAsIpDoes() {
    // ip route add 10.2.0.0/16 via 10.0.0.1 metric 7 mtu 1400 advmss 1360 onlink dev d0 proto 18
    IpRoute plain = route(1, "10.2.0.0", 16, "10.0.0.1");
    IpRoute.Options options = new IpRoute.Options(0, 7, true, 1400, 1360);
    assertSame(
        new IpRoute(
            1, plain.destination(), plain.gateway(), INDEX, Optional.empty(), 254, 18, options),
        "02100000fe12000104000000080001000a020000080005000a000001080006000700000008000400"
            + "030000001400080008000200780500000800080050050000");
  }

  @Test
  void writesABlackholeAsIpDoes() {
    // ip route add blackhole 10.3.0.0/16 proto 18
    assertSame(route(6, "10.3.0.0", 16, ""), "02100000fe12000600000000080001000a030000");
  }

  @Test
  void writesAGatewayOfTheOtherFamilyAsIpDoes() {
    // ip route add 10.4.0.0/16 via inet6 fe80::1 dev d0 proto 18
    assertSame(
        route(1, "10.4.0.0", 16, "fe80::1"),
        "02100000fe12000100000000080001000a040000160012000a00fe800000000000000000000000000001"
            + "00000800040003000000");
  }

  @Test
  void writesAnIpv6RouteAsIpDoes() {
    // ip -6 route add 2001:db8:7::/48 via fe80::1 dev d0 proto 18
    assertSame(
        route(1, "2001:db8:7::", 48, "fe80::1"),
        "0a300000fe120001000000001400010020010db800070000000000000000000014000500fe80000000000000"
            + "00000000000000010800040003000000");
  }

  @Test
  void removesOnlyTheIpv6RouteWithTheMetricThatTheKernelGave() {
    assertThat(attributes(written(route(1, "2001:db8:7::", 48, ""), true)))
        .containsEntry(6, "00040000");
    assertThat(attributes(written(route(1, "2001:db8:7::", 48, ""), false))).doesNotContainKey(6);
    assertThat(attributes(written(route(1, "10.1.0.0", 16, ""), true))).doesNotContainKey(6);
  }

  @Test
  void readsWhereARouteLed() {
    assertThat(IpRouteCodec.readRemoved(written(route(1, "10.1.0.0", 16, "10.0.0.1"), false)))
        .contains(new RemovedRoute(new IpPrefix(Addresses.ip("10.1.0.0"), 16), 254, 0));
    assertThat(IpRouteCodec.readRemoved(written(route(1, "::", 0, "fe80::1"), false)))
        .contains(new RemovedRoute(new IpPrefix(Addresses.ip("::"), 0), 254, 0));
  }

  @Test
  void readsTheTableAndTheMetricOfARoute() {
    IpRoute plain = route(1, "10.2.0.0", 16, "10.0.0.1");
    IpRoute.Options options = new IpRoute.Options(0, 4_000_000_000L, false, 0, 0);
    for (int table : new int[] {7, 255, 256, 1_000_000}) {
      IpRoute route =
          new IpRoute(
              1, plain.destination(), plain.gateway(), INDEX, Optional.empty(), table, 18, options);
      assertThat(IpRouteCodec.readRemoved(written(route, false)))
          .contains(new RemovedRoute(plain.destination(), table, 4_000_000_000L));
    }
  }

  @Test
  void readsNothingFromWhatIsNoRoute() {
    ByteBuffer payload = written(route(1, "10.1.0.0", 16, "10.0.0.1"), false);
    ByteBuffer shorter = payload.duplicate().order(ByteOrder.LITTLE_ENDIAN).limit(FIXED - 1);
    assertThat(IpRouteCodec.readRemoved(shorter)).isEmpty();
    ByteBuffer cut = payload.duplicate().order(ByteOrder.LITTLE_ENDIAN).limit(FIXED + 6);
    assertThat(IpRouteCodec.readRemoved(cut)).isEmpty();
    payload.put(1, (byte) 33);
    assertThat(IpRouteCodec.readRemoved(payload)).isEmpty();
    payload.put(0, (byte) 7);
    assertThat(IpRouteCodec.readRemoved(payload)).isEmpty();
  }

  /** The order of attributes has no meaning. */
  private static void assertSame(IpRoute route, String recorded) {
    ByteBuffer ours = written(route, false);
    ByteBuffer theirs =
        ByteBuffer.wrap(HexFormat.of().parseHex(recorded)).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(ours.slice(0, FIXED)).isEqualTo(theirs.slice(0, FIXED));
    assertThat(attributes(ours)).isEqualTo(attributes(theirs));
  }

  private static ByteBuffer written(IpRoute route, boolean isRemoval) {
    ByteBuffer buffer = ByteBuffer.allocate(256).order(ByteOrder.LITTLE_ENDIAN);
    MessageWriter message = new MessageWriter(buffer).begin(24, 1, 1);
    IpRouteCodec.write(message, route, isRemoval);
    message.end();
    return buffer.slice(HEADER, buffer.position() - HEADER).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static Map<Integer, String> attributes(ByteBuffer payload) {
    Map<Integer, String> found = new TreeMap<>();
    AttributeReader reader = new AttributeReader(payload, FIXED);
    while (reader.next()) {
      found.put(reader.type(), HexFormat.of().formatHex(reader.octets()));
    }
    assertThat(reader.malformed()).isFalse();
    return found;
  }
}
