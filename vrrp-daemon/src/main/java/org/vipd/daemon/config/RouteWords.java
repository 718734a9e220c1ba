package org.vipd.daemon.config;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.vipd.daemon.config.VirtualRoute.Kind;
import org.vipd.daemon.config.network.KernelEntry;
import org.vipd.daemon.config.network.KernelWords;
import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.IpAddress;

/**
 * Reads the words of a route as {@code ip route} and keepalived do. A word that is known and not
 * done is a finding; when the route would be another one without it, there is no route.
 */
public final class RouteWords extends EntryWords {

  private static final Map<String, Kind> KINDS =
      Map.of(
          "unicast", Kind.UNICAST,
          "blackhole", Kind.BLACKHOLE,
          "unreachable", Kind.UNREACHABLE,
          "prohibit", Kind.PROHIBIT,
          "throw", Kind.THROW);

  private static final Map<String, Integer> SCOPES =
      Map.of("global", 0, "universe", 0, "site", 200, "link", 253, "host", 254, "nowhere", 255);

  private static final Map<String, Integer> PROTOCOLS =
      Map.of(
          "kernel",
          2,
          "boot",
          3,
          "static",
          4,
          "ra",
          9,
          "zebra",
          11,
          "bird",
          12,
          "dhcp",
          16,
          "keepalived",
          RoutingEntry.PROTOCOL);

  private static final Set<String> EVERYWHERE = Set.of("default", "default6", "any", "all");
  private static final Set<String> SILENT = Set.of("inet", "inet6", "to");

  /** Alone; how a route is put beside others. */
  private static final Set<String> FLAGS_NOT_DONE = Set.of("add", "append", "prepend");

  /** With a value, and the route is the same without. */
  private static final Set<String> VALUES_NOT_DONE =
      Set.of(
          "hoplimit",
          "rtt",
          "rttvar",
          "reordering",
          "window",
          "cwnd",
          "ssthresh",
          "realms",
          "rto_min",
          "initcwnd",
          "initrwnd",
          "features",
          "quickack",
          "congctl",
          "pref",
          "ttl-propagate",
          "fastopen_no_cookie",
          "expires");

  /** Without these it would be another route. */
  private static final Set<String> ESSENTIAL_NOT_DONE =
      Set.of(
          "nexthop",
          "or",
          "encap",
          "from",
          "tos",
          "dsfield",
          "vrf",
          "nat",
          "local",
          "broadcast",
          "multicast",
          "anycast");

  private static final long METRIC_MAXIMUM = 0xFFFF_FFFFL;
  private static final int OCTET_MAXIMUM = 255;
  private static final int SIZE_MAXIMUM = 65_535;

  private Kind kind = Kind.UNICAST;
  private Optional<IpAddress> destination = Optional.empty();
  private int prefixLength;
  private Optional<IpAddress> gateway = Optional.empty();
  private Optional<IpAddress> source = Optional.empty();
  private Optional<String> device;
  private Optional<String> table;
  private Optional<Integer> scope = Optional.empty();
  private int protocol = RoutingEntry.PROTOCOL;
  private long metric;
  private boolean isOnLink;
  private int mtu;
  private int advertisedSegment;

  /** Reads an entry. */
  public RouteWords(KernelEntry entry) {
    super(entry, "route");
    this.device = entry.device();
    this.table = entry.table();
    readAll();
    if (destination.isEmpty() && !isUnusable()) {
      wrongAt(0, "a route has no destination", "write the destination first");
    }
  }

  /** The route; empty when there is none. */
  public Optional<VirtualRoute> route() {
    if (isUnusable() || destination.isEmpty()) {
      return Optional.empty();
    }
    IpAddress to = destination.get();
    int usual = VirtualRoute.usualScope(kind, to.family(), gateway.isPresent());
    // IPv6 knows no scopes
    int wanted = to.family() == AddressFamily.IPV6 ? 0 : scope.orElse(usual);
    return Optional.of(
        new VirtualRoute(
            kind,
            to,
            prefixLength,
            gateway,
            device,
            source,
            table.orElse(RoutingEntry.MAIN_TABLE),
            new VirtualRoute.Options(wanted, metric, protocol, isOnLink, mtu, advertisedSegment),
            entry().isTracked()));
  }

