package org.vipd.protocol.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValueRangesTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 256, -1})
  void refusesVridOutsideItsRange(int value) {
    assertThatThrownBy(() -> Vrid.of(value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("virtual router id must be 1..255, got " + value);
  }

  @Test
  void acceptsVridAtTheEdges() {
    assertThat(Vrid.of(1).value()).isEqualTo(1);
    assertThat(Vrid.of(255)).isEqualTo(new Vrid(255)).isSameAs(Vrid.of(255));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 256})
  void refusesPriorityOutsideItsRange(int value) {
    assertThatThrownBy(() -> Priority.of(value)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void knowsTheSpecialPriorities() {
    assertThat(Priority.of(0).isResign()).isTrue();
    assertThat(Priority.of(1).isResign()).isFalse();
    assertThat(Priority.of(255).isOwner()).isTrue();
    assertThat(Priority.of(254).isOwner()).isFalse();
    assertThat(Priority.of(200)).isGreaterThan(Priority.of(100));
  }

  @Test
  void knowsWhichIntervalsAVersionCarries() {
    assertThat(VrrpVersion.V2.carries(AdvertInterval.ofSeconds(255))).isTrue();
    assertThat(VrrpVersion.V2.carries(AdvertInterval.ofCentiseconds(150))).isFalse();
    assertThat(VrrpVersion.V3.carries(AdvertInterval.ofCentiseconds(1))).isTrue();
    assertThat(VrrpVersion.V3.carries(AdvertInterval.ofCentiseconds(4095))).isTrue();
    assertThat(VrrpVersion.V3.carries(AdvertInterval.ofCentiseconds(4096))).isFalse();
  }

  @Test
  void convertsIntervals() {
    assertThat(AdvertInterval.ofCentiseconds(1).nanos()).isEqualTo(10_000_000L);
    assertThat(AdvertInterval.ofCentiseconds(1).wholeSeconds()).isEqualTo(1);
    assertThat(AdvertInterval.ofCentiseconds(101).wholeSeconds()).isEqualTo(2);
    assertThat(AdvertInterval.ofSeconds(255).wholeSeconds()).isEqualTo(255);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 25_501})
  void refusesIntervalOutsideItsRange(int centiseconds) {
    assertThatThrownBy(() -> AdvertInterval.ofCentiseconds(centiseconds))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 256})
  void refusesSecondsOutsideTheirRange(int seconds) {
    assertThatThrownBy(() -> AdvertInterval.ofSeconds(seconds))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void buildsVirtualMacs() {
    assertThat(VirtualMac.of(AddressFamily.IPV4, Vrid.of(18))).hasToString("00:00:5e:00:01:12");
    assertThat(VirtualMac.of(AddressFamily.IPV6, Vrid.of(255)).toBytes())
        .containsExactly(0, 0, 0x5E, 0, 2, 0xFF);
  }

  @Test
  void namesRouters() {
    assertThat(new RouterKey("eth0", AddressFamily.IPV6, Vrid.of(7))).hasToString("eth0/ipv6/7");
    assertThatThrownBy(() -> new RouterKey("", AddressFamily.IPV4, Vrid.of(7)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void comparesAddressListsWithAndWithoutOrder() {
    IpAddress one = IpAddress.parse("192.0.2.1").orElseThrow();
    IpAddress two = IpAddress.parse("192.0.2.2").orElseThrow();
    AddressList forward = AddressList.of(AddressFamily.IPV4, List.of(one, two));
    AddressList backward = AddressList.of(AddressFamily.IPV4, List.of(two, one));
    AddressList twice = AddressList.of(AddressFamily.IPV4, List.of(one, one));
    assertThat(forward).isNotEqualTo(backward).hasToString("[192.0.2.1, 192.0.2.2]");
    assertThat(forward.sameMembersAs(backward)).isTrue();
    assertThat(forward.sameMembersAs(twice)).isFalse();
    assertThat(twice.sameMembersAs(forward)).isFalse();
    assertThat(forward.asList()).containsExactly(one, two);
    assertThat(AddressList.empty(AddressFamily.IPV4).isEmpty()).isTrue();
    assertThat(AddressList.empty(AddressFamily.IPV4))
        .isNotEqualTo(AddressList.empty(AddressFamily.IPV6));
  }

  @Test
  void refusesListsThatNoMessageCarries() {
    IpAddress one = IpAddress.parse("192.0.2.1").orElseThrow();
    assertThat(AddressList.of(AddressFamily.IPV4, Collections.nCopies(255, one)).size())
        .isEqualTo(255);
    assertThatThrownBy(() -> AddressList.of(AddressFamily.IPV4, Collections.nCopies(256, one)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 256");
    assertThatThrownBy(() -> AddressList.of(AddressFamily.IPV6, List.of(one)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("IPV6");
  }

  @Test
  void putsTheFirstLinkLocalAddressInFront() {
    IpAddress global = IpAddress.parse("2001:db8::1").orElseThrow();
    IpAddress other = IpAddress.parse("2001:db8::2").orElseThrow();
    IpAddress local = IpAddress.parse("fe80::1").orElseThrow();
    IpAddress second = IpAddress.parse("fe80::2").orElseThrow();
    assertThat(
            AddressList.of(AddressFamily.IPV6, List.of(global, other, local, second))
                .withLinkLocalFirst()
                .asList())
        .containsExactly(local, global, other, second);
    assertThat(
            AddressList.of(AddressFamily.IPV6, List.of(second, local))
                .withLinkLocalFirst()
                .asList())
        .containsExactly(second, local);
    assertThat(
            AddressList.of(AddressFamily.IPV6, List.of(global, other))
                .withLinkLocalFirst()
                .asList())
        .containsExactly(global, other);
  }
}
