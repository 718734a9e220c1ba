package org.vipd.daemon.config.keepalived;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.vipd.daemon.config.Account;
import org.vipd.daemon.config.CommandConfig;
import org.vipd.daemon.config.CommandLine;
import org.vipd.daemon.config.ConfigProblem;
import org.vipd.daemon.config.ProblemKind;
import org.vipd.daemon.config.account.AccountFile;
import org.vipd.daemon.config.keepalived.text.Statement;
import org.vipd.daemon.config.keepalived.text.Word;

/**
 * Reads command lines: {@code keyword "command with arguments" [user [group]]}. Without quotes all
 * words are the command, unless they name a user; with quotes never.
 */
final class Commands {

  private final Values values;
  private final ScriptDefaults defaults;

  Commands(Values values) {
    this.values = values;
    this.defaults = values.scriptDefaults();
  }

  Optional<CommandConfig> interpret(Statement statement) {
    // keepalived ends for want of a notify script, and goes on without all others
    Optional<Word> word =
        statement.keyword().endsWith("script")
            ? values.wanted(statement, "a command")
            : values.required(statement, "a command");
    if (word.isEmpty()) {
      return Optional.empty();
    }
    String text = word.get().text().strip();
    List<Word> rest = statement.arguments().subList(1, statement.arguments().size());
    boolean isOpen = !word.get().isQuoted() && text.indexOf(' ') < 0;
    if (!rest.isEmpty() && isOpen && !looksLikeUser(rest)) {
      text = whole(statement);
      reportBare(statement, rest.get(0));
      rest = List.of();
    }
    List<String> words = CommandLine.split(text);
    if (words.isEmpty() || words.get(0).isEmpty()) {
      values.warning(
          word.get().place(),
          statement.keyword() + " is empty and is skipped, as in keepalived",
          "write the command");
      return Optional.empty();
    }
    if (!rest.isEmpty()) {
      reportUnknown(statement, rest.get(0));
    }
    CommandLine.openQuote(text).ifPresent(quote -> reportOpen(word.get(), quote));
    return Optional.of(
        new CommandConfig(
            text, words, account(rest).or(defaults::account), defaults.areScriptsGuarded()));
  }

  private void reportBare(Statement statement, Word second) {
    if (second.text().startsWith("{")) {
      // what keepalived makes of the brace was said
      return;
    }
    values.warning(
        second.place(),
        "the command is not quoted; all words are taken as the command, where keepalived would take "
            + Values.quoted(second)
            + " as the user to run it",
        "write: " + inQuotes(statement));
  }

  private void reportOpen(Word command, String quote) {
    values.warning(
        command.place(),
        "the command has a "
            + quote
            + " that is not closed; it is taken to end with the command, where keepalived drops the"
            + " command",
        "close it, or write \\" + quote + " for the character itself");
  }

  /** A word with quotes where it needs them to stay the one word that it was written as. */
  private static String written(Word word) {
    return word.isQuoted() ? CommandLine.quoted(word.text()) : word.text();
  }

  /** Such a command is kept: it fails as this user instead of running as another. */
  private void reportUnknown(Statement statement, Word user) {
    if (!AccountFile.isNumber(user.text())
        && !AccountFile.USERS.hasName(user.text()).orElse(false)) {
      boolean isQuoted = statement.argument(0).filter(Word::isQuoted).isPresent();
      values.add(
          new ConfigProblem(
              user.place(),
              ConfigProblem.Severity.WARNING,
              (isQuoted ? "user " : "the command is not quoted, so the user is ")
                  + Values.quoted(user)
                  + (isQuoted ? "" : ", who")
                  + " does not exist on this host, so the command cannot run",
              isQuoted
                  ? "create the user, or put all words of the command into the quotes"
                  : "create the user; or, if that is no user, write: " + inQuotes(statement),
              isQuoted ? ProblemKind.NO_USER : ProblemKind.NO_USER_PERHAPS));
    }
  }

  /** The line with all of its words as the command. */
  private static String inQuotes(Statement statement) {
    return statement.keyword() + " \"" + whole(statement).replaceAll("[\\\\\"]", "\\\\$0") + "\"";
  }

  private static String whole(Statement statement) {
    return statement.arguments().stream().map(Commands::written).collect(Collectors.joining(" "));
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

  /**
   * Whether words can be a user and a group. One that this host does not know counts, too: the file
   * may be for another host, and a command must never run as somebody mightier than it says.
   */
  private static boolean looksLikeUser(List<Word> rest) {
    return rest.size() <= 2
        && rest.stream().allMatch(word -> word.text().matches("[a-z_][a-z0-9_-]*"));
  }
}
