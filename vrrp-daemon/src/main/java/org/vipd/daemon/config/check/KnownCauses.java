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

  private static final String CANNOT_RUN = "V007";

  private KnownCauses() {}

  /**
   * The findings whose cause is not known: a line with a definition that is not replaced does not
   * say what was meant, and a user who does not exist was told of.
   *
   * @param known what was said when the files were read
   */
  public static List<ConfigProblem> without(
      List<ConfigProblem> findings, Collection<ConfigProblem> known) {
    Set<Place> unreplaced = lines(known, ProblemKind.Type.UNREPLACED);
    Set<Place> withoutUser = lines(known, ProblemKind.Type.NO_USER);
    return findings.stream()
        .filter(it -> !unreplaced.contains(line(it.place())))
        .filter(it -> !it.rule().equals(CANNOT_RUN) || !withoutUser.contains(line(it.place())))
        .toList();
  }

  private static Set<Place> lines(Collection<ConfigProblem> known, ProblemKind.Type type) {
    return known.stream()
        .filter(it -> it.is(type))
        .map(it -> line(it.place()))
        .collect(Collectors.toSet());
  }

  private static Place line(Place place) {
    return new Place(place.file(), place.line(), 0);
  }
}
