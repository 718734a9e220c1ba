package org.vipd.daemon.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Collects problems while a configuration is read, so that all are reported at once. At most
 * {@value #LIMIT} are kept; the rest is counted.
 */
public final class Problems {

  private static final int LIMIT = 1000;

  private final List<ConfigProblem> found = new ArrayList<>();
  private int dropped;

  public void error(Place place, String text, String hint) {
    add(new ConfigProblem(place, ConfigProblem.Severity.ERROR, text, hint));
  }

  public void warning(Place place, String text, String hint) {
    add(new ConfigProblem(place, ConfigProblem.Severity.WARNING, text, hint));
  }

  private void add(ConfigProblem problem) {
    if (found.size() < LIMIT || problem.isError()) {
      found.add(problem);
    } else {
      dropped++;
    }
  }

  public boolean hasErrors() {
    return found.stream().anyMatch(ConfigProblem::isError);
  }

  /** All problems by place; a last line says how many warnings were left out. */
  public List<ConfigProblem> sorted() {
    List<ConfigProblem> sorted = new ArrayList<>(found);
    sorted.sort(Comparator.comparing(ConfigProblem::place));
    if (dropped > 0) {
      String file = sorted.get(0).place().file();
      String text = dropped + " more warnings are not shown";
      sorted.add(new ConfigProblem(Place.ofFile(file), ConfigProblem.Severity.WARNING, text, ""));
    }
    return List.copyOf(sorted);
  }
}
