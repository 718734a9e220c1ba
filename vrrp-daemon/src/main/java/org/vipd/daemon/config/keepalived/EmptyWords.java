package org.vipd.daemon.config.keepalived;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.vipd.daemon.config.SecretText;
import org.vipd.daemon.config.keepalived.text.Statement;
import org.vipd.daemon.config.keepalived.text.Word;

/**
 * Takes values that are nothing but quotes out of what was read: no name, address or path is empty,
 * and neither messages nor a {@code vipd.yaml} could name it.
 */
final class EmptyWords {

  /** Blocks of names, where the others on a line mean something without the empty one. */
  private static final Set<String> NAME_LISTS =
      Set.of("group", "notification_email", "interfaces", "unicast_peer");

  private final Values values;

  EmptyWords(Values values) {
    this.values = values;
  }

  /** The statements at the top of a file without them. */
  List<Statement> without(List<Statement> tree) {
    if (tree.stream().noneMatch(EmptyWords::hasSomewhere)) {
      return tree;
    }
    return tree.stream()
        .map(it -> RootKeywords.knows(it.keyword()) && !RootKeywords.skips(it) ? top(it) : it)
        .toList();
  }

  private static boolean hasSomewhere(Statement statement) {
    return statement.words().stream().anyMatch(EmptyWords::isEmpty)
        || statement.children().stream().anyMatch(EmptyWords::hasSomewhere);
  }

  private static boolean isEmpty(Word word) {
    return word.isQuoted() && word.text().isBlank();
  }

  private Statement top(Statement block) {
    Optional<Keyword> known = KeywordTable.get().find(Scope.ROOT, block.keyword());
    boolean isNamed = known.filter(it -> it.isBlock() && it.arguments() == 1).isPresent();
    Optional<Word> name = block.argument(0).filter(it -> isNamed && isEmpty(it));
    if (name.isPresent()) {
      values.error(
          name.get().place(),
          "the name of this " + block.keyword() + " is empty",
          "write one, so that messages and vipd.yaml can name it");
    }
    return new Statement(
        name.isPresent() ? named(block) : block.words(),
        block
            .block()
            .map(
                children ->
                    hasSettings(block.keyword())
                        ? settings(block.keyword(), children)
                        : elements(block, children)));
  }

  /** What messages call a block whose name is empty, until it has one. */
  private static List<Word> named(Statement block) {
    Word keyword = block.words().get(0);
    return List.of(keyword, new Word("(line " + keyword.place().line() + ")", keyword.place()));
  }

  /** Whether settings stand in the block, rather than a list. */
  private static boolean hasSettings(String keyword) {
    return switch (keyword) {
      case "global_defs",
          "vrrp_instance",
          "vrrp_sync_group",
          "vrrp_script",
          "track_file",
          "vrrp_track_file",
          "vrrp_track_process",
          "bfd_instance",
          "track_group",
          "garp_group" ->
          true;
      default -> false;
    };
  }

  private List<Statement> settings(String owner, List<Statement> children) {
    List<Statement> kept = new ArrayList<>();
    for (Statement it : children) {
      if (SecretText.isBlock(it.keyword())) {
        kept.add(it);
      } else if (it.block().isPresent()) {
        kept.add(new Statement(it.words(), Optional.of(elements(it, it.children()))));
      } else if (isCommand(it) || !reports(it, owner)) {
        kept.add(it);
      }
    }
    return kept;
  }

  /** A command that is empty is reported where it is read. */
  private static boolean isCommand(Statement statement) {
    return statement.argument(0).filter(EmptyWords::isEmpty).isPresent()
        && (statement.keyword().startsWith("notify") || statement.keyword().endsWith("script"))
        && !statement.keyword().endsWith("fifo");
  }

  private boolean reports(Statement statement, String owner) {
    Optional<Word> empty = statement.arguments().stream().filter(EmptyWords::isEmpty).findFirst();
    empty.ifPresent(
        word ->
            values.leftOut(
                statement.keyword(),
                word.place(),
                "a value of " + statement.keyword() + " in " + owner + " is empty; it is left out",
                "write it, or delete the line"));
    return empty.isPresent();
  }

  private List<Statement> elements(Statement block, List<Statement> children) {
    boolean isNames = NAME_LISTS.contains(block.keyword());
    List<Statement> kept = new ArrayList<>();
    for (Statement it : children) {
      List<Word> words = it.words().stream().filter(word -> !isEmpty(word)).toList();
      if (words.size() < it.words().size()) {
        values.warning(
            it.words().stream().filter(EmptyWords::isEmpty).findFirst().orElseThrow().place(),
            "a value in " + block.keyword() + " is empty; it is left out",
            "write it, or delete it");
      }
      if (words.size() == it.words().size()) {
        kept.add(it);
      } else if (isNames && !words.isEmpty()) {
        kept.add(new Statement(words, it.block()));
      }
    }
    return kept;
  }
}
