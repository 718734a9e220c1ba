package org.vipd.daemon.config.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.vipd.daemon.config.ConfigProblem;
import org.vipd.daemon.config.ConfigProblem.Severity;

/** Says once what is true of most files: notes that are the same wherever they stand. */
public final class RepeatedNotes {

  /** The VRID of the samples, passwords in clear text, announcements that are not refreshed. */
  private static final Set<String> SAME_EVERYWHERE = Set.of("V010", "V018", "V028");

  private RepeatedNotes() {}

  /** The problems in the same order, the first note of such a rule for all of them. */
  public static List<ConfigProblem> condensed(List<ConfigProblem> problems) {
    Map<String, Long> counts =
        problems.stream()
            .filter(RepeatedNotes::isSameEverywhere)
            .collect(Collectors.groupingBy(ConfigProblem::rule, Collectors.counting()));
    Set<String> said = new HashSet<>();
    List<ConfigProblem> kept = new ArrayList<>();
    for (ConfigProblem problem : problems) {
      if (!isSameEverywhere(problem)) {
        kept.add(problem);
      } else if (said.add(problem.rule())) {
        long count = counts.get(problem.rule());
        kept.add(count == 1 ? problem : withCount(problem, count - 1));
      }
    }
    return List.copyOf(kept);
  }

  private static boolean isSameEverywhere(ConfigProblem problem) {
    return problem.severity() == Severity.NOTE && SAME_EVERYWHERE.contains(problem.rule());
  }

  private static ConfigProblem withCount(ConfigProblem problem, long more) {
    return new ConfigProblem(
        problem.place(),
        problem.severity(),
        problem.text() + " (and in " + more + (more == 1 ? " more place)" : " more places)"),
        problem.hint(),
        problem.kind());
  }
}
