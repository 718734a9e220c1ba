package org.vipd.daemon.config.check;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.vipd.daemon.config.ConfigProblem;
import org.vipd.daemon.config.Place;
import org.vipd.daemon.config.ProblemKind;

/** Leaves out what rules find because of something that was said of the same line already. */
public final class KnownCauses {

  private static final String SHELL_SYNTAX = "V008";

  private KnownCauses() {}

  /**
   * The findings whose cause is not known: a definition that is not replaced is no shell variable.
   *
   * @param known what was said when the files were read
   */
  public static List<ConfigProblem> without(
      List<ConfigProblem> findings, Collection<ConfigProblem> known) {
    Set<Place> unreplaced =
        known.stream()
            .filter(it -> it.is(ProblemKind.Type.UNREPLACED))
            .map(it -> line(it.place()))
            .collect(Collectors.toSet());
    return findings.stream()
        .filter(it -> !it.rule().equals(SHELL_SYNTAX) || !unreplaced.contains(line(it.place())))
        .toList();
  }

  private static Place line(Place place) {
    return new Place(place.file(), place.line(), 0);
  }
}
