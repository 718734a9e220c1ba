package org.vipd.daemon.config.keepalived.text;

import java.util.List;
import java.util.Optional;
import org.vipd.daemon.config.Place;

/**
 * A keyword with its arguments and, for a block, the statements inside.
 *
 * @param words keyword and arguments, at least one
 * @param block the statements inside the braces; empty when there are no braces
 */
public record Statement(List<Word> words, Optional<List<Statement>> block) {

  public Statement {
    words = List.copyOf(words);
    if (words.isEmpty()) {
      throw new IllegalArgumentException("a statement needs a keyword");
    }
  }

  /** The first word. */
  public String keyword() {
    return words.get(0).text();
  }

  /** Where the keyword stands. */
  public Place place() {
    return words.get(0).place();
  }

  /** Argument {@code index}, from 0. */
  public Optional<Word> argument(int index) {
    return index + 1 < words.size() ? Optional.of(words.get(index + 1)) : Optional.empty();
  }

  /** Where its first argument stands; without one, where it stands itself. */
  public Place valuePlace() {
    return argument(0).map(Word::place).orElse(place());
  }

  /** The words after the keyword. */
  public List<Word> arguments() {
    return words.subList(1, words.size());
  }

  /** The statements of the block; none without a block. */
  public List<Statement> children() {
    return block.orElse(List.of());
  }
}
