package org.vipd.daemon.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vipd.daemon.config.AuthenticationConfig;
import org.vipd.daemon.config.CheckTrack;
import org.vipd.daemon.config.ConfigProblem;
import org.vipd.daemon.config.DaemonConfig;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.config.LoadResult;
import org.vipd.daemon.config.Transport;
import org.vipd.daemon.config.track.NamedTrack;
import org.vipd.daemon.config.track.TrackKind;
import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.IpAddress;

class YamlReaderTest {

  @TempDir private Path folder;

  @Test
  void givesEachNodeItsPriorityAndPeers() {
    InstanceConfig first = only(read(FixedSurroundings.CLUSTER, FixedSurroundings.FIRST.options()));
    InstanceConfig second =
        only(read(FixedSurroundings.CLUSTER, FixedSurroundings.SECOND.options()));
    assertThat(first.election().priority().value()).isEqualTo(200);
    assertThat(second.election().priority().value()).isEqualTo(190);
    assertThat(first.transport())
        .isEqualTo(
            new Transport.Unicast(Optional.of(address("10.0.0.1")), List.of(address("10.0.0.2"))));
    assertThat(second.transport())
        .isEqualTo(
            new Transport.Unicast(Optional.of(address("10.0.0.2")), List.of(address("10.0.0.1"))));
  }

  @Test
  void letsAVipPreferAnotherNode() {
    String text = FixedSurroundings.CLUSTER + "    order: [lb2]\n";
    assertThat(only(read(text, FixedSurroundings.FIRST.options())).election().priority().value())
        .isEqualTo(190);
    assertThat(only(read(text, FixedSurroundings.SECOND.options())).election().priority().value())
        .isEqualTo(200);
  }

  @Test
  void refusesAnOrderBesidePrioritiesThatSayOtherwise() {
    String ordered = FixedSurroundings.CLUSTER + "    order: [lb2]\n";
    YamlOptions host = FixedSurroundings.FIRST.options();
    assertThat(read(ordered + "    priority: 150\n", host).problems())
        .extracting(Object::toString)
        .singleElement()
        .satisfies(it -> assertThat(it).contains("api has an order and a priority: both say"));
    String first = "- name: lb1\n";
    assertThat(ordered).contains(first);
    assertThat(read(ordered.replace(first, first + "    priority: 150\n"), host).problems())
        .extracting(ConfigProblem::text)
        .contains("order of api contradicts the priority of node lb1");
    assertThat(
            read(FixedSurroundings.CLUSTER.replace(first, first + "    priority: 150\n"), host)
                .problems())
        .extracting(ConfigProblem::text)
        .singleElement()
        .asString()
        .startsWith("node lb2 has no priority while others have one");
  }

  @Test
  void knowsItsNodeByNameBeforeItHasAddresses() {
    FixedSurroundings host = new FixedSurroundings("lb2", List.of());
    assertThat(only(read(FixedSurroundings.CLUSTER, host.options())).election().priority().value())
        .isEqualTo(190);
  }

  @Test
  void refusesAHostThatIsNoneOfTheNodes() {
    FixedSurroundings host = new FixedSurroundings("lb3", List.of("10.0.0.3/24"));
    assertThat(read(FixedSurroundings.CLUSTER, host.options()).problems())
        .singleElement()
        .hasToString(
            "vipd.yaml:1:1: error: this host (lb3) is none of the nodes: it has none of their"
                + " addresses; add it, or give its entry the name lb3");
  }

  @Test
  void tiesTwoRoutersForTwoFamilies() {
    String text =
        FixedSurroundings.CLUSTER.replace(
            "[10.0.0.100/24]", "[10.0.0.100/24, 'fe80::100', '2001:db8::64']");
    DaemonConfig config = read(text, FixedSurroundings.FIRST.options()).config().orElseThrow();
    assertThat(config.instances())
        .extracting(InstanceConfig::name)
        .containsExactly("api-v4", "api-v6");
    InstanceConfig six = config.instances().get(1);
    assertThat(six.key().family()).isEqualTo(AddressFamily.IPV6);
    assertThat(six.addresses()).hasSize(2);
    assertThat(six.transport().destinations()).containsExactly(address("2001:db8::2"));
    assertThat(config.groups()).hasSize(1);
    assertThat(config.groups().get(0).members()).containsExactly("api-v4", "api-v6");
  }

