package org.vipd.daemon.config.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vipd.daemon.config.check.CheckedText.instance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vipd.daemon.config.check.host.HostView;
import org.vipd.daemon.config.keepalived.KeepalivedReader;
import org.vipd.daemon.config.keepalived.text.SourceOptions;
import org.vipd.daemon.testkit.Configurations;
import org.vipd.protocol.value.IpAddress;

class AddressRulesTest {

  @TempDir private Path folder;

  private List<String> findings(String address) throws IOException {
    Path file = folder.resolve("a.conf");
    Files.writeString(file, Configurations.instance(100).replace("10.0.0.100", address));
    KeepalivedReader.Reading reading =
        KeepalivedReader.readWithPlaces(file, new SourceOptions("node", Map.of(), 1));
    Node node =
        new Node(
            file.toString(),
            reading.result().config().orElseThrow(),
            reading.places(),
            new FixedHost());
    return Rules.apply(List.of(node)).stream()
        .filter(problem -> Set.of("V012", "V019", "V033").contains(problem.rule()))
        .map(problem -> problem.rule() + " " + problem.text())
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "224.0.0.5,multicast",
    "ff02::5,multicast",
    "0.0.0.0,placeholder",
    "0.1.2.3,placeholder",
    "::,placeholder",
    "255.255.255.255,broadcast",
    "127.0.0.1,loopback",
    "::1,loopback"
  })
  void warnsOfAddressesThatNoHostCanHave(String address, String kind) throws IOException {
    assertThat(findings(address)).singleElement().asString().startsWith("V019 ").contains(kind);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.100", "fe80::1"})
  void saysNothingAboutOthers(String address) throws IOException {
    assertThat(findings(address)).noneMatch(it -> it.startsWith("V019"));
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.255/24,the broadcast address of 10.0.0.0/24",
    "10.0.0.0/24,the network address of 10.0.0.0/24",
    "10.0.0.127/25,the broadcast address of 10.0.0.0/25",
    "10.9.0.4/30,the network address of 10.9.0.4/30",
    "2001:db8::/64,the address of all routers of 2001:db8::/64",
    // without a length that of the interface counts
    "10.0.0.255,the broadcast address of 10.0.0.0/24",
    "10.0.0.0,the network address of 10.0.0.0/24"
  })
  void warnsOfTheEdgesOfANetwork(String address, String kind) throws IOException {
    assertThat(findings(address))
        .singleElement()
        .asString()
        .contains(" is " + kind + ": it cannot");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.9.0.0/31",
        "10.9.0.1/31",
        "2001:db8::/127",
        "10.0.0.128/24",
        "10.9.0.255/16",
        "2001:db8::ffff:ffff:ffff:ffff/64",
        "fe80::1/64"
      })
  void letsOtherAddressesBe(String address) throws IOException {
    assertThat(findings(address)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"10.0.0.100/16,10.0.0.0/16", "10.0.7.100/16,10.0.0.0/16", "10.1.0.100/8,10.0.0.0/8"})
  void warnsOfANetworkThatIsWiderThanTheInterfaces(String address, String wide) throws IOException {
    assertThat(findings(address))
        .containsExactly(
            "V012 "
                + address
                + " makes all of "
                + wide
                + " neighbours on eth0 of the MASTER, where the network is 10.0.0.0/24: what is for"
                + " the rest no longer goes to the gateway");
  }

  /**
   * A routed address, one of its own network, and one as long as that of the interface or longer.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.9.0.100/32",
        "10.9.0.100/24",
        "10.0.0.100/24",
        "10.0.0.100/28",
        "10.0.0.100/32"
      })
  void letsUsualPrefixLengthsBe(String address) throws IOException {
    assertThat(findings(address)).isEmpty();
  }

  @Test
  void pointsAtTheAddressWithItsLength() {
    assertThat(
            new CheckedText(folder)
                .places("V019", instance(100).replace("10.0.0.100", "10.0.0.0/24")))
        .containsExactly("a.conf:5:23");
  }

  @Test
  void warnsOfTheHostsOwnAddress() throws IOException {
    assertThat(findings("10.0.0.2"))
        .containsExactly(
            "V033 10.0.0.2 is this host's own address on eth0, and the priority is 100: when the role"
                + " leaves, the host loses its address");
    CheckedText check = new CheckedText(folder);
    String owner = instance(255).replace("10.0.0.100", "10.0.0.2");
    assertThat(check.found("V033", owner)).isEmpty();
    assertThat(check.found("V033", owner.replace("255", "90"), owner)).isEmpty();
  }

  /** Where this host is MASTER its virtual addresses are on the interface, too. */
  @ParameterizedTest
  @CsvSource({"10.0.0.3,32,0", "10.0.0.3/24,24,0", "10.0.0.3,24,1", "10.0.0.3/24,32,0"})
  void tellsOwnAddressesFromThoseOfTheMaster(String address, int length, int found) {
    HostView.Network other =
        new HostView.Network(IpAddress.parse("10.0.0.3").orElseThrow(), length);
    String text = instance(100).replace("10.0.0.100", address);
    assertThat(new CheckedText(folder).found("V033", new FixedHost(other), text)).hasSize(found);
  }

  @Test
  void saysOnceWhatIsTrueOfAllAddressesOfASequence() {
    HostView.Network other =
        new HostView.Network(IpAddress.parse("192.168.200.9").orElseThrow(), 24);
    String sequence = "\n~SEQ(I,1,9) 10.9.0.$I\n192.0.2.1\n";
    String text = instance(100).replace(" 10.0.0.100 ", sequence);
    assertThat(new CheckedText(folder).found("V012", new FixedHost(other), text))
        .containsExactly(
            "warning: 10.9.0.1 and 8 more of this line are in no network of eth0, so neighbours"
                + " cannot reach them",
            "warning: 192.0.2.1 is in no network of eth0, so neighbours cannot reach it");
  }

  @Test
  void findsTheNetworkOfAnAddressThatTheHostHas() {
    HostView.Network other =
        new HostView.Network(IpAddress.parse("192.168.200.9").orElseThrow(), 24);
    String own = instance(255).replace("10.0.0.100", "10.0.0.2");
    String strange = instance(255).replace("10.0.0.100", "10.9.0.2");
    CheckedText checked = new CheckedText(folder);
    assertThat(checked.found("V012", new FixedHost(other), own)).isEmpty();
    assertThat(checked.found("V012", new FixedHost(other), strange)).hasSize(1);
  }
}
