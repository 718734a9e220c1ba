package org.vipd.netlink.ndp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.vipd.netlink.address.MacAddress;
import org.vipd.netlink.testkit.Addresses;
import org.vipd.netlink.testkit.ReferenceFrames;

class UnsolicitedAdvertisementTest {

  private static final String EXPECTED =
      "33330000000100005e00020186dd6000000000203afffe800000000000000000000000000001"
          + "ff0200000000000000000000000000018800799aa0000000"
          + "fe800000000000000000000000000001020100005e000201";
  private static final int FLAGS_OFFSET = 58;

  @Test
  void buildsAnAdvertisementToAllNodes() {
    assertThat(frame("fe80::1", true)).isEqualTo(EXPECTED);
  }

  @Test
  void equalsTheReferenceFrames() {
    assertThat(frame("fe80::1", true)).isEqualTo(ReferenceFrames.require("A05"));
    assertThat(frame("2001:db8::1", true)).isEqualTo(ReferenceFrames.require("A06"));
  }

  @Test
  void clearsTheRouterFlagForHosts() {
    assertThat(frame("fe80::1", false).substring(2 * FLAGS_OFFSET, 2 * FLAGS_OFFSET + 8))
        .isEqualTo("20000000");
  }

  private static String frame(String address, boolean router) {
    MacAddress sender = new MacAddress(0x0000_5E00_0201L);
    return HexFormat.of()
        .formatHex(
            UnsolicitedAdvertisement.frame(sender, (Inet6Address) Addresses.ip(address), router));
  }
}
