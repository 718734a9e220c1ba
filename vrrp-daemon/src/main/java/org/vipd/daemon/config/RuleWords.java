package org.vipd.daemon.config;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.vipd.daemon.config.VirtualRule.Action;
import org.vipd.daemon.config.VirtualRule.Mark;
import org.vipd.daemon.config.network.KernelEntry;
import org.vipd.daemon.config.network.KernelWords;
import org.vipd.protocol.value.AddressFamily;

/** Reads the words of a rule as {@code ip rule} and keepalived do. */
public final class RuleWords extends EntryWords {

  private static final Map<String, Action> ACTIONS =
      Map.of(
          "l3mdev", Action.L3MDEV,
          "nop", Action.NOP,
          "blackhole", Action.BLACKHOLE,
          "unreachable", Action.UNREACHABLE,
          "prohibit", Action.PROHIBIT);

  /** Without these it would be another rule. */
  private static final Set<String> NOT_DONE = Set.of("nat", "map-to");

  private static final Set<String> FAMILIES = Set.of("inet", "inet6");
  private static final Set<String> EVERYWHERE = Set.of("all", "any", "default");
  private static final long NUMBER_MAXIMUM = 0xFFFF_FFFFL;
  private static final int OCTET_MAXIMUM = 255;
  private static final int LONGEST_PREFIX = 128;
  private static final int GROUP_MAXIMUM = Integer.MAX_VALUE;
  private static final int REALM_MAXIMUM = 255;
  private static final int REALM_BITS = 16;

  /** Bits of an octet that a rule can ask for. */
  private static final int SERVICES_IPV4 = 0x1C;

  private static final int SERVICES_IPV6 = 0xFC;

  private AddressFamily family;
  private boolean isInverted;
  private Optional<Prefix> from = Optional.empty();
  private Optional<Prefix> to = Optional.empty();
  private Optional<String> incoming;
  private Optional<String> outgoing = Optional.empty();
  private Optional<Mark> mark = Optional.empty();
  private Optional<Action> action = Optional.empty();
  private Optional<String> table;
  private final TrafficWords traffic = new TrafficWords(this);
  private long target;
  private long ignoredGroup = -1;
  private long realms;
  private OptionalLong priority = OptionalLong.empty();
  private int shortest = -1;
  private int protocol = RoutingEntry.PROTOCOL;

  /** Reads an entry. */
  public RuleWords(KernelEntry entry) {
    super(entry, "rule");
    this.family = entry.family();
    this.incoming = entry.device();
    this.table = entry.table();
    readAll();
    if (!isUnusable()) {
      complete();
    }
  }

  /** The rule; empty when there is none. */
  public Optional<VirtualRule> rule() {
    if (isUnusable()) {
      return Optional.empty();
    }
    return Optional.of(
        new VirtualRule(
            family,
            new VirtualRule.Selector(
                isInverted, from, to, incoming, outgoing, mark, traffic.traffic()),
            action.orElse(Action.TABLE),
            table.orElse(RoutingEntry.MAIN_TABLE),
            priority.orElseThrow(),
            new VirtualRule.Options(target, shortest, ignoredGroup, realms, protocol),
            entry().isTracked()));
  }

  private void complete() {
    if (action.isEmpty() && table.isEmpty()) {
      wrongAt(0, "the rule says not what to do", "name a table");
    } else if (action.isPresent() && table.isPresent()) {
      wrongAt(0, "a rule has a table or does " + action.get().word() + ", not both", "delete one");
    } else if (priority.isEmpty()) {
      wrongAt(0, "a rule has no priority", "write priority and a number");
    } else if (action.equals(Optional.of(Action.GOTO)) && target <= priority.getAsLong()) {
      wrongAt(0, "goto leads to a later rule", "write a number above the priority");
    }
    if (isMixed(from) || isMixed(to)) {
      wrongAt(0, "a rule is about IPv4 or about IPv6", "write two rules");
    }
    service();
  }

  /** The kernel refuses the others (net/ipv4/fib_rules.c, net/ipv6/fib6_rules.c). */
  private void service() {
    boolean isIpv4 = family == AddressFamily.IPV4;
    if ((traffic.traffic().tos() & ~(isIpv4 ? SERVICES_IPV4 : SERVICES_IPV6)) != 0) {
      int index = Math.max(entry().words().indexOf("tos"), entry().words().indexOf("dsfield")) + 1;
      wrongAt(
          index,
          "the kernel takes no rule for "
              + (isIpv4 ? "IPv4" : "IPv6")
              + " with tos "
              + entry().words().get(index),
          isIpv4
              ? "write 4, 8, 12, 16, 20, 24 or 28, or mark the packets and name the fwmark"
              : "write a number that 4 divides");
    }
  }

