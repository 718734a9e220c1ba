package org.vipd.daemon.config.keepalived.text;

import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vipd.daemon.config.Template;

/** What the characters of a line mean: blanks, quotes, comments. */
final class Characters {

  /** Keywords whose arguments may be quoted with either quote and concatenated from pieces. */
  private static final Set<String> COMMAND_KEYWORDS =
      Set.of(
          "script",
          "notify",
          "notify_master",
          "notify_backup",
          "notify_fault",
          "notify_stop",
          "notify_deleted",
          "notify_master_rx_lower_pri",
          "before_release",
          "notify_fifo_script",
          "vrrp_notify_fifo_script",
          "startup_script",
          "shutdown_script");

  /** Commands of blocks that are skipped. */
  private static final Set<String> OTHER_COMMANDS =
      Set.of(
          "misc_path",
          "notify_up",
          "notify_down",
          "quorum_up",
          "quorum_down",
          "lvs_notify_fifo_script",
          "checkers_notify_fifo_script",
          "bfd_notify_fifo_script");

  private static final Pattern DEFINITION = Pattern.compile("\\s*\\$\\w+=[\\s\"']*");

  private static final String PASSWORD = "auth_pass";

  /** Within so many characters the braces of a command are closed: keepalived reads 1,024. */
  private static final int BRACES_LIMIT = 1024;

  /** What keepalived takes for a password: one word without a brace. */
  private static final Pattern PLAIN_PASSWORD = Pattern.compile("\\s*auth_pass\\s+[^\\s{}]+\\s*");

  private Characters() {}

  static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\u000B';
  }

  static boolean isComment(char c) {
    return c == '#' || c == '!';
  }

  static int skipBlanks(String text, int start) {
    int i = start;
    while (i < text.length() && isBlank(text.charAt(i))) {
      i++;
    }
    return i;
  }

  /** The first word of a line from an index on. */
  static String firstWord(String text, int start) {
    int from = skipBlanks(text, start);
    int to = from;
    while (to < text.length() && !isBlank(text.charAt(to))) {
      to++;
    }
    return text.substring(from, to);
  }

  static boolean isCommandKeyword(String word) {
    return COMMAND_KEYWORDS.contains(word);
  }

  /**
   * Index of the first brace or comment outside quotes, or the length of the text. A backslash
   * before a comment character keeps it. Single quotes protect in command lines only.
   *
   * @param quoteStart told where a quote begins that is not closed
   */
  static int segmentEnd(String text, int start, java.util.function.IntConsumer quoteStart) {
    String keyword = firstWord(text, start);
    boolean isCommand = isCommandKeyword(keyword);
    char quote = 0;
    int opened = start;
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote != 0) {
        if (isCommand && c == '\\') {
          i++;
        } else if (c == quote) {
          quote = 0;
        }
      } else if (c == '"' || (isCommand && c == '\'')) {
        quote = c;
        opened = i;
      } else if (isEscape(text, i, isCommand)) {
        i++;
      } else if (isBraceWord(text, i, keyword)) {
        i = text.indexOf('}', i);
      } else if (isCommand && c == '{' && hasArgument(text, start, keyword, i)) {
        int close = closing(text, i);
        if (close < 0) {
          return i;
        }
        i = close;
      } else if (c == '{' || c == '}' || isComment(c)) {
        return i;
      }
    }
    if (quote != 0) {
      quoteStart.accept(opened);
    }
    return text.length();
  }

  private static boolean hasArgument(String text, int start, String keyword, int index) {
    return skipBlanks(text, skipBlanks(text, start) + keyword.length()) < index;
  }

  /** Index of the brace that closes one on the same line, or -1; quotes mean nothing to it. */
  private static int closing(String text, int open) {
    int depth = 0;
    int end = Math.min(text.length(), open + BRACES_LIMIT);
    for (int i = open; i < end; i++) {
      char c = text.charAt(i);
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    return -1;
  }

  /** Whether a backslash at the index takes away the meaning of the next character. */
  private static boolean isEscape(String text, int index, boolean isCommand) {
    if (text.charAt(index) != '\\' || index + 1 >= text.length()) {
      return false;
    }
    char next = text.charAt(index + 1);
    return isComment(next) || (isCommand && (next == '"' || next == '\''));
  }

  /**
   * Whether braces that belong to a word start at the index: {@code ${...}}, or alternatives in the
   * pattern of an include.
   */
  private static boolean isBraceWord(String text, int index, String keyword) {
    char c = text.charAt(index);
    if (c != '$' && c != '{') {
      return false;
    }
    int close = text.indexOf('}', index);
    if (c == '$') {
      return close > 0 && text.charAt(index + 1) == '{';
    }
    return close > 0
        && IncludePolicy.ofKeyword(keyword, IncludePolicy.LENIENT).isPresent()
        && text.substring(index, close).chars().noneMatch(it -> isBlank((char) it));
  }

  /** Whether a line is that of a password. */
  static boolean isPassword(String text) {
    return firstWord(text, 0).equals(PASSWORD);
  }

  /** Index of the comment of a line, or its length. */
  static int commentStart(String text) {
    if (text.indexOf('#') < 0 && text.indexOf('!') < 0) {
      return text.length();
    }
    int index = 0;
    while (index < text.length()) {
      index = segmentEnd(text, index, ignored -> {});
      if (index < text.length() && isComment(text.charAt(index))) {
        return index;
      }
      index++;
    }
    return text.length();
  }

  /**
   * Where a line, without its condition, has what a template leaves; commands may have such braces
   * of their own, with quotes or without.
   */
  static OptionalInt templateMark(String text) {
    OptionalInt mark = Template.mark(text);
    int end = mark.isEmpty() ? 0 : commentStart(text);
    if (mark.isEmpty() || mark.getAsInt() >= end || isPlainPassword(text, end)) {
      return OptionalInt.empty();
    }
    Matcher definition = DEFINITION.matcher(text);
    if (definition.lookingAt()) {
      // a command may be defined, but none begins so
      return definition.end() == mark.getAsInt() ? mark : OptionalInt.empty();
    }
    int index = 0;
    while (index <= mark.getAsInt()) {
      String word = firstWord(text, index);
      if (isCommandKeyword(word) || OTHER_COMMANDS.contains(word)) {
        return OptionalInt.empty();
      }
      index = segmentEnd(text, index, ignored -> {}) + 1;
    }
    return mark;
  }

  private static boolean isPlainPassword(String text, int end) {
    return isPassword(text) && PLAIN_PASSWORD.matcher(text).region(0, end).matches();
  }
}
