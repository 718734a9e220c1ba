package org.vipd.daemon.config;

import java.util.List;
import java.util.Optional;

/**
 * A command line as configured.
 *
 * @param text the command as the operator wrote it, for messages and for a shell
 * @param words its words, at least one
 * @param account whom it is to run as; empty for the daemon's user
 * @param isGuarded whether it is refused when others than root could change what runs as root
 */
public record CommandConfig(
    String text, List<String> words, Optional<Account> account, boolean isGuarded) {

  public CommandConfig {
    words = List.copyOf(words);
    if (words.isEmpty() || words.get(0).isEmpty()) {
      throw new IllegalArgumentException("a command needs at least one word");
    }
  }

  /** A command that is run wherever it stands. */
  public CommandConfig(String text, List<String> words, Optional<Account> account) {
    this(text, words, account, false);
  }

  /** A command that runs as the daemon's user. */
  public CommandConfig(String text, List<String> words) {
    this(text, words, Optional.empty(), false);
  }

  /** The same command as another user. */
  public CommandConfig as(Account other) {
    return new CommandConfig(text, words, Optional.of(other), isGuarded);
  }

  /** The same command, security and user with more behind it. */
  public CommandConfig with(String longerText, List<String> longerWords) {
    return new CommandConfig(longerText, longerWords, account, isGuarded);
  }
}
