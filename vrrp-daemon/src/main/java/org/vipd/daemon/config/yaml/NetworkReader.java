package org.vipd.daemon.config.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.vipd.daemon.config.Similar;
import org.vipd.daemon.config.VirtualAddressConfig;
import org.vipd.daemon.config.network.AnnounceGroup;
import org.vipd.daemon.config.network.KernelEntry;
import org.vipd.daemon.config.network.NetworkConfig;
import org.vipd.daemon.config.network.StaticAddress;
import org.vipd.daemon.config.network.TrackGroup;
import org.vipd.daemon.config.yaml.key.Placed;
import org.vipd.daemon.config.yaml.key.Reports;
import org.vipd.daemon.config.yaml.key.Section;
import org.vipd.daemon.config.yaml.vip.AddressReader;
import org.vipd.daemon.config.yaml.vip.ExtrasReader;

/** Reads what is set up beside the virtual routers. */
final class NetworkReader {

  private final Reports reports;

  NetworkReader(Reports reports) {
    this.reports = reports;
  }

  NetworkConfig read(Section top) {
    Section fixed = top.section("static").orElse(Section.empty("static", top.place()));
    ExtrasReader entries = ExtrasReader.ofHost(reports);
    Stream.of("addresses", "routes", "rules")
        .flatMap(key -> fixed.list(key).stream())
        .map(Placed::value)
        .forEach(it -> tie(it, top));
    return new NetworkConfig(
        addresses(fixed),
        entries.entries(fixed.sections("routes"), KernelEntry.Kind.ROUTE),
        entries.entries(fixed.sections("rules"), KernelEntry.Kind.RULE),
        top.sections("track-groups").stream()
            .map(it -> new TrackGroup(it.name(), it.place(), it.texts("members")))
            .toList(),
        top.sections("announce-groups").stream().map(this::group).toList());
  }

  /** Static addresses are advertised nowhere, whatever an entry says. */
  private List<StaticAddress> addresses(Section fixed) {
    List<StaticAddress> found = new ArrayList<>();
    for (VirtualAddressConfig it : AddressReader.ofHost(reports).read(fixed.list("addresses"))) {
      VirtualAddressConfig silent =
          new VirtualAddressConfig(
              it.address(), it.prefixLength(), it.device(), it.options(), false);
      found.add(new StaticAddress(silent, it.options().rare().trackGroup()));
    }
    return found;
  }

  private void tie(Object entry, Section top) {
    if (!(entry instanceof Section section) || section.text("track-group").isEmpty()) {
      return;
    }
    String name = section.text("track-group").get();
    List<String> known = top.sections("track-groups").stream().map(Section::name).toList();
    if (!known.contains(name) && !top.isUnreadable("track-groups")) {
      reports.error(
          section.valuePlace("track-group"),
          "track group '" + name + "' is not defined",
          Similar.hint(name, known).orElse("define it under track-groups, or check the name"));
    }
  }

  private AnnounceGroup group(Section it) {
    if (it.usualTime("arp-interval").isZero() && it.usualTime("ndp-interval").isZero()) {
      reports.error(
          it.place(), "an announce group without an interval has no effect", "add arp-interval");
    }
    return new AnnounceGroup(
        it.usualTime("arp-interval"), it.usualTime("ndp-interval"), it.texts("interfaces"));
  }
}
