package org.vipd.daemon.config.check;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.vipd.daemon.config.CommandConfig;
import org.vipd.daemon.config.CommandLine;
import org.vipd.daemon.config.CommandLine.Word;

/** Words of a command that only a shell understands. What is quoted or escaped is none of them. */
final class ShellSyntax {

  private static final Set<String> OPERATORS = Set.of("|", "||", "&&", ";", "&");

  /** Redirections, substitutions, variables, and a word that ends a command. */
  private static final Pattern SHELL_WORD =
      Pattern.compile("[0-9&]?(>>?|<)(&[0-9-]|.*)|\\$[({A-Za-z_].*|`.*|[^\\s;]+;");

  /** Names that a shell would look up; a dot before the asterisk is rather an expression. */
  private static final Pattern FILE_PATTERN = Pattern.compile("~(/.*)?|[^:]*/[^:]*(?<!\\.)\\*.*");

  /** Options of find(1) whose command ends with a semicolon. */
  private static final Set<String> ENDED_BY_SEMICOLON =
      Set.of("-exec", "-execdir", "-ok", "-okdir");

  private static final Pattern QUOTING = Pattern.compile("['\"\\\\]");

  private static final Pattern SHELL = Pattern.compile("^(?:\\S*/)?(?:ba|da|k|z)?sh\\s+-\\w*c\\s");

  private ShellSyntax() {}

  /** The first such word behind the program. */
  static Optional<String> in(CommandConfig command) {
    boolean isEnded = false;
    List<Word> words = words(command);
    for (Word word : words.subList(1, words.size())) {
      isEnded |= ENDED_BY_SEMICOLON.contains(word.text());
      boolean isEnd = isEnded && word.text().equals(";");
      if (!isEnd && isForShell(word.bare())) {
        return Optional.of(word.text());
      }
    }
    return Optional.empty();
  }

  private static boolean isForShell(String word) {
    return OPERATORS.contains(word)
        || SHELL_WORD.matcher(word).matches()
        || FILE_PATTERN.matcher(word).matches();
  }

  /** The words as they were quoted; a command that was given as a list has no quotes. */
  private static List<Word> words(CommandConfig command) {
    List<Word> words = CommandLine.words(command.text());
    return words.stream().map(Word::text).toList().equals(command.words())
        ? words
        : command.words().stream().map(it -> new Word(it, it)).toList();
  }

  /**
   * What to write instead; a command with quotes of its own does not go into others as it is.
   *
   * @param isInQuotes whether a command with blanks has to be quoted
   */
  static String remedy(CommandConfig command, boolean isInQuotes) {
    if (SHELL.matcher(command.text()).find()) {
      return "put all that follows -c into one pair of quotes";
    }
    if (QUOTING.matcher(command.text()).find()) {
      return "put the line into a script of its own that begins with #!/bin/sh, and name that";
    }
    String quote = isInQuotes ? "\"" : "";
    return "write: " + quote + "/bin/sh -c '" + command.text() + "'" + quote;
  }
}
