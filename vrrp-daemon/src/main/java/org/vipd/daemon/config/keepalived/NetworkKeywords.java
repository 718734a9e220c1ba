package org.vipd.daemon.config.keepalived;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vipd.daemon.config.VirtualAddressConfig;
import org.vipd.daemon.config.keepalived.text.Statement;
import org.vipd.daemon.config.keepalived.text.Word;
import org.vipd.daemon.config.network.AnnounceGroup;
import org.vipd.daemon.config.network.KernelEntry;
import org.vipd.daemon.config.network.NetworkConfig;
import org.vipd.daemon.config.network.StaticAddress;
import org.vipd.daemon.config.network.TrackGroup;

/** The blocks at the top of the file that set something up beside the instances. */
final class NetworkKeywords {

  private static final double LONGEST_INTERVAL = 3600;

  private final Values values;
  private final List<StaticAddress> addresses = new ArrayList<>();
  private final List<KernelEntry> routes = new ArrayList<>();
  private final List<KernelEntry> rules = new ArrayList<>();
  private final List<TrackGroup> trackGroups = new ArrayList<>();
  private final List<AnnounceGroup> announceGroups = new ArrayList<>();

  NetworkKeywords(Values values) {
    this.values = values;
  }

  /** Reads a block; false when it sets nothing up. */
  boolean accept(Statement block) {
    switch (block.keyword()) {
      case "static_ipaddress" -> addresses(block);
      case "static_routes" ->
          routes.addAll(
              KernelEntryKeywords.ofHost(values).interpret(block, KernelEntry.Kind.ROUTE));
      case "static_rules" ->
          rules.addAll(KernelEntryKeywords.ofHost(values).interpret(block, KernelEntry.Kind.RULE));
      case "track_group" -> trackGroup(block);
      case "garp_group" -> announceGroup(block);
      default -> {
        return false;
      }
    }
    return true;
  }

  NetworkConfig config() {
    return new NetworkConfig(addresses, routes, rules, trackGroups, announceGroups);
  }

  private void addresses(Statement block) {
    for (VirtualAddressConfig address : AddressKeywords.ofHost(values).interpret(block, false)) {
      addresses.add(new StaticAddress(address, address.options().rare().trackGroup()));
    }
  }

  private void trackGroup(Statement block) {
    Optional<Word> name = values.required(block, "a name");
    List<String> members = new ArrayList<>();
    for (Statement statement : block.children()) {
      if (statement.keyword().equals("group")) {
        members.addAll(GroupKeywords.names(statement));
      } else {
        values.unknownIn(statement, "track_group", List.of("group"));
      }
    }
    name.ifPresent(word -> trackGroups.add(new TrackGroup(word.text(), block.place(), members)));
  }

  private void announceGroup(Statement block) {
    Duration arp = Duration.ZERO;
    Duration ndp = Duration.ZERO;
    List<String> interfaces = new ArrayList<>();
    for (Statement statement : block.children()) {
      switch (statement.keyword()) {
        case "garp_interval" -> arp = interval(statement);
        case "gna_interval" -> ndp = interval(statement);
        case "interface" ->
            values.required(statement, "an interface").map(Word::text).ifPresent(interfaces::add);
        case "interfaces" -> interfaces.addAll(GroupKeywords.names(statement));
        default ->
            values.unknownIn(
                statement,
                "garp_group",
                List.of("garp_interval", "gna_interval", "interface", "interfaces"));
      }
    }
    if (arp.isZero() && ndp.isZero()) {
      values.warning(
          block.place(), "garp_group without an interval has no effect", "add: garp_interval");
    } else {
      announceGroups.add(new AnnounceGroup(arp, ndp, interfaces));
    }
  }

  private Duration interval(Statement statement) {
    return values.numbers().seconds(statement, 0, LONGEST_INTERVAL, Duration.ZERO);
  }
}
