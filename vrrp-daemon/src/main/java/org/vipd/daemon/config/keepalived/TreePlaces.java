package org.vipd.daemon.config.keepalived;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vipd.daemon.config.Place;
import org.vipd.daemon.config.PlaceFinder;
import org.vipd.daemon.config.keepalived.text.Statement;

/** Places of settings in a tree of statements. */
final class TreePlaces implements PlaceFinder {

  private final List<Statement> tree;
  private final Map<Place, Statement> blocks = new HashMap<>();
  private final Map<Place, Integer> order = new HashMap<>();

  TreePlaces(List<Statement> tree) {
    this.tree = List.copyOf(tree);
    tree.forEach(statement -> blocks.putIfAbsent(statement.place(), statement));
    tree.forEach(statement -> order.putIfAbsent(statement.place(), order.size()));
  }

  @Override
  public boolean isBehind(Place one, Place other) {
    return order.getOrDefault(one, 0) > order.getOrDefault(other, 0);
  }

  @Override
  public Place find(Place block, String keyword) {
    Optional<Place> found =
        block.line() == 0
            ? find(tree, keyword)
            : Optional.ofNullable(blocks.get(block))
                .flatMap(statement -> find(statement.children(), keyword));
    return found.orElse(block);
  }

  /** The last one counts: a keyword that is repeated has the value it got last. */
  private static Optional<Place> find(List<Statement> statements, String keyword) {
    Optional<Place> found = Optional.empty();
    for (Statement statement : statements) {
      if (statement.keyword().equals(keyword)) {
        found = Optional.of(statement.place());
      } else if (statement.block().isPresent()) {
        Optional<Place> before = found;
        found = find(statement.children(), keyword).or(() -> before);
      }
    }
    return found;
  }
}
