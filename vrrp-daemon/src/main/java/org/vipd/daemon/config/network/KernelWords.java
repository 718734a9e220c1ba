package org.vipd.daemon.config.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.vipd.daemon.config.Similar;
import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.IpAddress;

/**
 * Finds what cannot be right in the words of a route or a rule. It knows where addresses stand and
 * what an entry may begin with; what {@code ip} makes of the rest is not looked at.
 */
public final class KernelWords {

  private static final Set<String> FAMILIES = Set.of("inet", "inet6");

  /** What a route may begin with beside its destination: kinds of routes, and options. */
  private static final Set<String> ROUTE_STARTS =
      Set.of(
          "default",
          "default6",
          "unicast",
          "local",
          "broadcast",
          "anycast",
          "multicast",
          "throw",
          "unreachable",
          "prohibit",
          "blackhole",
          "nat",
          "src",
          "to",
          "via",
          "or",
          "metric",
          "priority",
          "preference",
          "tos",
          "dsfield",
          "scope",
          "mtu",
          "advmss",
          "proto",
          "protocol",
          "onlink",
          "nexthop",
          "weight");

  private static final Set<String> RULE_STARTS =
      Set.of(
          "from",
          "to",
          "not",
          "fwmark",
          "tos",
          "dsfield",
          "iif",
          "oif",
          "priority",
          "preference",
          "order",
          "pref",
          "goto",
          "nop",
          "type",
          "unreachable",
          "prohibit",
          "blackhole",
          "realms",
          "l3mdev",
          "uidrange",
          "ipproto",
          "sport",
          "dport",
          "protocol",
          "tun_id",
          "tunnel-id",
          "sup_pl",
          "sup_group",
          "suppress_prefixlength",
          "suppress_ifgroup");

  private static final Set<String> RULE_ACTIONS =
      Set.of("goto", "nop", "type", "unreachable", "prohibit", "blackhole", "l3mdev");

  /** Known in both, and kept apart from the other words. */
  private static final List<String> ANYWHERE = List.of("table", "dev", "no_track");

  /** These would be what to do, and are not effective: somebody else says so. */
  private static final Set<String> UNDONE = Set.of("nat", "map-to");

  /** Behind these stands an address. */
  private static final Set<String> BEFORE_ADDRESSES = Set.of("via", "src");

  private KernelWords() {}

  /**
   * Something that cannot be right.
   *
   * @param index of the word
   * @param text what is wrong
   * @param hint what to do
   */
  public record Complaint(int index, String text, String hint) {}

  /** The question which word of a route or a rule is meant; empty when none is close. */
  public static Optional<String> meant(String word, boolean isRoute) {
    List<String> known = new ArrayList<>(ANYWHERE);
    known.addAll(isRoute ? ROUTE_STARTS : RULE_STARTS);
    return known.contains(word) ? Optional.empty() : Similar.hint(word, known);
  }

  /** The first thing that cannot be right in an entry. */
  public static Optional<Complaint> in(KernelEntry entry) {
    List<String> words = entry.words();
    boolean isRoute = entry.kind() == KernelEntry.Kind.ROUTE;
    for (int i = 0; i < words.size(); i++) {
      Optional<Complaint> found = word(words, i, isRoute);
      if (found.isPresent()) {
        return found;
      }
    }
    boolean hasAction =
        isRoute
            || entry.table().isPresent()
            || words.stream().anyMatch(it -> RULE_ACTIONS.contains(it) || UNDONE.contains(it));
    return hasAction || words.isEmpty()
        ? Optional.empty()
        : misspelt(words)
            .or(
                () ->
                    Optional.of(new Complaint(0, "the rule says not what to do", "name a table")));
  }

  /** What a rule lacks may be there, and misspelt. */
  private static Optional<Complaint> misspelt(List<String> words) {
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      Optional<String> hint = meant(word, false);
      if (!RULE_STARTS.contains(word) && hint.isPresent()) {
        return Optional.of(new Complaint(i, quoted(word) + " is no word of a rule", hint.get()));
      }
    }
    return Optional.empty();
  }

  private static Optional<Complaint> word(List<String> words, int index, boolean isRoute) {
    String word = words.get(index);
    Optional<Complaint> length = length(word, index);
    if (length.isPresent()) {
      return length;
    }
    String before = index == 0 ? "" : words.get(index - 1);
    if (isRoute && BEFORE_ADDRESSES.contains(before) && !FAMILIES.contains(word)) {
      return address(word).isPresent()
          ? Optional.empty()
          : Optional.of(
              new Complaint(
                  index,
                  quoted(word) + " after " + before + " is not an IP address",
                  "write a literal address, no name"));
    }
    Set<String> starts = isRoute ? ROUTE_STARTS : RULE_STARTS;
    boolean isStart = starts.contains(word) || (isRoute && address(word).isPresent());
    return index > 0 || isStart
        ? Optional.empty()
        : Optional.of(
            new Complaint(
                0,
                quoted(word) + " cannot begin a " + (isRoute ? "route" : "rule"),
                Similar.hint(word, starts)
                    .orElse(isRoute ? "write the destination first" : "write: from ADDRESS")));
  }

  /** An address with a prefix length that is none. */
  private static Optional<Complaint> length(String word, int index) {
    int slash = word.indexOf('/');
    Optional<IpAddress> address = slash < 0 ? Optional.empty() : address(word);
    if (address.isEmpty()) {
      return Optional.empty();
    }
    int longest = address.get().family() == AddressFamily.IPV4 ? 32 : 128;
    String length = word.substring(slash + 1);
    boolean isNumber = length.matches("[0-9]{1,3}");
    return isNumber && Integer.parseInt(length) <= longest
        ? Optional.empty()
        : Optional.of(
            new Complaint(
                index,
                "prefix length of " + quoted(word) + " must be 0 to " + longest,
                "correct the number"));
  }

  private static Optional<IpAddress> address(String word) {
    int slash = word.indexOf('/');
    return IpAddress.parse(slash < 0 ? word : word.substring(0, slash));
  }

  private static String quoted(String word) {
    return "'" + (word.length() > 60 ? word.substring(0, 57) + "..." : word) + "'";
  }
}
