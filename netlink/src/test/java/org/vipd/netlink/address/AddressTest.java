package org.vipd.netlink.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.vipd.netlink.testkit.Addresses;

class AddressTest {

  @Test
  void printsMacAddressesInTheUsualForm() {
    assertThat(new MacAddress(0x0000_5E00_0133L)).hasToString("00:00:5e:00:01:33");
  }

  @Test
  void turnsMacAddressesIntoOctetsAndBack() {
    byte[] octets = {(byte) 0xFE, 1, 2, 3, 4, (byte) 0x80};

    assertThat(MacAddress.of(octets).toBytes()).isEqualTo(octets);
  }

  @Test
  void rejectsMacAddressesOfAnotherSize() {
    assertThatThrownBy(() -> MacAddress.of(new byte[5])).hasMessageContaining("5 octets");
    assertThatThrownBy(() -> new MacAddress(1L << 48)).hasMessageContaining("48 bits");
  }

  @Test
  void rejectsInterfaceIndexZero() {
    assertThatThrownBy(() -> new InterfaceIndex(0)).hasMessageContaining("1 or more");
  }

  @Test
  void printsPrefixesWithTheirLength() {
    assertThat(new IpPrefix(Addresses.ip("10.0.0.1"), 24)).hasToString("10.0.0.1/24");
    assertThat(Addresses.host("fe80::1")).hasToString("fe80:0:0:0:0:0:0:1/128");
  }

  @Test
  void acceptsTheLongestPrefixAndRejectsALongerOne() {
    assertThat(new IpPrefix(Addresses.ip("10.0.0.1"), 32).length()).isEqualTo(32);
    assertThatThrownBy(() -> new IpPrefix(Addresses.ip("10.0.0.1"), 33))
        .hasMessageContaining("0..32");
    assertThatThrownBy(() -> new IpPrefix(Addresses.ip("::1"), 129)).hasMessageContaining("0..128");
  }
}