  @Override
  void word(String word) {
    switch (word) {
      case "via" -> gateway = address();
      case "src" -> source = address();
      case "dev", "oif" -> device = value();
      case "table" -> table = value();
      case "scope" -> scope = Optional.of((int) number(SCOPES, OCTET_MAXIMUM));
      case "proto", "protocol" -> protocol();
      case "metric", "priority", "preference" -> metric = number(Map.of(), METRIC_MAXIMUM);
      case "onlink" -> isOnLink = true;
      case "mtu" -> mtu = size();
      case "advmss" -> advertisedSegment = size();
      default -> other(word);
    }
  }

  private void other(String word) {
    if (SILENT.contains(word)) {
      return;
    }
    if (FLAGS_NOT_DONE.contains(word) || VALUES_NOT_DONE.contains(word)) {
      notDone(word, "the route is installed without it");
      if (VALUES_NOT_DONE.contains(word)) {
        value();
      }
    } else if (ESSENTIAL_NOT_DONE.contains(word)) {
      notDoneAtAll(word);
    } else if (KINDS.containsKey(word)) {
      kind = KINDS.get(word);
    } else {
      destination(word);
    }
  }

  private void destination(String word) {
    if (EVERYWHERE.contains(word)) {
      boolean isIpv6 = word.equals("default6") || entry().family() == AddressFamily.IPV6;
      destination = IpAddress.parse(isIpv6 ? "::" : "0.0.0.0");
      prefixLength = 0;
      return;
    }
    Optional<Prefix> parsed = prefix(word);
    if (parsed.isEmpty() || destination.isPresent()) {
      String what = "'" + word + "' is not known in a route";
      Optional<String> meant = KernelWords.meant(word, true);
      boolean isOfHop = word.equals("weight");
      wrong(
          isOfHop ? "'weight' is known behind nexthop only" : what,
          meant.orElse(isOfHop ? "delete it and its number" : "correct or delete it"));
      return;
    }
    destination = Optional.of(parsed.get().address());
    prefixLength = parsed.get().length();
    IpAddress first = parsed.get().address().first(prefixLength);
    if (first.family() == AddressFamily.IPV4 && !destination.get().equals(first)) {
      wrong(
          "'" + word + "' is an address in a network, no network: the kernel refuses such a route",
          "write " + first + "/" + prefixLength + ", or /32 for the address alone");
    }
  }

  /** Only a route that nobody watches may name another program than this one, as in keepalived. */
  private void protocol() {
    int index = position();
    int wanted = (int) number(PROTOCOLS, OCTET_MAXIMUM);
    if (wanted == RoutingEntry.PROTOCOL) {
      return;
    }
    if (entry().isTracked() || wanted == 0) {
      find(
          index,
          "the protocol of a route that is tracked is " + RoutingEntry.PROTOCOL,
          "as in keepalived; delete the word, or add no_track");
    } else {
      protocol = wanted;
    }
  }

  private int size() {
    if (skips("lock")) {
      notDone("lock", "the route is installed without it");
    }
    return (int) number(Map.of(), SIZE_MAXIMUM);
  }

  private Optional<IpAddress> address() {
    Optional<String> word = value();
    if (word.filter(SILENT::contains).isPresent()) {
      word = value();
    }
    Optional<IpAddress> parsed = word.flatMap(it -> IpAddress.parse(it.split("/", 2)[0]));
    if (word.isPresent() && parsed.isEmpty()) {
      wrong("'" + word.get() + "' is not an IP address", "correct it");
    }
    return parsed;
  }
}
