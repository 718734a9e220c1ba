package org.vipd.daemon.config;

import java.util.List;

/**
 * A command line as configured.
 *
 * @param text the command as the operator wrote it, for messages and for a shell
 * @param words its words, at least one
 */
public record CommandConfig(String text, List<String> words) {

  public CommandConfig {
    words = List.copyOf(words);
    if (words.isEmpty() || words.get(0).isEmpty()) {
      throw new IllegalArgumentException("a command needs at least one word");
    }
  }
}
