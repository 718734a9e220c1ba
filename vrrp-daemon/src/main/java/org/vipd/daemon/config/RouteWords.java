package org.vipd.daemon.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.vipd.daemon.config.VirtualRoute.Kind;
import org.vipd.daemon.config.network.KernelEntry;
import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.IpAddress;

/**
 * Reads the words of a route as {@code ip route} and keepalived do. A word that is known and not
 * done is a finding; when the route would be another one without it, there is no route.
 */
public final class RouteWords {

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
          VirtualRoute.PROTOCOL);

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
  private static final int BITS_IPV4 = 32;
  private static final int BITS_IPV6 = 128;
  private static final String DROPPED = "the route is not installed";

  /**
   * Something to say about a word.
   *
   * @param index of the word
   * @param text what is wrong
   * @param hint what to do, or what becomes of it
   */
  public record Finding(int index, String text, String hint) {}

  private final KernelEntry entry;
  private final List<String> words;
  private final List<Finding> findings = new ArrayList<>();
  private int position;
  private boolean isUnusable;
  private Kind kind = Kind.UNICAST;
  private Optional<IpAddress> destination = Optional.empty();
  private int prefixLength;
  private Optional<IpAddress> gateway = Optional.empty();
  private Optional<IpAddress> source = Optional.empty();
  private Optional<String> device;
  private Optional<String> table;
  private Optional<Integer> scope = Optional.empty();
  private int protocol = VirtualRoute.PROTOCOL;
  private long metric;
  private boolean isOnLink;
  private int mtu;
  private int advertisedSegment;

  /** Reads an entry. */
  public RouteWords(KernelEntry entry) {
    this.entry = entry;
    this.words = entry.words();
    this.device = entry.device();
    this.table = entry.table();
    while (position < words.size()) {
      word(words.get(position));
      position++;
    }
    if (destination.isEmpty() && !isUnusable) {
      position = 0;
      wrong("a route has no destination", "write the destination first; " + DROPPED);
    }
  }

  /** What there is to say. */
  public List<Finding> findings() {
    return List.copyOf(findings);
  }

  /** The route; empty when there is none. */
  public Optional<VirtualRoute> route() {
    if (isUnusable || destination.isEmpty()) {
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
            table.orElse(VirtualRoute.MAIN_TABLE),
            new VirtualRoute.Options(wanted, metric, protocol, isOnLink, mtu, advertisedSegment),
            entry.isTracked()));
  }

  private void word(String word) {
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
      notDone(word, DROPPED);
      isUnusable = true;
      position = words.size();
    } else if (KINDS.containsKey(word)) {
      kind = KINDS.get(word);
    } else {
      destination(word);
    }
  }

  private void notDone(String word, String consequence) {
    findings.add(new Finding(position, word + " in a route" + ConfigProblem.NOT_YET, consequence));
  }

  private void destination(String word) {
    if (EVERYWHERE.contains(word)) {
      boolean isIpv6 = word.equals("default6") || entry.family() == AddressFamily.IPV6;
      destination = IpAddress.parse(isIpv6 ? "::" : "0.0.0.0");
      prefixLength = 0;
      return;
    }
    int slash = word.indexOf('/');
    Optional<IpAddress> parsed = IpAddress.parse(slash < 0 ? word : word.substring(0, slash));
    if (parsed.isEmpty() || destination.isPresent()) {
      wrong("'" + word + "' is not known in a route", "correct or delete it; " + DROPPED);
      return;
    }
    int longest = parsed.get().family() == AddressFamily.IPV4 ? BITS_IPV4 : BITS_IPV6;
    destination = parsed;
    prefixLength =
        slash < 0 ? longest : (int) parse(word.substring(slash + 1), Map.of(), longest, word);
  }

  /** Only a route that nobody watches may name another program than this one, as in keepalived. */
  private void protocol() {
    int index = position;
    int wanted = (int) number(PROTOCOLS, OCTET_MAXIMUM);
    if (wanted == VirtualRoute.PROTOCOL) {
      return;
    }
    if (entry.isTracked() || wanted == 0) {
      findings.add(
          new Finding(
              index,
              "the protocol of a route that is tracked is " + VirtualRoute.PROTOCOL,
              "as in keepalived; delete the word, or add no_track"));
    } else {
      protocol = wanted;
    }
  }

  private int size() {
    if (position + 1 < words.size() && words.get(position + 1).equals("lock")) {
      position++;
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
      wrong("'" + word.get() + "' is not an IP address", "correct it; " + DROPPED);
    }
    return parsed;
  }

  private long number(Map<String, Integer> names, long maximum) {
    Optional<String> word = value();
    return word.isEmpty() ? 0 : parse(word.get(), names, maximum, word.get());
  }

  private long parse(String text, Map<String, Integer> names, long maximum, String word) {
    if (names.containsKey(text)) {
      return names.get(text);
    }
    boolean isNumber = text.matches("[0-9]{1,10}") && Long.parseLong(text) <= maximum;
    if (!isNumber) {
      wrong(
          "'" + word + "' in a route: '" + text + "' must be a number from 0 to " + maximum,
          "correct it; " + DROPPED);
      return 0;
    }
    return Long.parseLong(text);
  }

  private Optional<String> value() {
    if (position + 1 >= words.size()) {
      wrong(words.get(position) + " needs a value", "write it behind; " + DROPPED);
      return Optional.empty();
    }
    position++;
    return Optional.of(words.get(position));
  }

  private void wrong(String text, String hint) {
    isUnusable = true;
    findings.add(new Finding(Math.min(position, words.size() - 1), text, hint));
  }
}
