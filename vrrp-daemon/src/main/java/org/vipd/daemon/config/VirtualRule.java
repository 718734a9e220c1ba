package org.vipd.daemon.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.vipd.daemon.config.network.KernelEntry;
import org.vipd.protocol.value.AddressFamily;

/**
 * A rule that goes with the addresses of an instance: which packets look where for their route.
 *
 * @param family IPv4 or IPv6
 * @param selector which packets
 * @param action what becomes of them
 * @param table routing table, by number or name; that of {@link Action#TABLE}
 * @param priority its place among the rules, 0 first
 * @param options the rest
 * @param isTracked whether it is put back when another program removes it
 */
public record VirtualRule(
    AddressFamily family,
    Selector selector,
    Action action,
    String table,
    long priority,
    Options options,
    boolean isTracked)
    implements RoutingEntry {

  /** What becomes of packets. */
  public enum Action {
    TABLE,
    /** Whatever the table of the VRF says that the packet belongs to. */
    L3MDEV,
    GOTO,
    NOP,
    BLACKHOLE,
    UNREACHABLE,
    PROHIBIT;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Which packets.
   *
   * @param isInverted whether it is those that do not fit
   * @param from source addresses; empty for all
   * @param to destination addresses; empty for all
   * @param incoming the interface they came in by
   * @param outgoing the interface that their socket is bound to
   * @param mark of the firewall
   * @param traffic what the packets are
   */
  public record Selector(
      boolean isInverted,
      Optional<Prefix> from,
      Optional<Prefix> to,
      Optional<String> incoming,
      Optional<String> outgoing,
      Optional<Mark> mark,
      Traffic traffic) {

    // by hand, as for all that a promotion compares
    @Override
    public boolean equals(Object other) {
      return other instanceof Selector that
          && isInverted == that.isInverted
          && from.equals(that.from)
          && to.equals(that.to)
          && incoming.equals(that.incoming)
          && outgoing.equals(that.outgoing)
          && mark.equals(that.mark)
          && traffic.equals(that.traffic);
    }

    @Override
    public int hashCode() {
      return from.hashCode() * 31 + to.hashCode();
    }
  }

  /**
   * What packets are, and of whom.
   *
   * @param tos the octet of type of service, 0..255; 0 for any
   * @param ipProtocol number of the protocol, 1..255; 0 for any
   * @param sourcePorts 1..65535
   * @param destinationPorts 1..65535
   * @param users numbers of the users whose sockets send them
   * @param tunnel number of the tunnel they came through, 1 or more; 0 for any
   */
  public record Traffic(
      int tos,
      int ipProtocol,
      Optional<Range> sourcePorts,
      Optional<Range> destinationPorts,
      Optional<Range> users,
      long tunnel) {

    /** Whatever they are. */
    public static final Traffic ANY =
        new Traffic(0, 0, Optional.empty(), Optional.empty(), Optional.empty(), 0);

    private void addTo(List<String> words) {
      if (tos != 0) {
        put(words, "tos", "0x" + Integer.toHexString(tos));
      }
      if (ipProtocol != 0) {
        put(words, "ipproto", ipProtocol);
      }
      sourcePorts.ifPresent(it -> put(words, "sport", it));
      destinationPorts.ifPresent(it -> put(words, "dport", it));
      users.ifPresent(it -> put(words, "uidrange", it));
      if (tunnel != 0) {
        put(words, "tunnel-id", tunnel);
      }
    }

    // by hand, as for all that a promotion compares
    @Override
    public boolean equals(Object other) {
      return this == other
          || (other instanceof Traffic that
              && tos == that.tos
              && ipProtocol == that.ipProtocol
              && tunnel == that.tunnel
              && sourcePorts.equals(that.sourcePorts)
              && destinationPorts.equals(that.destinationPorts)
              && users.equals(that.users));
    }

    @Override
    public int hashCode() {
      return (tos * 31 + ipProtocol) * 31 + (int) tunnel;
    }
  }

  /**
   * Numbers that follow one another.
   *
   * @param first the smallest
   * @param last the largest
   */
  public record Range(long first, long last) {

    // by hand, as for all that a promotion compares
    @Override
    public boolean equals(Object other) {
      return other instanceof Range that && first == that.first && last == that.last;
    }

    @Override
    public int hashCode() {
      return (int) first * 31 + (int) last;
    }

    @Override
    public String toString() {
      return first + "-" + last;
    }
  }

  /**
   * A mark of the firewall.
   *
   * @param value 32 bits
   * @param mask which of them count
   */
  public record Mark(long value, long mask) {

    /** All bits count. */
    static final long WHOLE = 0xFFFF_FFFFL;

    // by hand, as for all that a promotion compares
    @Override
    public boolean equals(Object other) {
      return other instanceof Mark that && value == that.value && mask == that.mask;
    }

    @Override
    public int hashCode() {
      return (int) value;
    }

    @Override
    public String toString() {
      return "0x" + Long.toHexString(value) + (mask == WHOLE ? "" : "/0x" + Long.toHexString(mask));
    }
  }

  /**
   * What a rule has beside.
   *
   * @param target the priority that {@link Action#GOTO} leads to
   * @param shortest routes of this prefix length or a shorter one do not count; -1 when all do
   * @param ignoredGroup routes over interfaces of this group do not count; -1 when all do
   * @param realms what the packets are counted under, two 16-bit numbers: from and to; 0 for
   *     nothing
   * @param protocol which program it is of, 1..255
   */
  public record Options(long target, int shortest, long ignoredGroup, long realms, int protocol) {

    private static final int REALM_BITS = 16;
    private static final int REALM_MAXIMUM = 0xFFFF;

    private void addTo(List<String> words) {
      if (shortest >= 0) {
        put(words, "suppress_prefixlength", shortest);
      }
      if (ignoredGroup >= 0) {
        put(words, "suppress_ifgroup", ignoredGroup);
      }
      if (realms != 0) {
        put(words, "realms", (realms >> REALM_BITS) + "/" + (realms & REALM_MAXIMUM));
      }
      if (protocol != PROTOCOL) {
        put(words, "protocol", protocol);
      }
    }

    // by hand, as for all that a promotion compares
    @Override
    public boolean equals(Object other) {
      return other instanceof Options that
          && target == that.target
          && shortest == that.shortest
          && ignoredGroup == that.ignoredGroup
          && realms == that.realms
          && protocol == that.protocol;
    }

    @Override
    public int hashCode() {
      return (int) target * 31 + shortest;
    }
  }

  /** Reads the rule of an entry; empty when it is none that can be installed. */
  public static Optional<VirtualRule> of(KernelEntry entry) {
    return new RuleWords(entry).rule();
  }

  /** Reads what {@link #text} wrote. */
  public static Optional<VirtualRule> parse(String text) {
    AddressFamily family = text.contains(":") ? AddressFamily.IPV6 : AddressFamily.IPV4;
    return of(
        new KernelEntry(
            KernelEntry.Kind.RULE,
            List.of(text.split(" ", -1)),
            family,
            Optional.empty(),
            Optional.empty(),
            false,
            Optional.empty()));
  }

  @Override
  public String noun() {
    return "rule";
  }

  @Override
  public Optional<String> device() {
    return Optional.empty();
  }

  @Override
  public VirtualRule withTable(String other) {
    return new VirtualRule(family, selector, action, other, priority, options, isTracked);
  }

  @Override
  public List<Loss> losses() {
    String number = table.equals(MAIN_TABLE) ? MAIN_TABLE_NUMBER : table;
    return List.of(
        new Loss.OfRule(family, priority, action == Action.TABLE ? number : NO_TABLE_NUMBER));
  }

  /** The words of {@code ip rule}, for example {@code from 10.0.0.1/32 table 1 priority 100}. */
  @Override
  public String text() {
    List<String> words = new ArrayList<>();
    boolean isKnownAsIpv6 = selector.from().isPresent() || selector.to().isPresent();
    if (family == AddressFamily.IPV6 && !isKnownAsIpv6) {
      words.add("inet6");
    }
    if (selector.isInverted()) {
      words.add("not");
    }
    put(words, "from", selector.from().map(Prefix::toString).orElse("all"));
    selector.to().ifPresent(it -> put(words, "to", it));
    selector.incoming().ifPresent(it -> put(words, "iif", it));
    selector.outgoing().ifPresent(it -> put(words, "oif", it));
    selector.mark().ifPresent(it -> put(words, "fwmark", it));
    selector.traffic().addTo(words);
    switch (action) {
      case TABLE -> put(words, "table", table);
      case GOTO -> put(words, action.word(), options.target());
      default -> words.add(action.word());
    }
    options.addTo(words);
    put(words, "priority", priority);
    return String.join(" ", words);
  }

  private static void put(List<String> words, String word, Object value) {
    words.add(word);
    words.add(value.toString());
  }

  // by hand, as for all that a promotion compares
  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof VirtualRule that
            && priority == that.priority
            && family == that.family
            && action == that.action
            && isTracked == that.isTracked
            && table.equals(that.table)
            && selector.equals(that.selector)
            && options.equals(that.options));
  }

  @Override
  public int hashCode() {
    return (selector.hashCode() * 31 + (int) priority) * 31 + table.hashCode();
  }
}
