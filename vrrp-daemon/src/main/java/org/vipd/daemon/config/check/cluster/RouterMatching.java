package org.vipd.daemon.config.check.cluster;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.RouterKey;
import org.vipd.protocol.value.Vrid;

/**
 * Which instances of one node are the same virtual routers as which of another one: those with the
 * same VRID and family for which the most evidence speaks, each with one at most. Several LANs may
 * use the same VRID, so that alone decides nothing, and where two are equally likely none is taken.
 *
 * @param same those that are the same router
 * @param renumbered those that would be if their VRIDs were equal
 * @param onlyOne those of the first node that the second one certainly has not
 * @param onlyOther those of the second node that the first one certainly has not
 */
public record RouterMatching(
    List<Match> same,
    List<Match> renumbered,
    List<InstanceConfig> onlyOne,
    List<InstanceConfig> onlyOther) {

  public RouterMatching {
    same = List.copyOf(same);
    renumbered = List.copyOf(renumbered);
    onlyOne = List.copyOf(onlyOne);
    onlyOther = List.copyOf(onlyOther);
  }

  /**
   * Two instances that are one router.
   *
   * @param one of the first node
   * @param other of the second node
   */
  public record Match(InstanceConfig one, InstanceConfig other) {}

  /** Compares the instances of two nodes. */
  public static RouterMatching of(List<InstanceConfig> one, List<InstanceConfig> other) {
    Map<Identity, List<InstanceConfig>> ours = grouped(one);
    Map<Identity, List<InstanceConfig>> theirs = grouped(other);
    List<Match> same = new ArrayList<>();
    List<InstanceConfig> onlyOne = new ArrayList<>();
    List<InstanceConfig> onlyOther = new ArrayList<>();
    for (Identity identity : all(ours, theirs)) {
      List<InstanceConfig> left = ours.getOrDefault(identity, List.of());
      List<InstanceConfig> right = theirs.getOrDefault(identity, List.of());
      List<Match> found = sameOf(left, right);
      same.addAll(found);
      List<InstanceConfig> openOfOne = without(left, found, Match::one);
      List<InstanceConfig> openOfOther = without(right, found, Match::other);
      // where some are left on both sides nobody can say whether they belong together
      onlyOne.addAll(openOfOther.isEmpty() ? openOfOne : List.of());
      onlyOther.addAll(openOfOne.isEmpty() ? openOfOther : List.of());
    }
    List<Match> renumbered = renumbered(onlyOne, onlyOther);
    return new RouterMatching(
        same,
        renumbered,
        without(onlyOne, renumbered, Match::one),
        without(onlyOther, renumbered, Match::other));
  }

  /** What two instances must agree on to be one router at all. */
  private record Identity(AddressFamily family, Vrid vrid) {}

  private static Map<Identity, List<InstanceConfig>> grouped(List<InstanceConfig> instances) {
    return instances.stream()
        .collect(
            Collectors.groupingBy(
                it -> new Identity(it.key().family(), it.key().vrid()),
                LinkedHashMap::new,
                Collectors.toList()));
  }

  private static Set<Identity> all(
      Map<Identity, List<InstanceConfig>> ours, Map<Identity, List<InstanceConfig>> theirs) {
    Map<Identity, List<InstanceConfig>> all = new LinkedHashMap<>(ours);
    theirs.forEach(all::putIfAbsent);
    return all.keySet();
  }

  private static List<Match> sameOf(List<InstanceConfig> left, List<InstanceConfig> right) {
    Pairing pairing = new Pairing();
    left.forEach(one -> right.forEach(other -> pairing.add(new Match(one, other))));
    return pairing.decide();
  }

  private static List<InstanceConfig> without(
      List<InstanceConfig> all, List<Match> matches, Function<Match, InstanceConfig> side) {
    Set<RouterKey> matched =
        matches.stream().map(it -> side.apply(it).key()).collect(Collectors.toSet());
    return all.stream().filter(it -> !matched.contains(it.key())).toList();
  }

  /** Those without a partner that share addresses, or interface and name, with another such one. */
  private static List<Match> renumbered(
      List<InstanceConfig> onlyOne, List<InstanceConfig> onlyOther) {
    Map<Object, List<InstanceConfig>> theirs = new HashMap<>();
    for (InstanceConfig instance : onlyOther) {
      for (Object trait : Kinship.traits(instance)) {
        theirs.computeIfAbsent(trait, it -> new ArrayList<>()).add(instance);
      }
    }
    Pairing pairing = new Pairing();
    for (InstanceConfig instance : onlyOne) {
      Map<RouterKey, InstanceConfig> candidates = new LinkedHashMap<>();
      for (Object trait : Kinship.traits(instance)) {
        theirs.getOrDefault(trait, List.of()).stream()
            .filter(it -> it.key().family() == instance.key().family())
            .forEach(it -> candidates.put(it.key(), it));
      }
      candidates.values().forEach(it -> pairing.add(new Match(instance, it)));
    }
    return pairing.decide();
  }
}
