package org.vipd.daemon.config.yaml;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vipd.daemon.config.yaml.key.Prefix;
import org.vipd.daemon.config.yaml.vip.Surroundings;
import org.vipd.protocol.value.AddressFamily;

/** A host with addresses on eth0 and a default route through eth9. */
record FixedSurroundings(String hostName, List<String> addresses) implements Surroundings {

  static final FixedSurroundings FIRST =
      new FixedSurroundings("lb1", List.of("10.0.0.1/24", "2001:db8::1/64"));
  static final FixedSurroundings SECOND =
      new FixedSurroundings("lb2", List.of("10.0.0.2/24", "2001:db8::2/64"));

  /** A file for both. */
  static final String CLUSTER =
      """
      nodes:
        - name: lb1
          addresses: [10.0.0.1, "2001:db8::1"]
        - name: lb2
          addresses: [10.0.0.2, "2001:db8::2"]
      vips:
        api:
          vrid: 7
          addresses: [10.0.0.100/24]
      """;

  YamlOptions options() {
    return new YamlOptions(this, Map.of("VIP_SECRET", "geheim"), Optional.empty());
  }

  @Override
  public Map<String, List<Prefix>> networks() {
    return Map.of(
        "eth0", addresses.stream().map(it -> Prefix.parse(it).orElseThrow()).toList(),
        "lo", List.of(Prefix.parse("127.0.0.1/8").orElseThrow()));
  }

  @Override
  public Optional<String> defaultInterface(AddressFamily family) {
    return Optional.of("eth9");
  }
}
