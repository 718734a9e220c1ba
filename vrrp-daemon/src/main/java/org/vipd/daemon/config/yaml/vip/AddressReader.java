package org.vipd.daemon.config.yaml.vip;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vipd.daemon.config.VirtualAddressConfig;
import org.vipd.daemon.config.VirtualAddressConfig.AddressOptions;
import org.vipd.daemon.config.VirtualAddressConfig.Rare;
import org.vipd.daemon.config.yaml.key.Placed;
import org.vipd.daemon.config.yaml.key.Prefix;
import org.vipd.daemon.config.yaml.key.Reports;
import org.vipd.daemon.config.yaml.key.Section;
import org.vipd.protocol.value.AddressFamily;

/** Reads addresses: a text, or keys for what a text cannot say. */
public final class AddressReader {

  /** Scopes of linux/rtnetlink.h by their iproute2 names. */
  public static final Map<String, Integer> SCOPES =
      Map.of("global", 0, "site", 200, "link", 253, "host", 254, "nowhere", 255);

  private static final int LABEL_LIMIT = 15;

  /** Keys that the daemon does not follow yet. */
  private static final List<String> NOT_YET =
      List.of("peer", "preferred-lifetime", "flags", "macvlan");

  private final Reports reports;
  private final boolean isStatic;

  /** A reader whose problems go there. */
  public AddressReader(Reports reports) {
    this(reports, false);
  }

  private AddressReader(Reports reports, boolean isStatic) {
    this.reports = reports;
    this.isStatic = isStatic;
  }

  /** For addresses that no virtual router has. */
  public static AddressReader ofHost(Reports reports) {
    return new AddressReader(reports, true);
  }

  /** Reads a list. */
  public List<VirtualAddressConfig> read(List<Placed> entries) {
    List<VirtualAddressConfig> addresses = new ArrayList<>();
    for (Placed entry : entries) {
      if (entry.value() instanceof Prefix prefix) {
        addresses.add(
            new VirtualAddressConfig(
                prefix.address(), prefix.length(), Optional.empty(), AddressOptions.NONE, true));
      } else {
        Section section = (Section) entry.value();
        section.prefix("address").ifPresent(prefix -> addresses.add(address(section, prefix)));
      }
    }
    return addresses;
  }

  private VirtualAddressConfig address(Section section, Prefix prefix) {
    boolean isIpv6 = prefix.address().family() == AddressFamily.IPV6;
    for (String key : List.of("label", "broadcast", "scope")) {
      if (isIpv6 && section.has(key)) {
        String what = key.equals("scope") ? "scope but the one of their prefix" : key;
        reports.error(section.place(key), "IPv6 addresses have no " + what, "delete it");
      }
    }
    rareKeys(section, prefix);
    Optional<String> label = section.text("label");
    if (label.filter(it -> it.length() > LABEL_LIMIT).isPresent()) {
      reports.error(section.valuePlace("label"), "label has more than 15 characters", "shorten it");
    }
    return new VirtualAddressConfig(
        prefix.address(),
        prefix.length(),
        section.text("device"),
        new AddressOptions(label, scope(section), section.address("broadcast"), rare(section)),
        section.isOn("advertise"));
  }

  /** What may be wrong with rare keys, and that they have no effect yet. */
  private void rareKeys(Section section, Prefix prefix) {
    NOT_YET.stream()
        .filter(section::has)
        .forEach(key -> reports.notYetOnce(section.place(key), key + " of an address"));
    if (!isStatic && !section.isOn("track")) {
      reports.notYetOnce(section.place("track"), "track of an address");
    }
    if (!isStatic && section.has("track-group")) {
      reports.error(
          section.place("track-group"),
          "track-group is for addresses under static only",
          "delete it: an address of a vip follows the vip");
    }
    section
        .prefix("peer")
        .filter(it -> it.address().family() != prefix.address().family())
        .ifPresent(
            it ->
                reports.error(
                    section.valuePlace("peer"),
                    "peer " + it + " is of another family than " + prefix.address(),
                    "write one of its family"));
  }

  private static int scope(Section section) {
    Object scope = section.value("scope").orElseThrow();
    return scope instanceof Long number ? number.intValue() : SCOPES.get((String) scope);
  }

  private static Rare rare(Section section) {
    return new Rare(
        section.prefix("peer").map(Prefix::toString),
        section.value("preferred-lifetime").map(Object::toString),
        section.text("track-group"),
        new HashSet<>(section.texts("flags")),
        section.isOn("track"),
        section.isOn("macvlan"));
  }
}