  @Test
  void membersTrackWhatTheirGroupTracks() {
    String text =
        "checks: {c: {command: /bin/true, weight: -5}, own: {command: /bin/true}}\n"
            + "vips: {a: {interface: eth0, vrid: 1, addresses: [10.0.0.9], checks: [own]},"
            + " b: {interface: eth0, vrid: 2, addresses: [10.0.0.8],"
            + " track: [{interface: eth1, weight: 3}]},"
            + " c: {interface: eth0, vrid: 3, addresses: [10.0.0.7]}}\n"
            + "groups: {g: {members: [a, b], checks: [c], track: [{interface: eth1, weight: -7}]}}";
    LoadResult result = read(text, FixedSurroundings.FIRST.options());
    NamedTrack shared = new NamedTrack(TrackKind.INTERFACE, "eth1", OptionalInt.of(-7), false);
    List<InstanceConfig> instances = result.config().orElseThrow().instances();
    assertThat(instances.get(0).tracks())
        .extracting(CheckTrack::checkName)
        .containsExactly("own", "c");
    assertThat(instances.get(0).extras().tracks()).containsExactly(shared);
    assertThat(instances.get(1).extras().tracks()).containsExactly(shared);
    assertThat(instances.get(2).tracks()).isEmpty();
    assertThat(instances.get(2).extras().tracks()).isEmpty();
    assertThat(result.problems())
        .extracting(Object::toString)
        .anyMatch(
            it -> it.contains("b and its group g both track eth1; the entry of the group counts"));
  }

  @Test
  void whatAMemberTracksWithoutAWeightIsAFaultWhateverItsGroupSays() {
    String text =
        "checks: {c: {command: /bin/true, weight: -5}, own: {command: /bin/true}}\n"
            + "vips: {a: {interface: eth0, vrid: 1, addresses: [10.0.0.9], checks: [own],"
            + " track: [{interface: eth1}]}}\n"
            + "groups: {g: {members: [a], checks: [{check: own, weight: 7}],"
            + " track: [{interface: eth1, weight: -7}]}}";
    LoadResult result = read(text, FixedSurroundings.FIRST.options());
    InstanceConfig member = result.config().orElseThrow().instances().get(0);
    assertThat(member.tracks()).containsExactly(new CheckTrack("own", OptionalInt.empty(), false));
    assertThat(member.extras().tracks())
        .containsExactly(new NamedTrack(TrackKind.INTERFACE, "eth1", OptionalInt.empty(), false));
    assertThat(result.problems())
        .extracting(Object::toString)
        .filteredOn(it -> it.contains("both track"))
        .hasSize(2)
        .allMatch(it -> it.contains("; the entry of a counts, for it has no weight"));
  }

  @Test
  void whatTheGroupOfAnOwnerTracksIsAFaultThere() {
    String text =
        "checks: {c: {command: /bin/true, weight: -5}, own: {command: /bin/true}}\n"
            + "vips: {a: {interface: eth0, vrid: 1, priority: 255, addresses: [10.0.0.9]},"
            + " b: {interface: eth0, vrid: 2, addresses: [10.0.0.8]}}\n"
            + "groups: {g: {members: [a, b], checks: [c, own]}}";
    LoadResult result = read(text, FixedSurroundings.FIRST.options());
    List<InstanceConfig> members = result.config().orElseThrow().instances();
    assertThat(members.get(0).tracks())
        .extracting(CheckTrack::weight)
        .containsExactly(OptionalInt.of(0), OptionalInt.empty());
    assertThat(members.get(1).tracks())
        .extracting(CheckTrack::weight)
        .containsOnly(OptionalInt.empty());
    assertThat(result.problems())
        .extracting(Object::toString)
        .filteredOn(it -> it.contains("weight"))
        .singleElement()
        .asString()
        .contains(
            "the weight of c in group g does not count for a, the address owner: its failure is a"
                + " fault")
        .contains("use a priority below 255");
  }

