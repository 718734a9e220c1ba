package org.vipd.daemon.config.yaml.vip;

import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
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

  /**
   * The interface of an entry: one for all its families, because both of its routers stand on it.
   *
   * @return empty when none fits, which is reported once
   */
  Optional<String> find(
      Section vip, Collection<AddressFamily> families, List<VirtualAddressConfig> addresses) {
    String asked = vip.text("interface").orElseThrow();
    if (!asked.equals(AUTO)) {
      return Optional.of(asked);
    }
    List<Function<AddressFamily, Optional<String>>> ways =
        List.of(
            family -> firstAddress(family, addresses).flatMap(this::withNetwork),
            family -> cluster.source(family).flatMap(this::withAddress),
            host::defaultInterface);
    for (Function<AddressFamily, Optional<String>> way : ways) {
      Map<AddressFamily, String> found = new EnumMap<>(AddressFamily.class);
      families.forEach(family -> way.apply(family).ifPresent(name -> found.put(family, name)));
      if (!found.isEmpty()) {
        return only(vip, found);
      }
    }
    if (!addresses.isEmpty()) {
      reports.error(
          vip.place("interface"),
          "no interface of this host fits "
              + vip.name()
              + ": none has a network with its address, and there is no default route",
          "name it: interface: NAME");
    }
    return Optional.empty();
  }

  private Optional<String> only(Section vip, Map<AddressFamily, String> found) {
    Set<String> names = Set.copyOf(found.values());
    if (names.size() == 1) {
      return Optional.of(names.iterator().next());
    }
    reports.error(
        vip.place("interface"),
        vip.name()
            + " has one interface for both families, but IPv4 leads to "
            + found.get(AddressFamily.IPV4)
            + " and IPv6 to "
            + found.get(AddressFamily.IPV6),
        "name it: interface: NAME, or make a vip of each family");
    return Optional.empty();
  }

  private static Optional<IpAddress> firstAddress(
      AddressFamily family, List<VirtualAddressConfig> addresses) {
    return addresses.stream()
        .filter(VirtualAddressConfig::isAdvertised)
        .map(VirtualAddressConfig::address)
        .filter(address -> address.family() == family && !address.isLinkLocal())
        .findFirst();
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
