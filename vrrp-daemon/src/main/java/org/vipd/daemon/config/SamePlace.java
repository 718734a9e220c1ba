package org.vipd.daemon.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes one problem of those that one mistake led to: a cause becomes the hint of what stands at
 * the same place.
 */
final class SamePlace {

  private SamePlace() {}

  /** The problems in their order, which is that of places. */
  static List<ConfigProblem> merged(List<ConfigProblem> sorted) {
    List<ConfigProblem> merged = new ArrayList<>();
    int start = 0;
    for (int i = 1; i <= sorted.size(); i++) {
      boolean isOther =
          i == sorted.size() || !sorted.get(i).place().equals(sorted.get(start).place());
      if (isOther) {
        merged.addAll(ofPlace(sorted.subList(start, i)));
        start = i;
      }
    }
    return merged;
  }

  private static List<ConfigProblem> ofPlace(List<ConfigProblem> problems) {
    Optional<ConfigProblem> effect = problems.stream().filter(SamePlace::isEffect).findFirst();
    if (problems.size() == 1 || effect.isEmpty()) {
      return problems;
    }
    Optional<ConfigProblem> cause =
        problems.stream().filter(it -> it.is(ProblemKind.Type.UNREPLACED)).findFirst();
    List<ConfigProblem> kept = new ArrayList<>();
    for (ConfigProblem it : problems) {
      if (it.equals(effect.get())) {
        kept.add(cause.map(reason -> withCause(it, reason)).orElse(it));
      } else if (!it.is(ProblemKind.Type.UNREPLACED) && !it.is(ProblemKind.Type.SURPLUS)) {
        kept.add(it);
      }
    }
    return kept;
  }

  private static boolean isEffect(ConfigProblem it) {
    boolean isMistake = it.is(ProblemKind.Type.PLAIN) || it.is(ProblemKind.Type.LEFT_OUT);
    return isMistake && it.place().line() > 0;
  }

  private static ConfigProblem withCause(ConfigProblem effect, ConfigProblem cause) {
    String hint = cause.kind().subject() + ": " + cause.hint();
    return new ConfigProblem(effect.place(), effect.severity(), effect.text(), hint, cause.kind());
  }
}
