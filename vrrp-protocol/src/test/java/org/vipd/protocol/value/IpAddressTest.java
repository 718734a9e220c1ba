package org.vipd.protocol.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1,192.0.2.1",
    "255.255.255.255,255.255.255.255",
    "0.0.0.0,0.0.0.0",
    "2001:DB8:0:0:0:0:0:1,2001:db8::1",
    "2001:db8:0:1:1:1:1:1,2001:db8:0:1:1:1:1:1",
    "2001:0:0:1:0:0:0:1,2001:0:0:1::1",
    "2001:db8:0:0:1:0:0:1,2001:db8::1:0:0:1",
    "0:0:0:0:0:0:0:0,::",
    "::1,::1",
    "fe80::,fe80::",
    "1::,1::",
    "::ffff:192.0.2.1,::ffff:192.0.2.1",
    "64:ff9b::192.0.2.33,64:ff9b::c000:221",
    "1:2:3:4:5:6:192.0.2.1,1:2:3:4:5:6:c000:201",
  })
  void readsLiteralsAndWritesTheCanonicalForm(String literal, String canonical) {
    assertThat(IpAddress.parse(literal).orElseThrow()).hasToString(canonical);
    assertThat(IpAddress.parse(canonical)).isEqualTo(IpAddress.parse(literal));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "192.0.2",
        "192.0.2.256",
        "192.0.2.01",
        "192.0.2.1.",
        "1.2.3.4.5",
        ":",
        ":::",
        "1::2::3",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1:2:3:4:5:6:7::8",
        "12345::",
        "g::",
        "fe80::1%eth0",
        "::192.0.2.1:1",
        "1.2.3.4::",
        "-1.2.3.4",
        "1 .2.3.4",
        "٣::"
      })
  void refusesWhatIsNoLiteral(String text) {
    assertThat(IpAddress.parse(text)).isEmpty();
  }

  @Test
  void ordersAsUnsignedNumbers() {
    assertThat(parse("192.168.0.1")).isGreaterThan(parse("10.0.0.1"));
    assertThat(parse("fe80::ffff:0:0:0")).isGreaterThan(parse("fe80::1"));
    assertThat(parse("fe80::8000:0:0:0")).isGreaterThan(parse("fe80::7fff:0:0:0"));
    assertThat(parse("ff02::1")).isGreaterThan(parse("2001:db8::1"));
    assertThat(parse("::1")).isGreaterThan(parse("255.255.255.255"));
  }

  @Test
  void survivesBytesBothWays() {
    Random random = new Random(7);
    for (int i = 0; i < 10_000; i++) {
      byte[] bytes = new byte[i % 2 == 0 ? 4 : 16];
      random.nextBytes(bytes);
      IpAddress address = IpAddress.of(bytes);
      assertThat(address.toBytes()).isEqualTo(bytes);
      assertThat(IpAddress.parse(address.toString())).contains(address);
      ByteBuffer buffer = ByteBuffer.allocate(16);
      address.writeTo(buffer);
      assertThat(buffer.position()).isEqualTo(bytes.length);
      assertThat(IpAddress.read(address.family(), buffer, 0)).isEqualTo(address);
    }
  }

  @Test
  void knowsLinkLocalAndMulticastRanges() {
    assertThat(parse("fe80::1").isLinkLocal()).isTrue();
    assertThat(parse("febf::1").isLinkLocal()).isTrue();
    assertThat(parse("fec0::1").isLinkLocal()).isFalse();
    assertThat(parse("169.254.1.1").isLinkLocal()).isTrue();
    assertThat(parse("169.253.1.1").isLinkLocal()).isFalse();
    assertThat(parse("224.0.0.18").isMulticast()).isTrue();
    assertThat(parse("223.0.0.18").isMulticast()).isFalse();
    assertThat(parse("ff02::12").isMulticast()).isTrue();
    assertThat(parse("fe02::12").isMulticast()).isFalse();
  }

  @Test
  void namesTheGroupsOfTheProtocol() {
    assertThat(IpAddress.vrrpGroup(AddressFamily.IPV4)).hasToString("224.0.0.18");
    assertThat(IpAddress.vrrpGroup(AddressFamily.IPV6)).hasToString("ff02::12");
  }

  @Test
  void refusesWrongSizes() {
    assertThatThrownBy(() -> IpAddress.of(new byte[5]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 5");
    assertThatThrownBy(() -> new IpAddress(AddressFamily.IPV4, 0, 1L << 32))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static IpAddress parse(String literal) {
    return IpAddress.parse(literal).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.2.3, 24, 10.1.2.0, 10.1.2.255",
    "10.1.2.3, 32, 10.1.2.3, 10.1.2.3",
    "10.1.2.3, 31, 10.1.2.2, 10.1.2.3",
    "10.1.2.3, 0, 0.0.0.0, 255.255.255.255",
    "2001:db8::1:2, 64, 2001:db8::, 2001:db8::ffff:ffff:ffff:ffff",
    "2001:db8:0:0:8000::1, 65, 2001:db8:0:0:8000::, 2001:db8::ffff:ffff:ffff:ffff",
    "2001:db8::5, 127, 2001:db8::4, 2001:db8::5",
    "2001:db8::5, 128, 2001:db8::5, 2001:db8::5",
    "2001:db8::5, 63, 2001:db8::, 2001:db8:0:1:ffff:ffff:ffff:ffff",
    "2001:db8::5, 0, ::, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
  })
  void knowsFirstAndLastOfItsNetwork(String text, int length, String first, String last) {
    IpAddress address = IpAddress.parse(text).orElseThrow();
    assertThat(address.first(length)).hasToString(first);
    assertThat(address.last(length)).hasToString(last);
    assertThat(address.sharesPrefix(IpAddress.parse(first).orElseThrow(), length)).isTrue();
    assertThat(address.sharesPrefix(IpAddress.parse(last).orElseThrow(), length)).isTrue();
  }

  /** Bit by bit: the prefix is shared as long as the first bit that differs is not in it. */
  @Test
  void sharesAPrefixUpToTheFirstBitThatDiffers() {
    IpAddress ipv4 = IpAddress.parse("10.1.2.3").orElseThrow();
    for (int bit = 0; bit < 32; bit++) {
      IpAddress other = new IpAddress(ipv4.family(), 0, ipv4.low() ^ 0x8000_0000L >>> bit);
      assertThat(ipv4.sharesPrefix(other, bit)).isTrue();
      assertThat(ipv4.sharesPrefix(other, bit + 1)).isFalse();
    }
    IpAddress ipv6 = IpAddress.parse("2001:db8::1:2").orElseThrow();
    for (int bit = 0; bit < 128; bit++) {
      long high = bit < 64 ? Long.MIN_VALUE >>> bit : 0;
      long low = bit < 64 ? 0 : Long.MIN_VALUE >>> (bit - 64);
      IpAddress other = new IpAddress(ipv6.family(), ipv6.high() ^ high, ipv6.low() ^ low);
      assertThat(ipv6.sharesPrefix(other, bit)).isTrue();
      assertThat(ipv6.sharesPrefix(other, bit + 1)).isFalse();
    }
    assertThat(ipv4.sharesPrefix(ipv6, 0)).isFalse();
  }
}
