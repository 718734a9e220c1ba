package org.vipd.daemon.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vipd.daemon.port.LocalAddress.Origin;
import org.vipd.daemon.testkit.Packets;
import org.vipd.netlink.address.InterfaceIndex;
import org.vipd.netlink.address.IpPrefix;
import org.vipd.netlink.route.InterfaceAddress;

/** Who has added an address, as far as the kernel tells. */
class LinkTranslatorTest {

  private static final int OURS = LinuxAddresses.PROTOCOL;
  private static final int ROUTER_ADVERTISEMENT = 2;

  private static Origin origin(int protocol, boolean isLeased, boolean keepsMarks) {
    int flags = isLeased ? 0 : InterfaceAddress.FLAG_PERMANENT;
    IpPrefix prefix = new IpPrefix(Addresses.toJdk(Packets.address("10.0.0.9")), 24);
    InterfaceAddress address =
        new InterfaceAddress(new InterfaceIndex(2), prefix, 0, flags, Optional.empty(), protocol);
    return LinkTranslator.translate(address, keepsMarks).origin();
  }

  @Test
  void whatBearsTheMarkIsOfAVipd() {
    assertThat(origin(OURS, true, true)).isEqualTo(Origin.VIPD_LEASED);
    assertThat(origin(OURS, false, true)).isEqualTo(Origin.VIPD);
  }

  @Test
  void aLeaseWithoutAMarkIsSomebodyElsesWhereMarksAreKept() {
    assertThat(origin(0, true, true)).isEqualTo(Origin.LEASED);
    assertThat(origin(0, false, true)).isEqualTo(Origin.OTHER);
    assertThat(origin(ROUTER_ADVERTISEMENT, true, true)).isEqualTo(Origin.OTHER);
  }

  @Test
  void aLeaseIsAllThatIsKnownWhereMarksAreNotKept() {
    assertThat(origin(0, true, false)).isEqualTo(Origin.VIPD_LEASED);
    assertThat(origin(0, false, false)).isEqualTo(Origin.OTHER);
  }
}
