package org.vipd.daemon.config;

import java.util.List;
import java.util.Optional;

/**
 * A command line as configured.
 *
 * @param text the command as the operator wrote it, for messages and for a shell
 * @param words its words, at least one
 * @param account whom it is to run as; empty for the usual user
 */
public record CommandConfig(String text, List<String> words, Optional<Account> account) {

  public CommandConfig {
    words = List.copyOf(words);
    if (words.isEmpty() || words.get(0).isEmpty()) {
      throw new IllegalArgumentException("a command needs at least one word");
    }
  }

  /** A command that runs as the usual user. */
  public CommandConfig(String text, List<String> words) {
    this(text, words, Optional.empty());
  }
}
