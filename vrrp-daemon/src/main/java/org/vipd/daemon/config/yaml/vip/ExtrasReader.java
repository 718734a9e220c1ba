package org.vipd.daemon.config.yaml.vip;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vipd.daemon.config.EntryWords;
import org.vipd.daemon.config.Place;
import org.vipd.daemon.config.RouteWords;
import org.vipd.daemon.config.VirtualRoute;
import org.vipd.daemon.config.network.KernelEntry;
import org.vipd.daemon.config.network.KernelWords;
import org.vipd.daemon.config.network.VirtualInterface;
import org.vipd.daemon.config.yaml.key.Reports;
import org.vipd.daemon.config.yaml.key.Section;
import org.vipd.protocol.value.AddressFamily;

/** Reads virtual interfaces, routes and rules. */
public final class ExtrasReader {

  /** Words of keepalived that are keys here, and what to write. */
  private static final Map<String, String> OWN_KEYS =
      Map.of(
          "dev", "write the key device beside words: device: NAME",
          "table", "write the key table beside words: table: NAME or number",
          "track_group", "write the key track-group beside words: track-group: NAME",
          "no_track", "write the key track beside words: track: false");

  private final Reports reports;
  private final boolean isStatic;

  /** A reader whose problems go there. */
  ExtrasReader(Reports reports) {
    this(reports, false);
  }

  private ExtrasReader(Reports reports, boolean isStatic) {
    this.reports = reports;
    this.isStatic = isStatic;
  }

  /** For entries that no virtual router has. */
  public static ExtrasReader ofHost(Reports reports) {
    return new ExtrasReader(reports, true);
  }

  VirtualInterface virtualInterface(Section vip) {
    Optional<Section> section = vip.section("virtual-interface");
    Optional<String> kind = section.flatMap(it -> it.text("kind"));
    if (kind.isEmpty()) {
      return new VirtualInterface.None();
    }
    Section keys = section.get();
    if (kind.get().equals("ipvlan")) {
      return new VirtualInterface.Ipvlan(
          keys.text("name"), keys.text("address"), keys.text("mode").orElseThrow());
    }
    return new VirtualInterface.Macvlan(
        keys.text("name"),
        keys.text("mac"),
        keys.isOn("transmit-on-base"),
        keys.isOn("cover-addresses"),
        keys.text("group"));
  }

  /** Reads routes or rules. */
  public List<KernelEntry> entries(List<Section> entries, KernelEntry.Kind kind) {
    List<KernelEntry> found = new ArrayList<>();
    for (Section entry : entries) {
      List<String> words = entry.words("words");
      words.stream()
          .filter(OWN_KEYS::containsKey)
          .forEach(
              word ->
                  reports.error(
                      entry.valuePlace("words"),
                      "'" + word + "' does not stand in words",
                      OWN_KEYS.get(word)));
      KernelEntry read =
          new KernelEntry(
              kind,
              words,
              entry.text("family").orElseThrow().equals("ipv4")
                  ? AddressFamily.IPV4
                  : AddressFamily.IPV6,
              entry.text("table"),
              entry.text("device"),
              entry.isOn("track"),
              entry.text("track-group"));
      found.add(read);
      if (!isStatic && entry.has("track-group")) {
        reports.error(
            entry.place("track-group"),
            "track-group is for entries under static only",
            "delete it: what a vip has follows the vip");
      }
      check(read, entry.valuePlace("words"));
      checkFamily(read, entry);
    }
    return found;
  }

  /** The kernel has IPv4 routes over IPv6 routers, and none the other way round. */
  private void checkFamily(KernelEntry entry, Section section) {
    if (entry.kind() != KernelEntry.Kind.ROUTE || entry.words().isEmpty()) {
      return;
    }
    new RouteWords(entry)
        .route()
        .filter(it -> it.destination().family() == AddressFamily.IPV6)
        .flatMap(VirtualRoute::gateway)
        .filter(it -> it.family() == AddressFamily.IPV4)
        .ifPresent(
            it ->
                reports.error(
                    section.valuePlace("words"),
                    "an IPv6 route cannot lead over " + it,
                    section.has("family")
                        ? "write family: ipv4, or an IPv6 address behind via"
                        : "write an IPv6 address behind via"));
  }

  /** What can never be installed is refused; without words that was said. */
  private void check(KernelEntry entry, Place place) {
    if (entry.words().isEmpty()) {
      return;
    }
    List<EntryWords.Finding> findings = EntryWords.of(entry).findings();
    boolean isMissing =
        findings.stream().anyMatch(it -> it.kind() == EntryWords.Finding.Kind.MISSING);
    Optional<KernelWords.Complaint> complaint =
        isMissing ? Optional.empty() : KernelWords.in(entry);
    boolean isKnown = entry.words().stream().anyMatch(OWN_KEYS::containsKey);
    if (!isKnown) {
      complaint.ifPresent(it -> reports.error(place, it.text(), it.hint()));
    }
    if (complaint.isEmpty()) {
      findings.forEach(it -> reports.add(it.strictly(place)));
    }
  }
}
