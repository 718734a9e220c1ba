package org.vipd.daemon.config.keepalived;

import java.util.Arrays;
import java.util.Set;
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

  private final KeywordTable table;
  private final Set<String> tops;

  KnownBlocks(KeywordTable table) {
    this.table = table;
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
    return inside().anyMatch(scope -> table.find(scope, word).filter(Keyword::isBlock).isPresent());
  }

  @Override
  public boolean isSetting(String word) {
    return inside().anyMatch(scope -> table.find(scope, word).isPresent());
  }

  private static Stream<Scope> inside() {
    return Arrays.stream(Scope.values()).filter(scope -> scope != Scope.ROOT);
  }
}
