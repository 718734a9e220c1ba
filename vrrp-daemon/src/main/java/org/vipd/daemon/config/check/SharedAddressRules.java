package org.vipd.daemon.config.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.config.Place;
import org.vipd.daemon.config.VirtualAddressConfig;
import org.vipd.daemon.config.check.cluster.RouterMatching;
import org.vipd.daemon.config.check.cluster.RouterMatching.Match;
import org.vipd.protocol.value.IpAddress;
import org.vipd.protocol.value.RouterKey;

/**
 * Rules about addresses that more than one virtual router has. A link-local address may be on every
 * LAN, so it counts only within one interface of one node.
 */
final class SharedAddressRules {

  private static final String RULE = "V029";
  private static final String HINT = "give an address to one virtual router, the same on all nodes";
  private static final int SHOWN = 3;

  private final Findings findings;

  SharedAddressRules(Findings findings) {
    this.findings = findings;
  }

  /** Two routers that have addresses in common. */
  private record Sharing(InstanceConfig one, InstanceConfig two, Set<IpAddress> addresses) {}

  /** All that share, by who they are. */
  private static final class Sharings {

    private final Map<List<RouterKey>, Sharing> all = new LinkedHashMap<>();

    void add(InstanceConfig one, InstanceConfig two, IpAddress address) {
      all.computeIfAbsent(
              List.of(one.key(), two.key()), it -> new Sharing(one, two, new LinkedHashSet<>()))
          .addresses()
          .add(address);
    }

    Collection<Sharing> all() {
      return all.values();
    }
  }

  /** Looks at one node. */
  void look(Node node) {
    Map<List<Object>, InstanceConfig> first = new HashMap<>();
    Sharings sharings = new Sharings();
    for (InstanceConfig instance : node.config().instances()) {
      for (VirtualAddressConfig it : instance.addresses()) {
        String device = it.address().isLinkLocal() ? instance.deviceOf(it) : "";
        InstanceConfig owner =
            first.computeIfAbsent(List.of(it.address(), device), key -> instance);
        if (!owner.key().equals(instance.key())) {
          sharings.add(owner, instance, it.address());
        }
      }
    }
    for (Sharing it : sharings.all()) {
      boolean isOne = it.addresses().size() == 1;
      findings.warning(
          RULE,
          place(node, it.two(), it.addresses()),
          shown(it.addresses())
              + " of "
              + it.two().name()
              + (isOne ? " belongs to " : " belong to ")
              + it.one().name()
              + (isOne
                  ? ", too: two nodes may hold it at once, and when one router gives it up it is"
                  : ", too: two nodes may hold them at once, and when one router gives them up they"
                      + " are")
              + " taken from the other",
          HINT);
    }
  }

  /** Compares two nodes; what one of them has twice is said of that one alone. */
  void compare(Node one, Node other, RouterMatching matching) {
    Twins twins = new Twins(matching);
    Map<IpAddress, List<InstanceConfig>> ours = byAddress(one);
    Sharings sharings = new Sharings();
    for (InstanceConfig theirs : other.config().instances()) {
      for (VirtualAddressConfig it : theirs.addresses()) {
        ours.getOrDefault(it.address(), List.of()).stream()
            .filter(instance -> !twins.areSaid(instance, theirs, it.address()))
            .forEach(instance -> sharings.add(instance, theirs, it.address()));
      }
    }
    for (Sharing it : sharings.all()) {
      findings.warning(
          RULE,
          place(other, it.two(), it.addresses()),
          shown(it.addresses())
              + (it.addresses().size() == 1 ? " is in " : " are in ")
              + named(other, it.two())
              + " "
              + other.here()
              + " and in "
              + named(one, it.one())
              + " in "
              + one.file()
              + ": both nodes may hold "
              + (it.addresses().size() == 1 ? "it" : "them")
              + " at once",
          HINT);
    }
  }

  private static Map<IpAddress, List<InstanceConfig>> byAddress(Node node) {
    Map<IpAddress, List<InstanceConfig>> all = new HashMap<>();
    for (InstanceConfig instance : node.config().instances()) {
      for (VirtualAddressConfig it : instance.addresses()) {
        if (!it.address().isLinkLocal()) {
          all.computeIfAbsent(it.address(), key -> new ArrayList<>()).add(instance);
        }
      }
    }
    return all;
  }

  private static String named(Node node, InstanceConfig instance) {
    return instance.name()
        + " ("
        + node.name("virtual_router_id")
        + " "
        + instance.key().vrid().value()
        + ")";
  }

  private static Place place(Node node, InstanceConfig instance, Set<IpAddress> addresses) {
    return node.placeOf(instance, addresses.iterator().next());
  }

  private static String shown(Set<IpAddress> addresses) {
    String first =
        addresses.stream().limit(SHOWN).map(IpAddress::toString).collect(Collectors.joining(", "));
    int more = addresses.size() - SHOWN;
    return more > 0 ? first + " and " + more + " more" : first;
  }

  /** The same router on the other node. */
  private static final class Twins {

    private final Map<RouterKey, InstanceConfig> theirs = new HashMap<>();
    private final Map<RouterKey, InstanceConfig> ours = new HashMap<>();

    Twins(RouterMatching matching) {
      matching.same().forEach(this::add);
      matching.renumbered().forEach(this::add);
    }

    private void add(Match match) {
      theirs.put(match.one().key(), match.other());
      ours.put(match.other().key(), match.one());
    }

    /** Whether they are one router, or another rule says that a node has the address twice. */
    boolean areSaid(InstanceConfig one, InstanceConfig other, IpAddress address) {
      Optional<InstanceConfig> twinOfOne = Optional.ofNullable(theirs.get(one.key()));
      if (twinOfOne.filter(it -> it.key().equals(other.key())).isPresent()) {
        return true;
      }
      return twinOfOne.filter(it -> has(it, address)).isPresent()
          || Optional.ofNullable(ours.get(other.key())).filter(it -> has(it, address)).isPresent();
    }

    private static boolean has(InstanceConfig instance, IpAddress address) {
      return instance.addresses().stream().anyMatch(it -> it.address().equals(address));
    }
  }
}
