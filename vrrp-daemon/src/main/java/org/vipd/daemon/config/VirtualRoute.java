package org.vipd.daemon.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.vipd.daemon.config.network.KernelEntry;
import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.IpAddress;

/**
 * A route that goes with the addresses of an instance.
 *
 * @param kind what becomes of packets to it
 * @param destination where it leads
 * @param prefixLength length of the destination, 0 for everywhere
 * @param gateway the next hop
 * @param device the interface it leads over
 * @param source the preferred source address
 * @param table routing table, by number or name
 * @param options the rest
 * @param isTracked whether it is put back when another program removes it
 */
public record VirtualRoute(
    Kind kind,
    IpAddress destination,
    int prefixLength,
    Optional<IpAddress> gateway,
    Optional<String> device,
    Optional<IpAddress> source,
    String table,
    Options options,
    boolean isTracked)
    implements RoutingEntry {

  /** RT_SCOPE_LINK: what is reached without a gateway. */
  static final int SCOPE_LINK = 253;

  /** IP6_RT_PRIO_USER: what the kernel gives to an IPv6 route without a metric. */
  private static final int USUAL_IPV6_METRIC = 1024;

  /** What becomes of packets. */
  public enum Kind {
    UNICAST,
    BLACKHOLE,
    UNREACHABLE,
    PROHIBIT,
    THROW;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What a route has beside.
   *
   * @param scope RT_SCOPE_*: 0 global, 253 link, 254 host
   * @param metric 0 when there is none
   * @param protocol which program it is of, 1..255
   * @param isOnLink whether the gateway counts as reachable over the device
   * @param mtu 0 when there is none
   * @param advertisedSegment 0 when there is none
   */
  public record Options(
      int scope, long metric, int protocol, boolean isOnLink, int mtu, int advertisedSegment) {

    // by hand: what Java makes for records is spun at the first call, milliseconds before the first
    // announcement
    @Override
    public boolean equals(Object other) {
      return other instanceof Options that
          && scope == that.scope
          && metric == that.metric
          && protocol == that.protocol
          && isOnLink == that.isOnLink
          && mtu == that.mtu
          && advertisedSegment == that.advertisedSegment;
    }

    @Override
    public int hashCode() {
      return (int) metric * 31 + scope;
    }
  }

  /** Reads the route of an entry; empty when it is none that can be installed. */
  public static Optional<VirtualRoute> of(KernelEntry entry) {
    return new RouteWords(entry).route();
  }

  /** Reads what {@link #text} wrote. */
  public static Optional<VirtualRoute> parse(String text) {
    List<String> words = List.of(text.split(" ", -1));
    boolean isIpv6 = words.get(0).contains(":") || (words.size() > 1 && words.get(1).contains(":"));
    return of(
        new KernelEntry(
            KernelEntry.Kind.ROUTE,
            words,
            isIpv6 ? AddressFamily.IPV6 : AddressFamily.IPV4,
            Optional.empty(),
            Optional.empty(),
            false,
            Optional.empty()));
  }

  @Override
  public VirtualRoute withTable(String other) {
    return new VirtualRoute(
        kind, destination, prefixLength, gateway, device, source, other, options, isTracked);
  }

  /** The kernel gives a metric to an IPv6 route that has none. */
  @Override
  public List<Loss> losses() {
    Prefix prefix = new Prefix(destination, prefixLength);
    String number = table.equals(MAIN_TABLE) ? MAIN_TABLE_NUMBER : table;
    Loss own = new Loss.OfRoute(prefix, number, options.metric());
    boolean isUsual = options.metric() == 0 && destination.family() == AddressFamily.IPV6;
    return isUsual
        ? List.of(own, new Loss.OfRoute(prefix, number, USUAL_IPV6_METRIC))
        : List.of(own);
  }

  @Override
  public String noun() {
    return "route";
  }

  /** The words of {@code ip route}, for example {@code 10.1.0.0/16 via 10.0.0.1 dev eth0}. */
  @Override
  public String text() {
    List<String> words = new ArrayList<>();
    if (kind != Kind.UNICAST) {
      words.add(kind.word());
    }
    words.add(destination + "/" + prefixLength);
    gateway.ifPresent(it -> put(words, "via", it));
    device.ifPresent(it -> put(words, "dev", it));
    source.ifPresent(it -> put(words, "src", it));
    if (!table.equals(MAIN_TABLE)) {
      put(words, "table", table);
    }
    if (options.metric() != 0) {
      put(words, "metric", options.metric());
    }
    if (options.scope() != usualScope(kind, destination.family(), gateway.isPresent())) {
      put(words, "scope", options.scope());
    }
    if (options.protocol() != PROTOCOL) {
      put(words, "proto", options.protocol());
    }
    if (options.isOnLink()) {
      words.add("onlink");
    }
    if (options.mtu() != 0) {
      put(words, "mtu", options.mtu());
    }
    if (options.advertisedSegment() != 0) {
      put(words, "advmss", options.advertisedSegment());
    }
    return String.join(" ", words);
  }

  private static void put(List<String> words, String word, Object value) {
    words.add(word);
    words.add(value.toString());
  }

  /** The scope of a route that names none. */
  static int usualScope(Kind kind, AddressFamily family, boolean hasGateway) {
    boolean isDirect = kind == Kind.UNICAST && !hasGateway && family == AddressFamily.IPV4;
    return isDirect ? SCOPE_LINK : 0;
  }

  // by hand: what Java makes for records is spun at the first call, milliseconds before the first
  // announcement
  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof VirtualRoute that
            && prefixLength == that.prefixLength
            && kind == that.kind
            && isTracked == that.isTracked
            && destination.equals(that.destination)
            && gateway.equals(that.gateway)
            && device.equals(that.device)
            && source.equals(that.source)
            && table.equals(that.table)
            && options.equals(that.options));
  }

  @Override
  public int hashCode() {
    return (destination.hashCode() * 31 + prefixLength) * 31 + table.hashCode();
  }
}
