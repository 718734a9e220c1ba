package org.vipd.daemon.config.keepalived;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.vipd.daemon.config.Account;
import org.vipd.daemon.config.CommandConfig;
import org.vipd.daemon.config.CommandLine;
import org.vipd.daemon.config.keepalived.text.Statement;
import org.vipd.daemon.config.keepalived.text.Word;

/** Reads command lines: {@code keyword "command with arguments" [user [group]]}. */
final class Commands {

  private final Values values;
  private final ScriptDefaults defaults;

  Commands(Values values) {
    this.values = values;
    this.defaults = values.scriptDefaults();
  }

  Optional<CommandConfig> interpret(Statement statement) {
    Optional<Word> word = values.required(statement, "a command");
    if (word.isEmpty()) {
      return Optional.empty();
    }
    String text = word.get().text().strip();
    List<Word> rest = statement.arguments().subList(1, statement.arguments().size());
    if (!rest.isEmpty() && text.indexOf(' ') < 0 && !looksLikeUser(rest)) {
      text = statement.arguments().stream().map(Word::text).collect(Collectors.joining(" "));
      values.warning(
          rest.get(0).place(),
          "the command is not quoted; all words are taken as the command, where keepalived would take "
              + Values.quoted(rest.get(0))
              + " as the user to run it",
          "write: " + statement.keyword() + " \"" + text + "\"");
      rest = List.of();
    }
    List<String> words = CommandLine.split(text);
    if (words.isEmpty() || words.get(0).isEmpty()) {
      values.error(word.get().place(), statement.keyword() + " is empty", "write the command");
      return Optional.empty();
    }
    return Optional.of(
        new CommandConfig(
            text, words, account(rest).or(defaults::account), defaults.areScriptsGuarded()));
  }

  /** User and, when given, group; a colon before the group asks for supplementary groups. */
  Optional<Account> account(List<Word> words) {
    if (words.isEmpty()) {
      return Optional.empty();
    }
    String group = words.size() < 2 ? "" : words.get(1).text();
    boolean hasColon = group.startsWith(":");
    String name = hasColon ? group.substring(1) : group;
    return Optional.of(
        new Account(
            words.get(0).text(),
            name.isEmpty() ? Optional.empty() : Optional.of(name),
            hasColon || defaults.hasSupplementaryGroups()));
  }

  private static boolean looksLikeUser(List<Word> rest) {
    return rest.size() <= 2
        && rest.stream().allMatch(word -> word.text().matches("[a-z_][a-z0-9_-]*"))
        && Accounts.userExists(rest.get(0).text());
  }
}
