package org.vipd.netlink.arp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.vipd.netlink.address.MacAddress;
import org.vipd.netlink.testkit.Addresses;
import org.vipd.netlink.testkit.ReferenceFrames;

class GratuitousArpTest {

  private static final String EXPECTED =
      "ffffffffffff00005e0001010806000108000604000100005e000101c0000201ffffffffffffc0000201";

  private final byte[] frame =
      GratuitousArp.request(
          new MacAddress(0x0000_5E00_0101L), (Inet4Address) Addresses.ip("192.0.2.1"));

  @Test
  void buildsARequestWithBroadcastTarget() {
    assertThat(HexFormat.of().formatHex(frame)).isEqualTo(EXPECTED);
  }

  @Test
  void equalsTheReferenceFrame() {
    assertThat(HexFormat.of().formatHex(frame)).isEqualTo(ReferenceFrames.require("A01"));
  }
}
