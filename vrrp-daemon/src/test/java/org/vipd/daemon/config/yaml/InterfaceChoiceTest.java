package org.vipd.daemon.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vipd.daemon.config.ConfigProblem;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.config.LoadResult;
import org.vipd.daemon.config.yaml.key.Prefix;
import org.vipd.daemon.config.yaml.vip.Surroundings;
import org.vipd.protocol.value.AddressFamily;

/** {@code interface: auto} finds one interface for a vip, whichever families it has. */
class InterfaceChoiceTest {

  private static final String BOTH =
      """
      vips:
        api:
          vrid: 7
          addresses: [10.0.0.100/24, "2001:db8::100/64"]
      """;

  private final Map<String, List<Prefix>> networks = new HashMap<>();
  private final Map<AddressFamily, String> defaults = new HashMap<>();

  @Test
  void takesTheInterfaceOfOneFamilyForBoth() {
    network("eth1", "10.0.0.1/24");
    defaults.put(AddressFamily.IPV6, "eth9");
    assertThat(read(BOTH).config().orElseThrow().instances())
        .extracting(it -> it.key().interfaceName())
        .containsExactly("eth1", "eth1");
  }

  @Test
  void takesTheDefaultRouteOfEitherFamily() {
    defaults.put(AddressFamily.IPV6, "eth9");
    assertThat(read(BOTH).config().orElseThrow().instances())
        .extracting(it -> it.key().interfaceName())
        .containsExactly("eth9", "eth9");
  }

  @Test
  void refusesFamiliesThatLeadToDifferentInterfaces() {
    network("eth1", "10.0.0.1/24");
    network("eth2", "2001:db8::1/64");
    assertThat(read(BOTH).problems())
        .filteredOn(ConfigProblem::isError)
        .singleElement()
        .asString()
        .contains(
            "api has one interface for both families, but IPv4 leads to eth1 and IPv6 to eth2;"
                + " name it: interface: NAME, or make a vip of each family");
  }

  @Test
  void saysOnceThatNoneFits() {
    assertThat(read(BOTH).problems())
        .filteredOn(ConfigProblem::isError)
        .singleElement()
        .asString()
        .contains("no interface of this host fits api");
  }

  @Test
  void keepsTheTwoRoutersOfAVipInOneGroup() {
    network("eth1", "10.0.0.1/24");
    LoadResult result = read(BOTH + "  other:\n    vrid: 8\n    addresses: [10.0.0.101]\n");
    assertThat(result.config().orElseThrow().groups())
        .singleElement()
        .satisfies(it -> assertThat(it.members()).containsExactly("api-v4", "api-v6"));
    assertThat(result.config().orElseThrow().instances())
        .extracting(InstanceConfig::name)
        .containsExactly("api-v4", "api-v6", "other");
  }

  private void network(String name, String prefix) {
    networks.put(name, List.of(Prefix.parse(prefix).orElseThrow()));
  }

  private LoadResult read(String text) {
    Surroundings host =
        new Surroundings() {
          @Override
          public String hostName() {
            return "lb1";
          }

          @Override
          public Map<String, List<Prefix>> networks() {
            return networks;
          }

          @Override
          public Optional<String> defaultInterface(AddressFamily family) {
            return Optional.ofNullable(defaults.get(family));
          }
        };
    YamlOptions options = new YamlOptions(host, Map.of(), Optional.empty());
    return YamlReader.parse(Path.of("vipd.yaml"), text, options).result();
  }
}
