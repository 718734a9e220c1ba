package org.vipd.daemon.config.keepalived;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vipd.daemon.config.keepalived.Loading.instance;
import static org.vipd.daemon.config.keepalived.Loading.load;
import static org.vipd.daemon.config.keepalived.Loading.only;
import static org.vipd.daemon.config.keepalived.Loading.problemsOf;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.config.VirtualAddressConfig;
import org.vipd.daemon.config.VirtualAddressConfig.AddressOptions;
import org.vipd.daemon.testkit.Packets;

class AddressKeywordsTest {

  private static VirtualAddressConfig address(String line) {
    return only("virtual_ipaddress {", line, "}").addresses().get(1);
  }

  private static List<String> problemsOfAddress(String line) {
    return problemsOf("virtual_ipaddress {", line, "}");
  }

  @Test
  void readsEveryOptionInAnyOrder() {
    VirtualAddressConfig expected =
        new VirtualAddressConfig(
            Packets.address("10.0.1.5"),
            24,
            Optional.of("eth7"),
            new AddressOptions(
                Optional.of("eth7:vip"), 253, Optional.of(Packets.address("10.0.1.255"))),
            true);
    assertThat(address("10.0.1.5/24 brd 10.0.1.255 dev eth7 label eth7:vip scope link"))
        .isEqualTo(expected);
    assertThat(address("10.0.1.5/24 scope link label eth7:vip dev eth7 brd +")).isEqualTo(expected);
    assertThat(problemsOfAddress("10.0.1.5/24 brd + dev eth7 label eth7:vip scope link")).isEmpty();
  }

  @Test
  void dropsAnAddressOnTwoInterfaces() {
    assertThat(only("virtual_ipaddress {", "10.0.1.5/24 dev eth1 dev eth2", "}").addresses())
        .hasSize(1);
    assertThat(problemsOfAddress("10.0.1.5/24 dev eth1 dev eth2"))
        .singleElement()
        .asString()
        .contains("warning: dev is there twice; the address is dropped, as in keepalived");
  }

  @Test
  void installsHostAddressesUnlessAPrefixIsGiven() {
    assertThat(address("10.0.1.5").text()).isEqualTo("10.0.1.5/32");
    assertThat(address("10.0.1.5/0").text()).isEqualTo("10.0.1.5/0");
    assertThat(address("10.0.1.5").options()).isEqualTo(AddressOptions.NONE);
    assertThat(address("10.0.1.5").device()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"global,0", "site,200", "link,253", "host,254", "nowhere,255", "77,77"})
  void readsScopesByNameAndNumber(String scope, int number) {
    assertThat(address("10.0.1.5 scope " + scope).options().scope()).isEqualTo(number);
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.1.5/x,5,'prefix length must be a whole number from 0 to 32, found ''x'''",
    "10.0.1.5/,5,'prefix length must be a whole number from 0 to 32, found '''''",
    "10.0.1.5 dev a/b,14,'''a/b'' cannot be the name of an interface'"
  })
  void refusesWhatNoAddressCanHave(String line, int column, String text) {
    int at = line.startsWith("10.0.1.5/") ? 1 : column;
    assertThat(load(instance("virtual_ipaddress {", line, "}")).config()).isEmpty();
    assertThat(problemsOfAddress(line))
        .singleElement()
        .asString()
        .startsWith("k.conf:6:" + at + ": error: " + text);
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.1.256,'''10.0.1.256'' is not an IP address and is skipped'",
    "web.example.org,'''web.example.org'' is not an IP address and is skipped'",
    "10.0.1.5 colour 0,'unknown word ''colour'' after the address'",
    "10.0.1.5 label abcdefghijklmnop,label has more than 15 characters",
    "10.0.1.5 no_track,no_track after an address is accepted"
  })
  void warnsOfOptionsWithoutEffect(String line, String text) {
    assertThat(load(instance("virtual_ipaddress {", line, "}")).config()).isPresent();
    assertThat(problemsOfAddress(line)).anyMatch(it -> it.contains("warning: " + text));
  }

  @Test
  void derivesNoBroadcastForHostAndPointToPointPrefixes() {
    assertThat(address("10.0.1.5/32 brd +").options().broadcast()).isEmpty();
    assertThat(address("10.0.1.5/31 brd +").options().broadcast()).isEmpty();
    assertThat(address("10.0.1.5/30 brd +").options().broadcast())
        .contains(Packets.address("10.0.1.7"));
    assertThat(address("10.0.1.5/32 brd -").options().broadcast()).isEmpty();
    assertThat(address("10.0.1.5/24 brd -").options().broadcast())
        .contains(Packets.address("10.0.1.0"));
    assertThat(address("10.0.1.5/0 brd +").options().broadcast())
        .contains(Packets.address("255.255.255.255"));
  }

  @Test
  void doesNotAdvertiseExcludedAddresses() {
    InstanceConfig instance =
        only("virtual_ipaddress_excluded {", "10.0.2.1", "fe80::9/64 dev eth1", "}");
    assertThat(instance.addresses()).hasSize(3);
    assertThat(instance.advertisedAddresses().asList())
        .containsExactly(Packets.address("10.0.0.100"));
    assertThat(instance.deviceOf(instance.addresses().get(2))).isEqualTo("eth1");
    assertThat(instance.deviceOf(instance.addresses().get(1))).isEqualTo("eth0");
  }

  @Test
  void dropsAdvertisedAddressesOfTheOtherFamily() {
    assertThat(problemsOfAddress("fe80::5"))
        .containsExactly(
            "k.conf:6:1: warning: vrrp_instance VI_1 mixes IPv4 and IPv6: fe80::5 is dropped, as in"
                + " keepalived; move it to virtual_ipaddress_excluded or to an instance of its own");
  }

  @Test
  void takesAnAddressOnlyOnce() {
    assertThat(problemsOfAddress("10.0.0.100"))
        .containsExactly(
            "k.conf:6:1: warning: vrrp_instance VI_1 lists 10.0.0.100 twice; it counts once, where"
                + " keepalived 2.2 counts both and refuses other counts; delete one on every node,"
                + " before nodes of both kinds run together");
    assertThat(only("virtual_ipaddress { 10.0.0.100 }").addresses()).hasSize(1);
    assertThat(problemsOf("virtual_ipaddress_excluded {", "10.0.0.100", "}"))
        .containsExactly(
            "k.conf:6:1: warning: vrrp_instance VI_1 lists 10.0.0.100 twice; delete one");
  }

  @Test
  void advertisesAtMostAsManyAddressesAsTheMessageCanName() {
    assertThat(load(instance("virtual_ipaddress {", addresses(254), "}")).config()).isPresent();
    InstanceConfig large = only("virtual_ipaddress {", addresses(257), "}");
    assertThat(large.advertisedAddresses().asList()).hasSize(255);
    assertThat(large.addresses()).hasSize(258);
    assertThat(problemsOf("virtual_ipaddress {", addresses(257), "}"))
        .containsExactly(
            "k.conf:260:1: warning: vrrp_instance VI_1 advertises more than 255 addresses; from here"
                + " on they are held like those of virtual_ipaddress_excluded; move them there, on"
                + " all nodes");
    assertThat(load(instance("virtual_ipaddress_excluded {", addresses(255), "}")).config())
        .isPresent();
  }

  private static String addresses(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(number -> "10.9." + number / 256 + "." + number % 256)
        .collect(Collectors.joining("\n"));
  }
}
