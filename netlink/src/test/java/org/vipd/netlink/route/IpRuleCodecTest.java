package org.vipd.netlink.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vipd.netlink.address.IpFamily;
import org.vipd.netlink.address.IpPrefix;
import org.vipd.netlink.message.MessageFlag;
import org.vipd.netlink.message.MessageWriter;
import org.vipd.netlink.message.RouteMessageType;

class IpRuleCodecTest {

  private static IpPrefix prefix(String address, int length) throws Exception {
    return new IpPrefix(InetAddress.getByName(address), length);
  }

  private static IpRule rule(IpRule.Selector selector, int action, int table) {
    return new IpRule(IpFamily.IPV4, action, selector, table, 100, 18, IpRule.Options.NONE);
  }

  private static ByteBuffer body(IpRule rule) {
    ByteBuffer buffer = ByteBuffer.allocate(256).order(ByteOrder.LITTLE_ENDIAN);
    MessageWriter message = new MessageWriter(buffer);
    message.begin(RouteMessageType.NEW_RULE, MessageFlag.REQUEST, 1);
    IpRuleCodec.write(message, rule);
    message.end();
    buffer.flip();
    return buffer.slice(16, buffer.limit() - 16).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static String hex(IpRule rule) {
    ByteBuffer body = body(rule);
    byte[] octets = new byte[body.remaining()];
    body.get(octets);
    return HexFormat.of().formatHex(octets);
  }

  /** As {@code ip rule add from 10.0.0.100 table 1 priority 100 protocol 18} sends it. */
  @Test
  void writesWhatOctaviaNeeds() throws Exception {
    IpRule.Selector from =
        new IpRule.Selector(
            false,
            Optional.of(prefix("10.0.0.100", 32)),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            IpRule.Traffic.ANY);
    assertThat(hex(rule(from, 1, 1)))
        .isEqualTo(
            "02002000"
                + "01000001"
                + "00000000"
                + "080002000a000064"
                + "0800060064000000"
                + "0500150012000000");
  }

  @Test
  void writesWhatPacketsAreAndOfWhom() {
    IpRule.Selector selector =
        new IpRule.Selector(
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            new IpRule.Traffic(
                0x10,
                6,
                Optional.of(new IpRule.Range(1000, 65_535)),
                Optional.of(new IpRule.Range(80, 80)),
                Optional.of(new IpRule.Range(100, 4_294_967_294L)),
                77));
    IpRule rule =
        new IpRule(
            IpFamily.IPV4, 1, selector, 0, 7, 18, new IpRule.Options(0, -1, 7, 0x0003_0004, true));
    assertThat(hex(rule))
        .isEqualTo(
            "02000010"
                + "00000001"
                + "00000000"
                + "0500160006000000"
                + "08001700e803ffff"
                + "0800180050005000"
                + "0c00140064000000feffffff"
                + "0c000c00000000000000004d"
                + "08000d0007000000"
                + "08000b0004000300"
                + "0500130001000000"
                + "0800060007000000"
                + "0500150012000000");
  }

  @Test
  void writesEverythingElse() throws Exception {
    IpRule.Selector selector =
        new IpRule.Selector(
            true,
            Optional.empty(),
            Optional.of(prefix("2001:db8::", 32)),
            Optional.of("eth1"),
            Optional.of("e2"),
            Optional.of(new IpRule.Mark(0xFFFF_FFFFL, 0xFF)),
            IpRule.Traffic.ANY);
    IpRule rule =
        new IpRule(
            IpFamily.IPV6,
            2,
            selector,
            1000,
            4_294_967_295L,
            18,
            new IpRule.Options(9, 0, -1, 0, false));
    assertThat(hex(rule))
        .isEqualTo(
            "0a200000"
                + "00000002"
                + "02000000"
                + "1400010020010db8000000000000000000000000"
                + "090003006574683100000000"
                + "0700110065320000"
                + "08000a00ffffffff"
                + "08001000ff000000"
                + "0800040009000000"
                + "08000e0000000000"
                + "08000f00e8030000"
                + "08000600ffffffff"
                + "0500150012000000");
  }

  @Test
  void readsWhichRuleWasRemoved() {
    ByteBuffer body = body(rule(IpRule.Selector.ALL, 1, 7));
    assertThat(IpRuleCodec.readRemoved(body)).contains(new RemovedRule(IpFamily.IPV4, 100, 7, 18));
    assertThat(IpRuleCodec.readRemoved(body(rule(IpRule.Selector.ALL, 1, 70_000))))
        .contains(new RemovedRule(IpFamily.IPV4, 100, 70_000, 18));
    body.put(0, (byte) 128);
    assertThat(IpRuleCodec.readRemoved(body)).isEmpty();
    body.put(0, (byte) 2);
    assertThat(IpRuleCodec.readRemoved(body.slice(0, 11).order(ByteOrder.LITTLE_ENDIAN))).isEmpty();
    assertThat(IpRuleCodec.readRemoved(body.put(12, (byte) 99))).isEmpty();
  }

  @Test
  void refusesNumbersThatTheKernelDoesNotKnow() {
    assertThatThrownBy(() -> rule(IpRule.Selector.ALL, 1, 0)).hasMessageContaining("table 0");
    assertThat(rule(IpRule.Selector.ALL, 6, 0).table()).isZero();
    assertThatThrownBy(
            () -> new IpRule(IpFamily.IPV4, 1, IpRule.Selector.ALL, 1, 1, 256, IpRule.Options.NONE))
        .hasMessageContaining("protocol 256");
  }
}
