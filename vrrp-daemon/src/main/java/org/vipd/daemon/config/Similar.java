package org.vipd.daemon.config;

import java.util.Collection;
import java.util.Optional;

/** Finds the known word that a misspelt one is closest to. */
public final class Similar {

  private static final int LONGEST = 64;

  private Similar() {}

  /** The closest known word; empty when none is close. */
  public static Optional<String> to(String word, Collection<String> known) {
    if (word.length() > LONGEST) {
      return Optional.empty();
    }
    int best = Math.max(1, word.length() / 4) + 1;
    Optional<String> closest = Optional.empty();
    for (String candidate : known) {
      int distance = distance(word, candidate);
      if (distance < best) {
        best = distance;
        closest = Optional.of(candidate);
      }
    }
    return closest;
  }

  /** How many characters must be inserted, removed or replaced. */
  private static int distance(String one, String other) {
    int[] previous = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int[] current = new int[other.length() + 1];
      current[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int replaced = previous[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
      }
      previous = current;
    }
    return previous[other.length()];
  }
}
