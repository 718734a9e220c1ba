package org.vipd.daemon.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.vipd.daemon.config.ConfigProblem.Severity;

/**
 * Collects problems while a configuration is read, so that all are reported at once. At most
 * {@value #LIMIT} errors and as many others are kept; the rest is counted.
 */
public final class Problems {

  private static final int LIMIT = 1000;
  private static final int SHORTEST_SECRET = 4;

  private final List<ConfigProblem> errors = new ArrayList<>();
  private final List<ConfigProblem> others = new ArrayList<>();
  private final Set<List<Object>> known = new HashSet<>();
  private final Set<String> secrets = new HashSet<>();
  private final Map<Place, ConfigProblem> torn = new HashMap<>();
  private int dropped;

  public void error(Place place, String text, String hint) {
    if (keepsErrors()) {
      add(new ConfigProblem(place, Severity.ERROR, text, hint));
    } else {
      dropped++;
    }
  }

  public void warning(Place place, String text, String hint) {
    if (keepsWarnings()) {
      add(new ConfigProblem(place, Severity.WARNING, text, hint));
    } else {
      dropped++;
    }
  }

  public void note(Place place, String text, String hint) {
    add(new ConfigProblem(place, Severity.NOTE, text, hint));
  }

  /** A warning of a kind. */
  public void warning(Place place, String text, String hint, ProblemKind kind) {
    add(new ConfigProblem(place, Severity.WARNING, text, hint, kind));
  }

  /** Adds a problem that was found elsewhere; what was said of the same place is not said again. */
  public void add(ConfigProblem problem) {
    List<ConfigProblem> kept = problem.isError() ? errors : others;
    if (kept.size() < LIMIT) {
      if (known.add(List.of(problem.place(), problem.text()))) {
        kept.add(problem);
      }
    } else {
      dropped++;
    }
  }

  /**
   * Adds a warning about a brace behind which a block lost something.
   *
   * @param block where the block begins
   */
  public void tear(Place block, ConfigProblem brace) {
    add(brace);
    torn.putIfAbsent(block, brace);
  }

  /** What was said of the brace behind which a block lost something. */
  public Optional<ConfigProblem> tear(Place block) {
    return Optional.ofNullable(torn.get(block));
  }

  /** Says what a block lacks for such a brace, and what was said of that is the hint. */
  public void lost(ConfigProblem brace, String text) {
    others.remove(brace);
    String hint = brace.text() + "; " + brace.hint();
    add(new ConfigProblem(brace.place(), Severity.ERROR, text, hint, brace.kind()));
  }

  /** Takes a text that no problem is to show, wherever it was found; a short one is no secret. */
  public void hide(String secret) {
    if (secret.length() >= SHORTEST_SECRET) {
      secrets.add(secret);
    }
  }

  /** Whether another warning or note would be kept: a hint that takes time is for those only. */
  public boolean keepsWarnings() {
    return others.size() < LIMIT;
  }

  /** The same for errors. */
  public boolean keepsErrors() {
    return errors.size() < LIMIT;
  }

  public boolean hasErrors() {
    return !errors.isEmpty();
  }

  /** All problems by place, one for each mistake; a last line says how many were left out. */
  public List<ConfigProblem> sorted() {
    List<ConfigProblem> sorted = new ArrayList<>(errors);
    sorted.addAll(others);
    sorted.sort(Comparator.comparing(ConfigProblem::place));
    sorted = SamePlace.merged(sorted);
    sorted.replaceAll(it -> it.without(secrets));
    if (dropped > 0) {
      String file = sorted.get(0).place().file();
      String text = dropped + " more problems are not shown";
      sorted.add(new ConfigProblem(Place.ofFile(file), Severity.WARNING, text, ""));
    }
    return List.copyOf(sorted);
  }
}
