package org.vipd.daemon.config.yaml.key;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.vipd.daemon.config.keepalived.Keyword;
import org.vipd.daemon.config.keepalived.KeywordTable;
import org.vipd.daemon.config.keepalived.Scope;

/** The keywords of keepalived that are options here: those without a key of their own. */
public final class OptionNames {

  private static final String GLOBAL = "global";
  private static final Set<String> NATIVE = natives();

  private OptionNames() {}

  /** Names of options with their keywords; the global ones include those at the top of a file. */
  public static Map<String, Keyword> of(String scope) {
    Map<String, Keyword> names = new TreeMap<>();
    List<String> scopes = scope.equals(GLOBAL) ? List.of(GLOBAL, "root") : List.of(scope);
    for (String each : scopes) {
      Scope place = Scope.valueOf(each.toUpperCase(Locale.ROOT));
      for (String keyword : KeywordTable.get().names(place)) {
        Keyword known = KeywordTable.get().find(place, keyword).orElseThrow();
        boolean isOption =
            !known.isOwn()
                && !KeywordTable.isRecorded(place, keyword)
                && !(place == Scope.GLOBAL && isNative(keyword));
        if (isOption) {
          names.put(option(keyword), known);
        }
      }
    }
    return Collections.unmodifiableMap(names);
  }

  /** Whether a keyword of {@code global_defs} has a key of its own. */
  public static boolean isNative(String keyword) {
    return NATIVE.contains(keyword);
  }

  private static Set<String> natives() {
    return KeyTable.get().sections().values().stream()
        .flatMap(section -> section.values().stream())
        .filter(key -> key.keywordScope().equals(Optional.of(GLOBAL)))
        .map(Key::keyword)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** What the arguments of a keyword that is an option somewhere are. */
  public static Optional<Keyword.Kind> kind(String keyword) {
    return Stream.of(Scope.values())
        .flatMap(scope -> KeywordTable.get().find(scope, keyword).stream())
        .filter(known -> !known.isOwn())
        .map(Keyword::kind)
        .findFirst();
  }

  /** The name of a keyword as an option. */
  public static String option(String keyword) {
    return keyword.replace('_', '-');
  }
}
