package org.vipd.daemon.config;

import java.util.List;
import java.util.Optional;
import java.util.Set;

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

  private static final String SHELL_SYNTAX = "<>|&;()$`*?[]{}~=";
  private static final Set<String> ROOT = Set.of("root", "0");
  private static final Set<String> SHELL_WORDS =
      Set.of("if", "while", "for", "case", "until", "!", ":", ".", "exit", "cd", "eval", "exec");

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

  /** Whether the first word is something that only a shell understands. */
  public boolean isForShell() {
    String first = words.get(0);
    boolean isWord = SHELL_WORDS.contains(first);
    return isWord || first.chars().anyMatch(c -> SHELL_SYNTAX.indexOf(c) >= 0);
  }

  /**
   * Whether others than root must not be able to change what it runs. Whoever is not root can do no
   * more harm with a script than without.
   */
  public boolean isGuardedAsRoot() {
    return isGuarded && account.map(it -> ROOT.contains(it.user())).orElse(true);
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
