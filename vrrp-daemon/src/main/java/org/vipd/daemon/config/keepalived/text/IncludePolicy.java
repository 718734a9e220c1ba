package org.vipd.daemon.config.keepalived.text;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What must hold for an {@code include} so that it is not an error.
 *
 * @param demands what is demanded
 */
record IncludePolicy(Set<Demand> demands) {

  /** A demand on the files that an include names. */
  enum Demand {
    /** Files that match can be read. */
    READ,
    /** At least one file matches. */
    MATCH,
    /** A pattern with wildcards matches a file. */
    WILDCARD_MATCH,
    /** Every alternative in braces matches a file. */
    BRACE_MATCH
  }

  private static final Map<String, IncludePolicy> KEYWORDS =
      Map.of(
          "includer", of(Demand.READ),
          "includem", of(Demand.MATCH),
          "includew", of(Demand.WILDCARD_MATCH),
          "includeb", of(Demand.BRACE_MATCH),
          "includea", new IncludePolicy(EnumSet.allOf(Demand.class)));

  IncludePolicy {
    demands = Set.copyOf(demands);
  }

  /** Nothing is demanded. */
  static final IncludePolicy LENIENT = new IncludePolicy(Set.of());

  private static IncludePolicy of(Demand demand) {
    return new IncludePolicy(Set.of(demand));
  }

  boolean demands(Demand demand) {
    return demands.contains(demand);
  }

  /** The policy of a keyword; empty when it does not include. */
  static Optional<IncludePolicy> ofKeyword(String keyword, IncludePolicy usual) {
    return keyword.equals("include")
        ? Optional.of(usual)
        : Optional.ofNullable(KEYWORDS.get(keyword));
  }

  /** The policy after {@code include_check}; words that are not known change nothing. */
  IncludePolicy changedBy(List<Word> words) {
    Set<Demand> changed = EnumSet.noneOf(Demand.class);
    if (words.isEmpty()) {
      return new IncludePolicy(EnumSet.allOf(Demand.class));
    }
    boolean isRelative = words.get(0).text().startsWith("+") || words.get(0).text().startsWith("-");
    changed.addAll(isRelative ? demands : Set.of());
    for (Word word : words) {
      demand(name(word))
          .ifPresent(
              demand -> {
                if (word.text().startsWith("-")) {
                  changed.remove(demand);
                } else {
                  changed.add(demand);
                }
              });
    }
    return new IncludePolicy(changed);
  }

  /** Whether {@code include_check} knows a word. */
  static boolean knows(Word word) {
    return demand(name(word)).isPresent();
  }

  private static String name(Word word) {
    return word.text().replaceFirst("^[+-]", "");
  }

  private static Optional<Demand> demand(String name) {
    return switch (name) {
      case "read", "readable" -> Optional.of(Demand.READ);
      case "match" -> Optional.of(Demand.MATCH);
      case "wildcard_match" -> Optional.of(Demand.WILDCARD_MATCH);
      case "brace_match" -> Optional.of(Demand.BRACE_MATCH);
      default -> Optional.empty();
    };
  }
}
