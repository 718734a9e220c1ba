package org.vipd.daemon.config.yaml.vip;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.config.InstanceExtras;
import org.vipd.daemon.config.VirtualAddressConfig;
import org.vipd.daemon.config.WireConfig;
import org.vipd.daemon.config.global.Settings;
import org.vipd.daemon.config.network.KernelEntry;
import org.vipd.daemon.config.yaml.key.Reports;
import org.vipd.daemon.config.yaml.key.Section;
import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.RouterKey;
import org.vipd.protocol.value.Vrid;
import org.vipd.protocol.value.VrrpVersion;
import org.vipd.protocol.wire.ChecksumForm;
import org.vipd.protocol.wire.Strictness;

/** Reads one virtual router. */
final class RouterReader {

  private static final int ADDRESS_LIMIT = 255;

  private final Cluster cluster;
  private final Settings global;
  private final Reports reports;

  RouterReader(Cluster cluster, Settings global, Reports reports) {
    this.global = global;
    this.cluster = cluster;
    this.reports = reports;
  }

  /**
   * Which router of an entry.
   *
   * @param name its name
   * @param interfaceName its interface
   * @param family its family
   * @param isTied whether the entry has one of the other family, too
   */
  record Part(String name, String interfaceName, AddressFamily family, boolean isTied) {}

  Optional<InstanceConfig> read(Section vip, Part part, List<VirtualAddressConfig> addresses) {
    OptionalInt vrid = vip.number("vrid");
    if (vrid.isEmpty()) {
      return Optional.empty();
    }
    VrrpVersion version = version(vip, part.family());
    reportAddresses(vip, version, addresses);
    ElectionReader election = new ElectionReader(vip, version, reports);
    int priority = priority(vip);
    TrackReader tracks = new TrackReader(reports);
    return Optional.of(
        new InstanceConfig(
            part.name(),
            vip.place(),
            new RouterKey(part.interfaceName(), part.family(), new Vrid(vrid.getAsInt())),
            version,
            election.read(priority, global),
            new TransportReader(vip, part, cluster, reports).read(),
            new AuthenticationReader(reports).read(vip, version, election.interval()),
            wire(vip, priority),
            addresses,
            tracks.checks(vip.list("checks")),
            tracks.hooks(vip.section("notify")),
            extras(vip, tracks)));
  }

  private int priority(Section vip) {
    OptionalInt written = vip.number("priority");
    OptionalInt byOrder = cluster.priority(vip, reports);
    return written.orElse(byOrder.orElse(100));
  }

  private VrrpVersion version(Section vip, AddressFamily family) {
    boolean isSecond = vip.usualNumber("version") == 2;
    if (isSecond && family == AddressFamily.IPV6) {
      reports.error(
          vip.valuePlace("version"), "version 2 does not exist for IPv6", "write version: 3");
    }
    return isSecond && family == AddressFamily.IPV4 ? VrrpVersion.V2 : VrrpVersion.V3;
  }

  private void reportAddresses(
      Section vip, VrrpVersion version, List<VirtualAddressConfig> addresses) {
    if (!vip.has("addresses") || (addresses.isEmpty() && reports.hasErrors())) {
      // said when the section was read
      return;
    }
    long advertised = addresses.stream().filter(VirtualAddressConfig::isAdvertised).count();
    boolean isMeant = vip.settings("options").isOn("no_virtual_ipaddress") && !vip.isOn("strict");
    if (advertised > ADDRESS_LIMIT) {
      reports.error(
          vip.place("addresses"),
          vip.name() + " advertises more than " + ADDRESS_LIMIT + " addresses",
          "set advertise: false at some of them");
    } else if (advertised == 0 && !isMeant && (version == VrrpVersion.V3 || vip.isOn("strict"))) {
      reports.error(
          vip.place("addresses"),
          vip.name() + " advertises no address, which version 3 and strict mode demand",
          "add at least one address");
    } else if (advertised == 0 && !isMeant) {
      reports.warning(
          vip.place("addresses"),
          vip.name() + " advertises no address, so it protects nothing",
          "add at least one address");
    }
  }

  private WireConfig wire(Section vip, int priority) {
    Section announce = vip.section("announce").orElse(Section.empty("announce", vip.place()));
    boolean refuses = vip.isOn("strict") && priority != 255;
    return new WireConfig(
        switch (vip.text("checksum").orElseThrow()) {
          case "message" -> Optional.of(ChecksumForm.MESSAGE_ONLY);
          case "pseudo-header" -> Optional.of(ChecksumForm.PSEUDO_HEADER);
          default -> Optional.empty();
        },
        hopLimits(vip.section("hop-limit").orElse(Section.empty("hop-limit", vip.place()))),
        announce.usualTime("interval"),
        vip.switched("accept").orElse(!refuses),
        vip.isOn("strict") ? Strictness.STRICT : Strictness.LENIENT);
  }

  private WireConfig.HopLimits hopLimits(Section limits) {
    int lowest = limits.usualNumber("lowest");
    int highest = limits.usualNumber("highest");
    if (lowest > highest) {
      reports.error(
          limits.valuePlace(limits.has("lowest") ? "lowest" : "highest"),
          "lowest " + lowest + " is above highest " + highest + ": no packet could pass",
          "write the lower one as lowest");
    }
    int sent = limits.usualNumber("send");
    if (sent < lowest && lowest <= highest) {
      reports.warning(
          limits.valuePlace("lowest"),
          "packets leave with hop limit "
              + sent
              + " and are accepted from "
              + lowest
              + " on: with this file on every node none hears another",
          "write send: 255, or a lowest that is not above send");
    }
    return new WireConfig.HopLimits(sent, Math.min(lowest, highest), highest);
  }

  private InstanceExtras extras(Section vip, TrackReader tracks) {
    Settings settings = vip.settings("options");
    ExtrasReader extras = new ExtrasReader(reports);
    return new InstanceExtras(
        vip.text("start").orElseThrow().equals("master"),
        vip.isOn("strict"),
        tracks.tracks(vip.sections("track")),
        extras.virtualInterface(vip),
        extras.entries(vip.sections("routes"), KernelEntry.Kind.ROUTE),
        extras.entries(vip.sections("rules"), KernelEntry.Kind.RULE),
        settings);
  }
}
