package org.vipd.daemon.config.yaml.vip;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vipd.daemon.config.VirtualAddressConfig;
import org.vipd.daemon.config.yaml.key.Prefix;
import org.vipd.daemon.config.yaml.key.Reports;
import org.vipd.daemon.config.yaml.key.Section;
import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.IpAddress;

/** Finds the interface of a virtual router that says {@code interface: auto}. */
final class InterfaceChoice {

  private static final String AUTO = "auto";

  private final Surroundings host;
  private final Cluster cluster;
  private final Reports reports;

  InterfaceChoice(Surroundings host, Cluster cluster, Reports reports) {
    this.host = host;
    this.cluster = cluster;
    this.reports = reports;
  }

  Optional<String> find(Section vip, AddressFamily family, List<VirtualAddressConfig> addresses) {
    String asked = vip.text("interface").orElseThrow();
    if (!asked.equals(AUTO)) {
      return Optional.of(asked);
    }
    Optional<String> found =
        addresses.stream()
            .filter(VirtualAddressConfig::isAdvertised)
            .map(VirtualAddressConfig::address)
            .filter(address -> !address.isLinkLocal())
            .findFirst()
            .flatMap(this::withNetwork)
            .or(() -> cluster.source(family).flatMap(this::withAddress))
            .or(() -> host.defaultInterface(family));
    if (found.isEmpty()) {
      reports.error(
          vip.place("interface"),
          "no interface of this host fits "
              + vip.name()
              + ": none has a network with its address, and there is no default route",
          "name it: interface: NAME");
    }
    return found;
  }

  /** The interface with the smallest network that has the address. */
  private Optional<String> withNetwork(IpAddress address) {
    Optional<String> best = Optional.empty();
    int longest = 0;
    for (Map.Entry<String, List<Prefix>> entry : host.networks().entrySet()) {
      for (Prefix network : entry.getValue()) {
        boolean isOther = !network.address().equals(address);
        if (isOther && network.contains(address) && network.length() > longest) {
          longest = network.length();
          best = Optional.of(entry.getKey());
        }
      }
    }
    return best;
  }

  private Optional<String> withAddress(IpAddress address) {
    return host.networks().entrySet().stream()
        .filter(entry -> entry.getValue().stream().anyMatch(it -> it.address().equals(address)))
        .map(Map.Entry::getKey)
        .findFirst();
  }
}
