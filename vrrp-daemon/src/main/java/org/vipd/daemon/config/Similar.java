package org.vipd.daemon.config;

import java.util.Collection;
import java.util.Optional;
import java.util.function.Predicate;

/** Finds the known word that a misspelt one is closest to. */
public final class Similar {

  private static final int LONGEST = 64;

  /** So many letters of a word are no other word. */
  private static final int BEGINNING = 7;

  private Similar() {}

  /** The question whether a word is meant. */
  public static String question(String word) {
    return "did you mean " + word + "?";
  }

  /** The question whether the closest known word is meant; empty when none is close. */
  public static Optional<String> hint(String word, Collection<String> known) {
    return to(word, known).map(Similar::question);
  }

  /**
   * The only known word that begins with it, else the closest one, else the only one that it begins
   * with; empty when none is close.
   */
  public static Optional<String> to(String word, Collection<String> known) {
    if (word.length() > LONGEST) {
      return Optional.empty();
    }
    return only(known, it -> word.length() >= BEGINNING && it.startsWith(word))
        .or(() -> closest(word, known))
        .or(() -> only(known, it -> it.length() >= BEGINNING && word.startsWith(it)));
  }

  private static Optional<String> only(Collection<String> known, Predicate<String> fits) {
    Optional<String> found = Optional.empty();
    for (String it : known) {
      if (fits.test(it)) {
        if (found.isPresent()) {
          return Optional.empty();
        }
        found = Optional.of(it);
      }
    }
    return found;
  }

  private static Optional<String> closest(String word, Collection<String> known) {
    int best = Math.max(1, word.length() / 4) + 1;
    Optional<String> closest = Optional.empty();
    for (String candidate : known) {
      if (Math.abs(candidate.length() - word.length()) >= best) {
        continue;
      }
      int distance = distance(word, candidate);
      if (distance < best) {
        best = distance;
        closest = Optional.of(candidate);
      }
    }
    return closest;
  }

  /** How many characters must be inserted, removed, replaced or swapped with their neighbour. */
  private static int distance(String one, String other) {
    int[][] rows = new int[one.length() + 1][other.length() + 1];
    for (int i = 0; i <= one.length(); i++) {
      for (int j = 0; j <= other.length(); j++) {
        rows[i][j] = i == 0 || j == 0 ? i + j : cheapest(rows, i, j, one, other);
      }
    }
    return rows[one.length()][other.length()];
  }

  private static int cheapest(int[][] rows, int i, int j, String one, String other) {
    boolean isSame = one.charAt(i - 1) == other.charAt(j - 1);
    int best = rows[i - 1][j - 1] + (isSame ? 0 : 1);
    best = Math.min(best, Math.min(rows[i - 1][j], rows[i][j - 1]) + 1);
    boolean isSwapped =
        i > 1
            && j > 1
            && one.charAt(i - 1) == other.charAt(j - 2)
            && one.charAt(i - 2) == other.charAt(j - 1);
    return isSwapped ? Math.min(best, rows[i - 2][j - 2] + 1) : best;
  }
}
