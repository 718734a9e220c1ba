package org.vipd.daemon.config.yaml.key;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.vipd.daemon.config.keepalived.Keyword;
import org.vipd.daemon.config.keepalived.KeywordTable;
import org.vipd.daemon.config.keepalived.Scope;

/** The keywords of keepalived that are options here: those without a key of their own. */
public final class OptionNames {

  private static final String GLOBAL = "global";

  private OptionNames() {}

  /** Names of options with their keywords; the global ones include those at the top of a file. */
  public static Map<String, Keyword> of(String scope) {
    Map<String, Keyword> names = new TreeMap<>();
    List<String> scopes = scope.equals(GLOBAL) ? List.of(GLOBAL, "root") : List.of(scope);
    for (String each : scopes) {
      Scope place = Scope.valueOf(each.toUpperCase(Locale.ROOT));
      for (String keyword : KeywordTable.get().names(place)) {
        Keyword known = KeywordTable.get().find(place, keyword).orElseThrow();
        if (known.kind() != Keyword.Kind.OWN && !KeywordTable.isRecorded(place, keyword)) {
          names.put(option(keyword), known);
        }
      }
    }
    return Collections.unmodifiableMap(names);
  }

  /** What the arguments of a keyword that is an option somewhere are. */
  public static Optional<Keyword.Kind> kind(String keyword) {
    return Stream.of(Scope.values())
        .flatMap(scope -> KeywordTable.get().find(scope, keyword).stream())
        .map(Keyword::kind)
        .filter(kind -> kind != Keyword.Kind.OWN)
        .findFirst();
  }

  /** The name of a keyword as an option. */
  public static String option(String keyword) {
    return keyword.replace('_', '-');
  }
}
