package org.vipd.daemon.config.migrate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.vipd.daemon.config.ConfigProblem;
import org.vipd.daemon.config.ConfigProblem.Severity;
import org.vipd.daemon.config.Place;
import org.vipd.daemon.config.ProblemKind;
import org.vipd.daemon.config.keepalived.text.Statement;

/** What was said about each line, and about each keyword wherever it stands. */
final class Problemed {

  /** A password in clear text runs well, and is known to everyone on the LAN. */
  private static final Set<String> DANGEROUS_NOTES = Set.of("V018");

  private final Map<Place, List<ConfigProblem>> byLine = new HashMap<>();
  private final Map<String, ConfigProblem> byKeyword = new HashMap<>();

  Problemed(List<ConfigProblem> read, List<ConfigProblem> findings) {
    List<ConfigProblem> all = new ArrayList<>(read);
    findings.stream().filter(it -> !all.contains(it)).forEach(all::add);
    for (ConfigProblem it : all) {
      Optional<String> keyword = it.idleKeyword();
      keyword.ifPresent(name -> byKeyword.putIfAbsent(name, it));
      if (keyword.isEmpty()) {
        byLine.computeIfAbsent(Blocks.line(it.place()), line -> new ArrayList<>()).add(it);
      }
    }
  }

  /** What was said about a line and the keywords that begin on it. */
  List<ConfigProblem> of(Place line, List<Statement> statements) {
    List<ConfigProblem> found = new ArrayList<>(byLine.getOrDefault(line, List.of()));
    statements.stream()
        .map(it -> byKeyword.get(it.keyword()))
        .filter(it -> it != null && !found.contains(it))
        .forEach(found::add);
    return found;
  }

  /** Whether a line is followed, but will hurt or does nothing yet. */
  static boolean isDangerous(ConfigProblem it) {
    return DANGEROUS_NOTES.contains(it.rule())
        || (it.severity() == Severity.WARNING
            && (!it.rule().isEmpty() || it.is(ProblemKind.Type.NOT_YET)));
  }

  /** Whether something about a line is not as it was written. */
  static boolean isDoubtful(ConfigProblem it) {
    return it.severity() == Severity.WARNING && !isDangerous(it);
  }

  /** A problem as the reason of a verdict. */
  static String reason(ConfigProblem it) {
    String hint = it.hint().isEmpty() ? "" : "; " + it.hint();
    return it.text() + hint + (it.rule().isEmpty() ? "" : " [" + it.rule() + "]");
  }
}