  @Test
  void refusesTwoSessionsThatPacketsCannotTellApart() {
    String text =
        """
        vips: {a: {interface: eth0, vrid: 1, addresses: [10.0.0.9]}}
        bfd:
          x: {neighbour: 10.0.0.1}
          y: {neighbour: 10.0.0.1}
        """;
    assertThat(read(text, FixedSurroundings.FIRST.options()).problems())
        .extracting(Object::toString)
        .anyMatch(
            it -> it.contains(":4:3: error: BFD session y has the neighbour and the source of x"));
  }

  @Test
  void findsTheInterfaceByNetworkElseByTheDefaultRoute() {
    assertThat(
            only(read(FixedSurroundings.CLUSTER, FixedSurroundings.FIRST.options()))
                .key()
                .interfaceName())
        .isEqualTo("eth0");
    String elsewhere = "vips: {a: {vrid: 1, addresses: [192.0.2.1]}}";
    assertThat(only(read(elsewhere, FixedSurroundings.FIRST.options())).key().interfaceName())
        .isEqualTo("eth9");
  }

  @Test
  void takesSecretsFromTheEnvironmentAndFromFiles() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "hidden\n");
    for (String form : List.of("{environment: VIP_SECRET}", "{file: " + secret + "}")) {
      String text =
          "vips: {a: {vrid: 1, version: 2, addresses: [10.0.0.9], authentication: {type: password, secret: "
              + form
              + "}}}";
      AuthenticationConfig authentication =
          only(read(text, FixedSurroundings.FIRST.options())).authentication();
      assertThat(authentication)
          .isEqualTo(
              new AuthenticationConfig.Password(form.contains("file") ? "hidden" : "geheim"));
    }
  }

  @Test
  void putsIncludedFilesTogether() throws IOException {
    Files.createDirectory(folder.resolve("d"));
    Files.writeString(folder.resolve("d/a.yaml"), "vips: {a: {vrid: 1, addresses: [10.0.0.9]}}\n");
    Files.writeString(folder.resolve("d/b.yaml"), "vips: {b: {vrid: 2, addresses: [10.0.0.8]}}\n");
    Path main = Files.writeString(folder.resolve("vipd.yaml"), "include: [d/*.yaml]\nchecks: {}\n");
    LoadResult result = YamlReader.read(main, FixedSurroundings.FIRST.options()).result();
    assertThat(result.config().orElseThrow().instances())
        .extracting(InstanceConfig::name)
        .containsExactly("a", "b");
    Files.writeString(folder.resolve("d/c.yaml"), "vips:\n  a: {vrid: 3, addresses: [10.0.0.7]}\n");
    assertThat(YamlReader.read(main, FixedSurroundings.FIRST.options()).result().problems())
        .singleElement()
        .asString()
        .contains("c.yaml:2:3: error: vips has a twice, first in ");
  }

  @Test
  void refusesFilesThatIncludeEachOther() throws IOException {
    Path main = Files.writeString(folder.resolve("vipd.yaml"), "include: [b.yaml]\n");
    Files.writeString(folder.resolve("b.yaml"), "include: [vipd.yaml]\n");
    assertThat(YamlReader.read(main, FixedSurroundings.FIRST.options()).result().problems())
        .singleElement()
        .asString()
        .contains("b.yaml:1:11: error: included file ", " includes itself");
  }

  private static LoadResult read(String text, YamlOptions options) {
    return YamlReader.parse(Path.of("vipd.yaml"), text, options).result();
  }

  private static InstanceConfig only(LoadResult result) {
    assertThat(result.problems()).noneMatch(ConfigProblem::isError);
    List<InstanceConfig> instances = result.config().orElseThrow().instances();
    assertThat(instances).hasSize(1);
    return instances.get(0);
  }

  private static IpAddress address(String text) {
    return IpAddress.parse(text).orElseThrow();
  }
}
