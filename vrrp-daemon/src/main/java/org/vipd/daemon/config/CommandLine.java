package org.vipd.daemon.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Splits a command into words as keepalived does before it starts a script: blanks separate, either
 * quote groups, and outside single quotes a backslash begins one of the {@link Escapes}. No shell
 * is involved, so variables and redirections are plain text.
 */
public final class CommandLine {

  private CommandLine() {}

  /** What stands for a character that was quoted. */
  private static final char PLAIN = 'x';

  /**
   * A word.
   *
   * @param text what the program gets
   * @param bare the same with {@code x} for each character that a shell would take as it is,
   *     because it is quoted
   */
  public record Word(String text, String bare) {}

  /** What is one word without quotes, here and for a shell. */
  private static final Pattern BARE = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

  /** A word as it stands in a command line that gives it back as one, and says it to a shell. */
  public static String quoted(String word) {
    if (BARE.matcher(word).matches()) {
      return word;
    }
    return word.indexOf('\'') < 0
        ? "'" + word + "'"
        : "\"" + word.replaceAll("[\\\\\"$`]", "\\\\$0") + "\"";
  }

  /** The words of a command line. */
  public static List<String> split(String command) {
    return words(command).stream().map(Word::text).toList();
  }

  /** The quote that a command line opens and does not close. */
  public static Optional<String> openQuote(String command) {
    char quote = 0;
    for (int i = 0; i < command.length(); i++) {
      char c = command.charAt(i);
      if (c == '\\' && quote != '\'') {
        i++;
      } else if (quote == 0 ? c == '"' || c == '\'' : c == quote) {
        quote = quote == 0 ? c : 0;
      }
    }
    return quote == 0 ? Optional.empty() : Optional.of(String.valueOf(quote));
  }

  /** The words of a command line, with what a shell would see of them. */
  public static List<Word> words(String command) {
    List<Word> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    StringBuilder bare = new StringBuilder();
    boolean inWord = false;
    char quote = 0;
    for (int i = 0; i < command.length(); i++) {
      char c = command.charAt(i);
      boolean isBlank = quote == 0 && Character.isWhitespace(c);
      if (isBlank && inWord) {
        words.add(new Word(word.toString(), bare.toString()));
        word.setLength(0);
        bare.setLength(0);
      }
      inWord = !isBlank;
      if (c == '\\' && quote != '\'' && i + 1 < command.length()) {
        i = Escapes.append(word, command, i) - 1;
        bare.append(PLAIN);
      } else if (quote == 0 ? c == '"' || c == '\'' : c == quote) {
        quote = quote == 0 ? c : 0;
      } else if (!isBlank) {
        word.append(c);
        bare.append(quote == 0 || isExpanded(c, quote) ? c : PLAIN);
      }
    }
    if (inWord) {
      words.add(new Word(word.toString(), bare.toString()));
    }
    return words;
  }

  /** What a shell replaces also inside double quotes. */
  private static boolean isExpanded(char c, char quote) {
    return quote == '"' && (c == '$' || c == '`');
  }
}