  private boolean isMixed(Optional<Prefix> prefix) {
    return prefix.filter(it -> it.address().family() != family).isPresent();
  }

  @Override
  void word(String word) {
    switch (word) {
      case "from" -> from = addresses();
      case "to" -> to = addresses();
      case "not" -> isInverted = true;
      case "iif", "dev" -> incoming = value();
      case "oif" -> outgoing = value();
      case "fwmark" -> mark = mark();
      case "table", "lookup" -> table = value();
      case "priority", "preference", "order", "pref" ->
          priority = OptionalLong.of(number(Map.of(), NUMBER_MAXIMUM));
      case "goto" -> jump();
      case "suppress_prefixlength", "sup_pl" -> shortest = (int) number(Map.of(), LONGEST_PREFIX);
      case "suppress_ifgroup", "sup_group" ->
          ignoredGroup = number(Map.of("default", 0), GROUP_MAXIMUM);
      case "realms" -> realms = realms();
      case "protocol" -> protocol();
      case "type" -> value().ifPresent(this::type);
      case "inet" -> family = AddressFamily.IPV4;
      case "inet6" -> family = AddressFamily.IPV6;
      default -> other(word);
    }
  }

  private void other(String word) {
    if (ACTIONS.containsKey(word)) {
      action = Optional.of(ACTIONS.get(word));
    } else if (traffic.takes(word)) {
      return;
    } else if (NOT_DONE.contains(word)) {
      notDoneAtAll(word);
    } else {
      String what = "'" + word + "' is not known in a rule";
      Optional<String> meant = KernelWords.meant(word, false);
      wrong(what, meant.orElse("correct or delete it"));
    }
  }

  private void type(String word) {
    if (ACTIONS.containsKey(word)) {
      action = Optional.of(ACTIONS.get(word));
    } else {
      wrong(
          "'" + word + "' is no type of a rule",
          "known: " + String.join(", ", new TreeSet<>(ACTIONS.keySet())));
    }
  }

  /** One number for where packets go to, or two for where they come from as well. */
  private long realms() {
    Optional<String> word = value();
    if (word.isEmpty()) {
      return 0;
    }
    String[] parts = word.get().split("/", 2);
    long first = parse(parts[0], Map.of(), REALM_MAXIMUM);
    return parts.length == 1
        ? first
        : first << REALM_BITS | parse(parts[1], Map.of(), REALM_MAXIMUM);
  }

  private void jump() {
    action = Optional.of(Action.GOTO);
    target = number(Map.of(), NUMBER_MAXIMUM);
  }

  private Optional<Prefix> addresses() {
    Optional<String> word = value();
    if (word.filter(FAMILIES::contains).isPresent()) {
      word = value();
    }
    if (word.isEmpty() || EVERYWHERE.contains(word.get())) {
      return Optional.empty();
    }
    Optional<Prefix> found = prefix(word.get());
    if (found.isEmpty()) {
      wrong("'" + word.get() + "' is not an IP address", "correct it");
    }
    // everywhere
    return found.filter(it -> it.length() > 0);
  }

  private Optional<Mark> mark() {
    Optional<String> word = value();
    if (word.isEmpty()) {
      return Optional.empty();
    }
    String[] parts = word.get().split("/", 2);
    long bits = bits(parts[0]);
    long mask = parts.length == 1 ? Mark.WHOLE : bits(parts[1]);
    return Optional.of(new Mark(bits, mask));
  }

  private long bits(String text) {
    return text.matches("0[xX][0-9a-fA-F]{1,8}")
        ? Long.parseLong(text.substring(2), 16)
        : parse(text, Map.of(), NUMBER_MAXIMUM);
  }

  /** Only a rule that nobody watches may name another program than this one, as in keepalived. */
  private void protocol() {
    int index = position();
    int wanted = (int) number(Map.of("keepalived", RoutingEntry.PROTOCOL), OCTET_MAXIMUM);
    if (wanted == RoutingEntry.PROTOCOL || isUnusable()) {
      return;
    }
    if (entry().isTracked() || wanted == 0) {
      find(
          index,
          "the protocol of a rule that is tracked is " + RoutingEntry.PROTOCOL,
          "as in keepalived; delete the word, or add no_track");
    } else {
      protocol = wanted;
    }
  }
}
