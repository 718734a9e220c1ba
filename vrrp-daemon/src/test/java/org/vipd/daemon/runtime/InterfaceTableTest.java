package org.vipd.daemon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.vipd.daemon.port.LocalAddress;
import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.IpAddress;

/** What the kernel reports of addresses, in any order. */
class InterfaceTableTest {

  private static final LocalAddress ADDRESS =
      new LocalAddress(7, IpAddress.parse("10.0.0.1").orElseThrow(), 24, true);

  private final InterfaceTable table = new InterfaceTable(() -> 0);

  /** The kernel reports the end of an interface before that of its addresses. */
  @Test
  void takesTheEndOfAnAddressWhoseInterfaceIsNotKnown() {
    assertThat(table.remove(ADDRESS)).isFalse();
    assertThat(table.add(ADDRESS)).isTrue();
    table.removeLink(7);
    assertThat(table.remove(ADDRESS)).isFalse();
    assertThat(table.addressesOf(7)).isEmpty();
  }

  @Test
  void forgetsAnAddressOnce() {
    assertThat(table.add(ADDRESS)).isTrue();
    assertThat(table.add(ADDRESS)).isFalse();
    assertThat(table.remove(ADDRESS)).isTrue();
    assertThat(table.remove(ADDRESS)).isFalse();
  }

  /** The kernel lists addresses by their scope, so a static one may come first. */
  @Test
  void prefersAnAddressOfTheHostToAStaticOne() {
    IpAddress added = IpAddress.parse("10.0.0.9").orElseThrow();
    VirtualAddresses none = new VirtualAddresses();
    table.add(new LocalAddress(7, added, 24, true, LocalAddress.Origin.VIPD));
    assertThat(table.primaryAddress(7, AddressFamily.IPV4, false, none)).contains(added);
    table.add(ADDRESS);
    assertThat(table.primaryAddress(7, AddressFamily.IPV4, false, none))
        .contains(ADDRESS.address());
  }
}
