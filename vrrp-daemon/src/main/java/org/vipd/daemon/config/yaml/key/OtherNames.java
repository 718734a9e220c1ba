package org.vipd.daemon.config.yaml.key;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What other programs call a key. */
final class OtherNames {

  private static final Set<String> COMMAND =
      Set.of("exec", "cmd", "run", "script", "program", "executable", "shell", "command");

  /** Keys that are commands, of which a section has one at most. */
  private static final Set<String> KEYS = Set.of("command", "reader");

  private OtherNames() {}

  /** The key of a section that somebody may mean by a word that is none of its keys. */
  static Optional<String> of(String word, Map<String, Key> known) {
    return COMMAND.contains(word)
        ? KEYS.stream().filter(known::containsKey).findFirst()
        : Optional.empty();
  }
}
