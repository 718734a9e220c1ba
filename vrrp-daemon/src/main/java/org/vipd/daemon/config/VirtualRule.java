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
   */
  public record Selector(
      boolean isInverted,
      Optional<Prefix> from,
      Optional<Prefix> to,
      Optional<String> incoming,
      Optional<String> outgoing,
      Optional<Mark> mark) {

    // by hand, as for all that a promotion compares
    @Override
    public boolean equals(Object other) {
      return other instanceof Selector that
          && isInverted == that.isInverted
          && from.equals(that.from)
          && to.equals(that.to)
          && incoming.equals(that.incoming)
          && outgoing.equals(that.outgoing)
          && mark.equals(that.mark);
    }

    @Override
    public int hashCode() {
      return from.hashCode() * 31 + to.hashCode();
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
   * @param protocol which program it is of, 1..255
   */
  public record Options(long target, int shortest, int protocol) {

    // by hand, as for all that a promotion compares
    @Override
    public boolean equals(Object other) {
      return other instanceof Options that
          && target == that.target
          && shortest == that.shortest
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
  public boolean isMeantBy(Loss loss) {
    return loss instanceof Loss.OfRule rule
        && family == rule.family()
        && priority == rule.priority();
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
    switch (action) {
      case TABLE -> put(words, "table", table);
      case GOTO -> put(words, action.word(), options.target());
      default -> words.add(action.word());
    }
    if (options.shortest() >= 0) {
      put(words, "suppress_prefixlength", options.shortest());
    }
    if (options.protocol() != PROTOCOL) {
      put(words, "protocol", options.protocol());
    }
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
