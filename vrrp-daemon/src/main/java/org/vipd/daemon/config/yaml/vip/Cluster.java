package org.vipd.daemon.config.yaml.vip;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.vipd.daemon.config.ConfigProblem;
import org.vipd.daemon.config.Place;
import org.vipd.daemon.config.yaml.key.Placed;
import org.vipd.daemon.config.yaml.key.Prefix;
import org.vipd.daemon.config.yaml.key.Reports;
import org.vipd.daemon.config.yaml.key.Section;
import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.IpAddress;

/** The nodes of {@code nodes:} in order of preference, and which of them this one is. */
public final class Cluster {

  /** More nodes would leave no priorities for them. */
  static final int LIMIT = 20;

  private static final int NAMES_SHOWN = 10;
  private static final int FIRST_PRIORITY = 200;
  private static final int STEP = 10;

  private final List<Member> members;
  private final Optional<Member> own;
  private final Optional<ConfigProblem> refusal;

  private Cluster(List<Member> members, Optional<Member> own, Optional<ConfigProblem> refusal) {
    this.members = members;
    this.own = own;
    this.refusal = refusal;
  }

  /** A node as configured. */
  record Member(Place place, String name, List<IpAddress> addresses, OptionalInt priority) {

    Optional<IpAddress> address(AddressFamily family) {
      return addresses.stream().filter(it -> it.family() == family).findFirst();
    }

    boolean isCalled(String text) {
      return name.equals(text) || addresses.stream().anyMatch(it -> it.toString().equals(text));
    }

    boolean isNamed() {
      return !name.isEmpty() || !addresses.isEmpty();
    }

    String title() {
      return name.isEmpty() && !addresses.isEmpty() ? addresses.get(0).toString() : name;
    }
  }

  /**
   * Reads the nodes and finds this one among them.
   *
   * @param asNode name or address of the node to read as; empty for the host this runs on
   */
  public static Cluster read(
      Section top, Surroundings host, Optional<String> asNode, Reports reports) {
    List<Member> members = new ArrayList<>();
    for (Placed entry : top.list("nodes")) {
      members.add(member(entry));
    }
    reportDoubles(members, reports);
    reportPartlyGiven(members, reports);
    if (members.size() > LIMIT) {
      reports.error(
          top.place("nodes"),
          "nodes has " + members.size() + " entries, and " + LIMIT + " are the most",
          "list fewer: the priorities that follow from the order end there");
    }
    Optional<Member> own = find(members, host, asNode);
    Optional<ConfigProblem> refusal =
        own.isEmpty() && !members.isEmpty() && members.stream().allMatch(Cluster::isWhole)
            ? Optional.of(refusal(top.place("nodes"), host.hostName(), asNode, members))
            : Optional.empty();
    refusal.ifPresent(reports::add);
    return new Cluster(members, own, refusal);
  }

  /** An entry without an address is an error already, and may be the one of this host. */
  private static boolean isWhole(Member member) {
    return !member.addresses().isEmpty();
  }

  private static ConfigProblem refusal(
      Place place, String hostName, Optional<String> asNode, List<Member> members) {
    String known =
        members.stream().limit(NAMES_SHOWN).map(Member::title).collect(Collectors.joining(", "))
            + (members.size() > NAMES_SHOWN ? ", ..." : "");
    return new ConfigProblem(
        place,
        ConfigProblem.Severity.ERROR,
        asNode
            .map(name -> "no entry of nodes is called " + name + "; they are " + known)
            .orElse(
                "this host ("
                    + hostName
                    + ") is none of the nodes: it has none of their addresses"),
        "add it, or give its entry the name " + asNode.orElse(hostName));
  }

  private static Member member(Placed entry) {
    if (entry.value() instanceof IpAddress address) {
      return new Member(entry.place(), "", List.of(address), OptionalInt.empty());
    }
    Section section = (Section) entry.value();
    return new Member(
        entry.place(),
        section.text("name").orElse(""),
        section.list("addresses").stream().map(it -> (IpAddress) it.value()).toList(),
        section.number("priority"));
  }

  /** Priorities that follow from the order know nothing of those that are written. */
  private static void reportPartlyGiven(List<Member> members, Reports reports) {
    List<Member> without =
        members.stream().filter(it -> it.isNamed() && it.priority().isEmpty()).toList();
    if (!without.isEmpty() && without.size() < members.size()) {
      reports.warning(
          without.get(0).place(),
          "node "
              + without.get(0).title()
              + " has no priority while others have one, so its own follows from its place in the"
              + " list and may be above or below theirs",
          "give each node a priority, or none");
    }
  }

