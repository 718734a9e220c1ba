package org.vipd.daemon.config.keepalived;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.vipd.daemon.config.ConfigProblem;
import org.vipd.daemon.config.Place;
import org.vipd.daemon.config.keepalived.text.Statement;
import org.vipd.daemon.config.keepalived.text.Word;
import org.vipd.protocol.value.IpAddress;
import org.vipd.protocol.value.VrrpVersion;

/**
 * Says which settings an instance lacks, unless braces or quotes are missing, too: then it may be
 * written and be elsewhere. What stands behind another setting on the same line is as good as not
 * written.
 */
final class MissingKeywords {

  /** Without these a block is nothing. */
  private static final Map<String, Set<String>> NEEDED =
      Map.of(
          "vrrp_instance", Set.of("virtual_router_id", "interface"),
          "vrrp_script", Set.of("script"),
          "track_file", Set.of("file"),
          "vrrp_track_file", Set.of("file"),
          "vrrp_track_process", Set.of("process"),
          "vrrp_sync_group", Set.of("group"));

  private static final String ADDRESSES = "virtual_ipaddress";
  private static final String OWN_LINE = "write each setting on a line of its own";

  private final Values values;
  private final Statement block;
  private final String title;
  private boolean isTornSaid;

  MissingKeywords(Values values, Statement block, String title) {
    this.values = values;
    this.block = block;
    this.title = title;
  }

  /** What a block needs and does not have. */
  static List<String> in(Statement block) {
    return NEEDED.getOrDefault(block.keyword(), Set.of()).stream()
        .filter(it -> TreePlaces.keyword(block.children(), it).isEmpty())
        .toList();
  }

  /** Says that a keyword is needed, unless it is written: then it was said what is wrong there. */
  void report(String keyword, String hint) {
    boolean isMissing = values.isWhole() && TreePlaces.keyword(block.children(), keyword).isEmpty();
    if (isMissing && meant(keyword).isEmpty()) {
      Optional<Word> ignored = ignored(keyword);
      if (ignored.isEmpty() && torn().isPresent()) {
        reportTorn(keyword);
        return;
      }
      values.error(
          ignored.map(Word::place).orElse(block.place()),
          text(keyword),
          ignored.isPresent() ? OWN_LINE : hint);
    }
  }

  /** One message for all that a brace took away. */
  private void reportTorn(String keyword) {
    if (!isTornSaid) {
      values.lost(torn().orElseThrow(), text(keyword));
    }
    isTornSaid = true;
  }

  /**
   * Says that there is no address to advertise; where some are written that cannot be used, that
   * was said.
   */
  void reportAddresses(VrrpVersion version, boolean isStrict) {
    if (!values.isWhole()) {
      return;
    }
    Optional<Word> ignored = ignored(ADDRESSES);
    Optional<Statement> list = TreePlaces.keyword(block.children(), ADDRESSES);
    Optional<Statement> meant =
        meant(ADDRESSES)
            .or(() -> list.filter(it -> it.block().isEmpty() || !it.children().isEmpty()));
    Place at =
        ignored
            .map(Word::place)
            .or(() -> meant.or(() -> list).map(Statement::place))
            .orElse(block.place());
    String hint =
        ignored.isPresent() ? OWN_LINE : meant.isPresent() ? "" : "add at least one address";
    if (torn().isPresent() && list.isEmpty() && ignored.isEmpty()) {
      if (version == VrrpVersion.V3 || isStrict) {
        reportTorn(ADDRESSES);
      }
    } else if (version == VrrpVersion.V3 || isStrict) {
      String who = isStrict ? "strict mode" : "version 3";
      values.error(at, text(ADDRESSES) + ", which " + who + " demands", hint);
    } else if (meant.isEmpty()) {
      values.warning(at, text(ADDRESSES) + ", so it protects nothing", hint);
    }
  }

  /** A line that cannot be read and means this keyword: it was said what is wrong there. */
  private Optional<Statement> meant(String keyword) {
    return block.children().stream().filter(it -> isMeant(it, keyword)).findFirst();
  }

  private static boolean isMeant(Statement statement, String keyword) {
    Optional<Keyword> known = KeywordTable.get().find(Scope.INSTANCE, statement.keyword());
    boolean hasAddresses =
        keyword.equals(ADDRESSES)
            && known.filter(Keyword::isBlock).isEmpty()
            && statement.children().stream().anyMatch(MissingKeywords::isAddress);
    return hasAddresses
        || (known.isEmpty() && new Guess(statement, Scope.INSTANCE).isOneOf(List.of(keyword)));
  }

  private static boolean isAddress(Statement statement) {
    return IpAddress.parse(statement.keyword().split("/", 2)[0]).isPresent();
  }

  private String text(String keyword) {
    return title
        + " has no "
        + keyword
        + (ignored(keyword).isPresent() ? " on a line of its own" : "");
  }

  /** The brace that may have taken it away: that was said. */
  private Optional<ConfigProblem> torn() {
    return values.tear(block);
  }

  private Optional<Word> ignored(String keyword) {
    return TreePlaces.behind(block.children(), keyword);
  }
}
