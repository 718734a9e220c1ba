package org.vipd.daemon.config.check.cluster;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.vipd.daemon.config.check.cluster.RouterMatching.Match;
import org.vipd.protocol.value.RouterKey;

/**
 * Takes the likeliest pairs first, each instance in one pair at most. Where an instance has two
 * partners that are equally likely, all of them stay without.
 */
final class Pairing {

  private final TreeMap<Integer, List<Match>> byStrength = new TreeMap<>();
  private final Set<RouterKey> doneOfOne = new HashSet<>();
  private final Set<RouterKey> doneOfOther = new HashSet<>();

  /** Adds a pair that may be taken; one for which nothing speaks is not. */
  void add(Match pair) {
    int strength = new Kinship(pair.one(), pair.other()).strength();
    if (strength > 0) {
      byStrength.computeIfAbsent(strength, it -> new ArrayList<>()).add(pair);
    }
  }

  /** The pairs that are taken. */
  List<Match> decide() {
    List<Match> taken = new ArrayList<>();
    for (List<Match> level : byStrength.descendingMap().values()) {
      List<Match> open =
          level.stream()
              .filter(it -> !doneOfOne.contains(it.one().key()))
              .filter(it -> !doneOfOther.contains(it.other().key()))
              .toList();
      Map<RouterKey, Integer> partnersOfOne = new HashMap<>();
      Map<RouterKey, Integer> partnersOfOther = new HashMap<>();
      for (Match pair : open) {
        partnersOfOne.merge(pair.one().key(), 1, Integer::sum);
        partnersOfOther.merge(pair.other().key(), 1, Integer::sum);
      }
      for (Match pair : open) {
        boolean isOnly =
            partnersOfOne.get(pair.one().key()) == 1
                && partnersOfOther.get(pair.other().key()) == 1;
        if (isOnly) {
          taken.add(pair);
        }
        doneOfOne.add(pair.one().key());
        doneOfOther.add(pair.other().key());
      }
    }
    return taken;
  }
}