  private static void reportDoubles(List<Member> members, Reports reports) {
    Set<Object> seen = new HashSet<>();
    for (Member member : members) {
      for (IpAddress address : member.addresses()) {
        if (!seen.add(address)) {
          reports.error(member.place(), "nodes has " + address + " twice", "delete one");
        }
      }
      if (!member.name().isEmpty() && !seen.add(member.name())) {
        reports.error(member.place(), "nodes has " + member.name() + " twice", "rename one");
      }
      long families = member.addresses().stream().map(IpAddress::family).distinct().count();
      if (families < member.addresses().size()) {
        reports.error(
            member.place(),
            "node " + member.title() + " has more than one address of a family",
            "name the one that advertisements go to");
      }
    }
  }

  private static Optional<Member> find(
      List<Member> members, Surroundings host, Optional<String> asNode) {
    if (asNode.isPresent()) {
      return members.stream().filter(it -> it.isCalled(asNode.get())).findFirst();
    }
    Set<IpAddress> addresses = new HashSet<>();
    host.networks()
        .values()
        .forEach(list -> list.stream().map(Prefix::address).forEach(addresses::add));
    return members.stream()
        .filter(it -> it.addresses().stream().anyMatch(addresses::contains))
        .findFirst()
        .or(() -> members.stream().filter(it -> it.name().equals(host.hostName())).findFirst());
  }

  /** Names or addresses that tell each node from the others; this one first. */
  public List<String> names() {
    List<Member> order = new ArrayList<>(members);
    own.ifPresent(order::remove);
    own.ifPresent(it -> order.add(0, it));
    return order.stream().filter(Member::isNamed).map(Member::title).toList();
  }

  /** Whether this node is one of them. */
  public boolean hasOwn() {
    return own.isPresent();
  }

  /** What was said because this node is none of them. */
  public Optional<ConfigProblem> refusal() {
    return refusal;
  }

  /** Address of this node that advertisements of a family come from. */
  Optional<IpAddress> source(AddressFamily family) {
    return own.flatMap(it -> it.address(family));
  }

  /** The other nodes' addresses; none when not every node has one of the family. */
  List<IpAddress> peers(AddressFamily family) {
    boolean isComplete = members.stream().allMatch(it -> it.address(family).isPresent());
    return isComplete
        ? members.stream()
            .filter(it -> !own.equals(Optional.of(it)))
            .map(it -> it.address(family).orElseThrow())
            .toList()
        : List.of();
  }

  /** Priority of this node by the order of the nodes, or another order of a virtual router. */
  OptionalInt priority(Section vip, Reports reports) {
    List<Member> order = order(vip, reports);
    if (own.isEmpty()) {
      return OptionalInt.empty();
    }
    boolean isOther = !order.isEmpty();
    members.stream().filter(it -> !order.contains(it)).forEach(order::add);
    int usual = FIRST_PRIORITY - STEP * order.indexOf(own.get());
    return isOther
        ? OptionalInt.of(usual)
        : OptionalInt.of(own.get().priority().orElse(Math.max(1, usual)));
  }

  private List<Member> order(Section vip, Reports reports) {
    List<Member> order = new ArrayList<>();
    for (Placed name : vip.list("order")) {
      Optional<Member> named =
          members.stream().filter(it -> it.isCalled((String) name.value())).findFirst();
      if (named.isEmpty() || order.contains(named.get())) {
        reports.error(
            name.place(),
            "order names " + name.value() + (named.isEmpty() ? ", which is no node" : " twice"),
            orderHint(named.isPresent()));
      } else {
        order.add(named.get());
      }
    }
    if (vip.has("order")) {
      reportContradictions(vip, reports);
    }
    return order;
  }

  private String orderHint(boolean isKnown) {
    if (isKnown) {
      return "delete one";
    }
    return members.isEmpty()
        ? "list the nodes under nodes:"
        : "known: "
            + members.stream()
                .filter(Member::isNamed)
                .map(Member::title)
                .collect(Collectors.joining(", "));
  }

  /** An order and a priority would both say who is preferred, and only one of them could count. */
  private void reportContradictions(Section vip, Reports reports) {
    if (vip.has("priority")) {
      reports.error(
          vip.place("priority"),
          vip.name() + " has an order and a priority: both say which node is preferred",
          "delete one of them");
    }
    for (Member member : members) {
      if (member.priority().isPresent()) {
        reports.error(
            vip.place("order"),
            "order of " + vip.name() + " contradicts the priority of node " + member.title(),
            "delete order, or every priority under nodes");
      }
    }
  }
}
