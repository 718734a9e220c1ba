package org.vipd.daemon.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vipd.daemon.config.VirtualAddressConfig;
import org.vipd.daemon.config.VirtualAddressConfig.AddressOptions;
import org.vipd.daemon.port.AddressInstall;
import org.vipd.daemon.port.AddressPort;
import org.vipd.daemon.port.LinkState;
import org.vipd.daemon.port.LocalAddress;
import org.vipd.daemon.port.PortException;
import org.vipd.daemon.testkit.Packets;
import org.vipd.netlink.address.InterfaceIndex;
import org.vipd.netlink.address.IpPrefix;
import org.vipd.netlink.libc.Errno;
import org.vipd.netlink.route.AddressLifetime;
import org.vipd.netlink.testkit.FakeKernel;
import org.vipd.protocol.value.IpAddress;

class LinuxAddressesTest {

  private static final InterfaceIndex ETH0 = new InterfaceIndex(2);
  private final FakeKernel kernel = new FakeKernel();
  private final LinuxAddresses addresses = new LinuxAddresses(kernel);

  @BeforeEach
  void addInterface() {
    kernel.addLink(2, "eth0");
  }

  private static AddressInstall install(String address, int length) {
    IpAddress parsed = Packets.address(address);
    VirtualAddressConfig config =
        new VirtualAddressConfig(parsed, length, Optional.empty(), AddressOptions.NONE, true);
    return new AddressInstall(2, "eth0", config);
  }

  private static IpPrefix prefix(String address, int length) {
    return new IpPrefix(Addresses.toJdk(Packets.address(address)), length);
  }

  /** The last one first: else the kernel promotes one after the other. */
  @Test
  void installsAndRemovesInOneBatchEach() {
    List<AddressInstall> both = List.of(install("10.0.0.1", 32), install("10.0.0.2", 24));
    assertThat(addresses.install(both)).isEqualTo(AddressPort.Installed.ALL);
    assertThat(kernel.prefixes(ETH0))
        .containsExactly(prefix("10.0.0.1", 32), prefix("10.0.0.2", 24));
    assertThat(addresses.remove(both)).isEqualTo(AddressPort.Removed.ALL);
    assertThat(kernel.prefixes(ETH0)).isEmpty();
    assertThat(kernel.journal())
        .containsExactly(
            "add 10.0.0.1/32 on 2",
            "add 10.0.0.2/24 on 2",
            "remove 10.0.0.2/24 on 2",
            "remove 10.0.0.1/32 on 2");
  }

  @Test
  void takesDoneForDone() {
    List<AddressInstall> one = List.of(install("10.0.0.1", 32));
    addresses.install(one);
    assertThat(addresses.install(one)).isEqualTo(new AddressPort.Installed(one, List.of()));
    AddressInstall other = install("10.0.0.2", 32);
    addresses.install(List.of(other));
    assertThat(addresses.remove(one)).isEqualTo(AddressPort.Removed.ALL);
    assertThat(addresses.remove(List.of(one.get(0), other)))
        .isEqualTo(new AddressPort.Removed(one, List.of()));
  }

  @Test
  void deprecatesHostAddressesOfIpv6Only() {
    addresses.install(
        List.of(install("fe80::1", 128), install("2001:db8::1", 64), install("10.0.0.1", 32)));
    assertThat(kernel.lifetime(ETH0, prefix("fe80::1", 128)))
        .contains(AddressLifetime.FOREVER_DEPRECATED);
    assertThat(kernel.lifetime(ETH0, prefix("2001:db8::1", 64))).contains(AddressLifetime.FOREVER);
    assertThat(kernel.lifetime(ETH0, prefix("10.0.0.1", 32))).contains(AddressLifetime.FOREVER);
  }

  @Test
  void saysWhichAddressFailsWhyAndWhatHelps() {
    kernel.refuse(prefix("10.0.0.2", 32), Errno.EPERM);
    assertThat(
            addresses.install(List.of(install("10.0.0.1", 32), install("10.0.0.2", 32))).failures())
        .singleElement()
        .extracting(AddressPort.Failure::message, InstanceOfAssertFactories.STRING)
        .startsWith("cannot install 10.0.0.2/32 on eth0: EPERM")
        .endsWith("; the daemon needs CAP_NET_ADMIN");
    assertThat(kernel.prefixes(ETH0)).containsExactly(prefix("10.0.0.1", 32));
  }

  @Test
  void saysThatTheInterfaceIsGone() {
    kernel.removeLink(ETH0);
    assertThat(addresses.install(List.of(install("10.0.0.1", 32))).failures())
        .singleElement()
        .extracting(AddressPort.Failure::message, InstanceOfAssertFactories.STRING)
        .startsWith("cannot install 10.0.0.1/32 on eth0: ENODEV")
        .endsWith("; the interface is gone");
  }

  @Test
  void saysThatTheWholeBatchFailed() throws PortException {
    kernel.breakDown(Errno.ENOBUFS);
    assertThat(
            addresses.remove(List.of(install("10.0.0.1", 32), install("10.0.0.2", 32))).failures())
        .hasSize(2)
        .extracting(AddressPort.Failure::message)
        .allMatch(it -> it.contains("cannot remove 10.0.0.") && it.contains("ENOBUFS"));
    assertThatThrownBy(addresses::links).isInstanceOf(PortException.class);
    kernel.repair();
    assertThat(addresses.links()).hasSize(1);
  }

  @Test
  void tellsAMissingPrivilegeApart() {
    kernel.breakDown(Errno.EPERM);
    assertThatThrownBy(addresses::addresses)
        .isInstanceOfSatisfying(
            PortException.class, e -> assertThat(e.isPermissionDenied()).isTrue());
  }

  @Test
  void listsLinksAndAddressesInTheWordsOfTheDomain() throws PortException {
    addresses.install(List.of(install("10.0.0.1", 24)));
    assertThat(addresses.links())
        .containsExactly(new LinkState(2, "eth0", 0x0200_0000_0002L, true, 1500, ""));
    assertThat(addresses.addresses())
        .containsExactly(
            new LocalAddress(
                2, Packets.address("10.0.0.1"), 24, true, LocalAddress.Origin.VIPD_LEASED));
  }
}
