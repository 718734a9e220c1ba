package org.vipd.daemon.config.keepalived;

import java.util.Arrays;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.vipd.daemon.config.keepalived.text.BlockWords;

/** The blocks of the table of keywords, and those of load balancing. */
final class KnownBlocks implements BlockWords {

  private static final Set<String> LOAD_BALANCING =
      Set.of("virtual_server", "virtual_server_group");

  /**
   * Those that have a name; without one they are lists or options of other blocks, or taken for
   * such.
   */
  private static final Set<String> NAMED =
      Set.of(
          "track_group",
          "track_file",
          "vrrp_script",
          "vrrp_track_process",
          "vrrp_track_file",
          "bfd_instance");

  private final Set<String> tops;
  private final Set<String> inner;
  private final Set<String> settings;

  KnownBlocks(KeywordTable table) {
    this.inner = inside(table::blocks);
    this.settings = inside(table::names);
    this.tops =
        Stream.concat(table.blocks(Scope.ROOT).stream(), LOAD_BALANCING.stream())
            .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public boolean isTop(String word, boolean isNamed) {
    return tops.contains(word) && (isNamed || !NAMED.contains(word));
  }

  @Override
  public boolean isInner(String word) {
    return inner.contains(word);
  }

  @Override
  public boolean isSetting(String word) {
    return settings.contains(word);
  }

  /** What is known anywhere but at the top, once and for all: each line of a file asks. */
  private static Set<String> inside(Function<Scope, Set<String>> words) {
    return Arrays.stream(Scope.values())
        .filter(scope -> scope != Scope.ROOT)
        .flatMap(scope -> words.apply(scope).stream())
        .collect(Collectors.toUnmodifiableSet());
  }
}
