package org.vipd.daemon.config.yaml.vip;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.vipd.daemon.config.HookConfig;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.config.SyncGroup;
import org.vipd.daemon.config.VirtualAddressConfig;
import org.vipd.daemon.config.global.Settings;
import org.vipd.daemon.config.yaml.key.Placed;
import org.vipd.daemon.config.yaml.key.Prefix;
import org.vipd.daemon.config.yaml.key.Reports;
import org.vipd.daemon.config.yaml.key.Section;
import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.IpAddress;

/** Reads {@code vips}: each becomes one virtual router, or two that are tied. */
public final class VipReader {

  private final Reports reports;
  private final InterfaceChoice interfaces;
  private final RouterReader routers;
  private final List<InstanceConfig> instances = new ArrayList<>();
  private final List<SyncGroup> ties = new ArrayList<>();

  /**
   * Reads on a host as a node of a cluster.
   *
   * @param global the options of the daemon, which virtual routers start from
   */
  public VipReader(Cluster cluster, Surroundings host, Settings global, Reports reports) {
    this.reports = reports;
    this.routers = new RouterReader(cluster, global, reports);
    this.interfaces = new InterfaceChoice(host, cluster, reports);
  }

  /** The routers that were read. */
  public List<InstanceConfig> instances() {
    return List.copyOf(instances);
  }

  /** The groups that tie two routers of one entry. */
  public List<SyncGroup> ties() {
    return List.copyOf(ties);
  }

  /** Reads one entry. */
  public void read(Section vip) {
    List<VirtualAddressConfig> addresses = new AddressReader(reports).read(vip.list("addresses"));
    reportDoubles(vip);
    Set<AddressFamily> families = families(vip, addresses);
    Optional<String> chosen = interfaces.find(vip, families, addresses);
    if (chosen.isEmpty()) {
      return;
    }
    if (families.size() == 1) {
      AddressFamily family = families.iterator().next();
      routers
          .read(vip, new RouterReader.Part(vip.name(), chosen.get(), family, false), addresses)
          .ifPresent(instances::add);
    } else {
      tie(vip, families, chosen.get(), addresses);
    }
  }

  private void tie(
      Section vip,
      Set<AddressFamily> families,
      String interfaceName,
      List<VirtualAddressConfig> addresses) {
    List<String> members = new ArrayList<>();
    for (AddressFamily family : families) {
      String name = vip.name() + (family == AddressFamily.IPV4 ? "-v4" : "-v6");
      List<VirtualAddressConfig> own =
          addresses.stream().filter(it -> it.address().family() == family).toList();
      Optional<InstanceConfig> router =
          routers.read(vip, new RouterReader.Part(name, interfaceName, family, true), own);
      router.ifPresent(instances::add);
      router.ifPresent(it -> members.add(name));
    }
    // trackers of both count for both, so that they stay together
    Settings settings =
        new Settings(Map.of("sync_group_tracking_weight", new Settings.Value.Switch(true)));
    if (members.size() > 1) {
      ties.add(
          new SyncGroup(
              vip.name(), vip.place(), members, List.of(), List.of(), HookConfig.none(), settings));
    }
  }

  private Set<AddressFamily> families(Section vip, List<VirtualAddressConfig> addresses) {
    Set<AddressFamily> found = new LinkedHashSet<>();
    addresses.stream()
        .filter(VirtualAddressConfig::isAdvertised)
        .forEach(it -> found.add(it.address().family()));
    Optional<AddressFamily> asked =
        vip.text("family").map(it -> it.equals("ipv4") ? AddressFamily.IPV4 : AddressFamily.IPV6);
    if (asked.isEmpty()) {
      return found.isEmpty() ? Set.of(AddressFamily.IPV4) : found;
    }
    found.remove(asked.get());
    if (!found.isEmpty()) {
      reports.error(
          vip.valuePlace("family"),
          vip.name() + " has addresses of another family than it says",
          "delete family, or set advertise: false at those addresses");
      // the rules look at what the addresses say
      found.add(asked.get());
      return found;
    }
    return Set.of(asked.get());
  }

  private void reportDoubles(Section vip) {
    Set<IpAddress> known = new HashSet<>();
    for (Placed entry : vip.list("addresses")) {
      Optional<Prefix> written =
          entry.value() instanceof Section section
              ? section.prefix("address")
              : Optional.of((Prefix) entry.value());
      written
          .map(Prefix::address)
          .filter(address -> !known.add(address))
          .ifPresent(
              address ->
                  reports.error(
                      entry.place(), vip.name() + " has " + address + " twice", "delete one"));
    }
  }
}
