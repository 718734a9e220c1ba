package org.vipd.daemon.config.keepalived;

import java.util.List;
import java.util.Optional;
import org.vipd.daemon.config.Place;

/**
 * A keyword with its arguments and, for a block, the statements inside.
 *
 * @param words keyword and arguments, at least one
 * @param block the statements inside the braces; empty when there are no braces
 */
record Statement(List<Word> words, Optional<List<Statement>> block) {

  Statement {
    words = List.copyOf(words);
    if (words.isEmpty()) {
      throw new IllegalArgumentException("a statement needs a keyword");
    }
  }

  String keyword() {
    return words.get(0).text();
  }

  Place place() {
    return words.get(0).place();
  }

  /** Argument {@code index}, from 0. */
  Optional<Word> argument(int index) {
    return index + 1 < words.size() ? Optional.of(words.get(index + 1)) : Optional.empty();
  }

  List<Word> arguments() {
    return words.subList(1, words.size());
  }

  List<Statement> children() {
    return block.orElse(List.of());
  }
}
