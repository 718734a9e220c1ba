package org.vipd.daemon.config.keepalived;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.vipd.daemon.config.Place;
import org.vipd.daemon.config.PlaceFinder;
import org.vipd.daemon.config.keepalived.text.Statement;
import org.vipd.daemon.config.keepalived.text.Word;
import org.vipd.protocol.value.IpAddress;

/** Places of settings in a tree of statements. */
final class TreePlaces implements PlaceFinder {

  /** A second one of these is ignored; of all others the last one counts. */
  private static final String FIRST_COUNTS = "notify";

  private final List<Statement> tree;
  private final Map<Place, Statement> blocks = new HashMap<>();
  private final Map<Place, Integer> order = new HashMap<>();

  TreePlaces(List<Statement> tree) {
    this.tree = List.copyOf(tree);
    tree.forEach(statement -> blocks.putIfAbsent(statement.place(), statement));
    tree.forEach(statement -> order.putIfAbsent(statement.place(), order.size()));
  }

  /** Whether one block at the top is read after another, also where files are included. */
  boolean isBehind(Place one, Place other) {
    return order.getOrDefault(one, 0) > order.getOrDefault(other, 0);
  }

  /** Whether a block at the top has a name, also one that cannot be used. */
  boolean defines(String keyword, String name) {
    return tree.stream()
        .filter(it -> it.keyword().equals(keyword))
        .anyMatch(it -> it.argument(0).filter(word -> word.text().equals(name)).isPresent());
  }

  /**
   * Whether a block with a name seems to be meant for a definition, and is misspelt: that was said.
   */
  boolean isMisspelt(String keyword, String name) {
    return tree.stream()
        .filter(it -> it.argument(0).filter(word -> word.text().equals(name)).isPresent())
        .filter(it -> !RootKeywords.knows(it.keyword()))
        .anyMatch(it -> new Guess(it, Scope.ROOT).isOneOf(List.of(keyword)));
  }

  @Override
  public Place find(Place block, String keyword) {
    List<Statement> statements = inside(block);
    return keyword(statements, keyword)
        .or(
            () ->
                keyword(
                    statements.stream().flatMap(it -> it.children().stream()).toList(), keyword))
        .map(Statement::place)
        .or(() -> word(statements.stream(), keyword))
        .orElse(block);
  }

  @Override
  public Place find(Place block, String list, String word) {
    List<Statement> lists = inside(block).stream().filter(it -> it.keyword().equals(list)).toList();
    return word(lists.stream(), word)
        .or(() -> lists.stream().findFirst().map(Statement::place))
        .orElse(block);
  }

  /** Whether a word stands behind a name in a list of a block. */
  boolean says(Place block, String list, String name, String word) {
    return inside(block).stream()
        .filter(it -> it.keyword().equals(list))
        .flatMap(it -> it.children().stream())
        .filter(it -> it.keyword().equals(name))
        .findFirst()
        .filter(it -> it.arguments().stream().anyMatch(argument -> argument.text().equals(word)))
        .isPresent();
  }

  private List<Statement> inside(Place block) {
    return block.line() == 0
        ? tree
        : Optional.ofNullable(blocks.get(block)).map(Statement::children).orElse(List.of());
  }

  /** The statement that counts among those with a keyword. */
  static Optional<Statement> keyword(List<Statement> statements, String keyword) {
    Stream<Statement> found = statements.stream().filter(it -> it.keyword().equals(keyword));
    return keyword.startsWith(FIRST_COUNTS)
        ? found.findFirst()
        : found.reduce((first, second) -> second);
  }

  /** Where a keyword stands behind another one on a line, which nobody reads. */
  static Optional<Word> behind(List<Statement> statements, String keyword) {
    return statements.stream()
        .flatMap(it -> it.arguments().stream())
        .filter(it -> it.text().equals(keyword) && !it.isQuoted())
        .findFirst();
  }

  /** The first word that says something inside blocks: a name, or an address in any form. */
  private static Optional<Place> word(Stream<Statement> blocks, String text) {
    return blocks
        .flatMap(it -> it.children().stream())
        .flatMap(TreePlaces::withInside)
        .flatMap(it -> it.words().stream())
        .filter(it -> says(it, text))
        .map(Word::place)
        .findFirst();
  }

  private static Stream<Statement> withInside(Statement statement) {
    return Stream.concat(
        Stream.of(statement), statement.children().stream().flatMap(TreePlaces::withInside));
  }

  private static boolean says(Word word, String text) {
    int slash = word.text().indexOf('/');
    String start = slash < 0 ? word.text() : word.text().substring(0, slash);
    return word.text().equals(text)
        || IpAddress.parse(start).filter(it -> it.toString().equals(text)).isPresent();
  }
}
