package org.vipd.daemon.config.keepalived;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.vipd.daemon.config.Place;
import org.vipd.daemon.config.Problems;

/**
 * Splits configuration text into logical lines: words, opening braces, closing braces. Comments
 * start at {@code #} or {@code !} outside quotes and end with the line. Braces outside quotes stand
 * for themselves wherever they are.
 */
final class Scanner {

  /** A logical line. */
  sealed interface Line {
    Place place();

    record Words(Place place, List<Word> words) implements Line {}

    record Open(Place place) implements Line {}

    record Close(Place place) implements Line {}
  }

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
          "notify_fifo_script",
          "vrrp_notify_fifo_script",
          "startup_script",
          "shutdown_script");

  private final String file;
  private final Problems problems;
  private final List<Line> lines = new ArrayList<>();
  private String text = "";
  private int lineNumber;

  private Scanner(String file, Problems problems) {
    this.file = file;
    this.problems = problems;
  }

  /** All logical lines of the text. */
  static List<Line> scan(String file, String text, Problems problems) {
    Scanner scanner = new Scanner(file, problems);
    int start = text.startsWith("\uFEFF") ? 1 : 0;
    while (start < text.length()) {
      int end = text.indexOf('\n', start);
      end = end < 0 ? text.length() : end;
      scanner.scanLine(text.substring(start, end));
      start = end + 1;
    }
    return scanner.lines;
  }

  private void scanLine(String line) {
    text = line;
    lineNumber++;
    int start = 0;
    while (start >= 0 && start < text.length()) {
      start = scanSegment(start);
    }
  }

  /**
   * Scans up to a brace, a comment or the end; returns where to go on, or -1 when the line is done.
   */
  private int scanSegment(int start) {
    int end = segmentEnd(start);
    addWords(start, end);
    if (end == text.length() || isComment(text.charAt(end))) {
      return -1;
    }
    lines.add(text.charAt(end) == '{' ? new Line.Open(place(end)) : new Line.Close(place(end)));
    return end + 1;
  }

  private int segmentEnd(int start) {
    boolean singleQuotes = isCommandSegment(start);
    char quote = 0;
    int quoteStart = start;
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote != 0) {
        if (singleQuotes && c == '\\') {
          i++;
        } else if (c == quote) {
          quote = 0;
        }
      } else if (c == '"' || (singleQuotes && c == '\'')) {
        quote = c;
        quoteStart = i;
      } else if (c == '{' || c == '}' || isComment(c)) {
        return i;
      }
    }
    if (quote != 0) {
      problems.error(
          place(quoteStart), "quote is not closed on this line", "add the closing " + quote);
    }
    return text.length();
  }

  private boolean isCommandSegment(int start) {
    int from = skipBlanks(start, text.length());
    int to = from;
    while (to < text.length() && !isBlank(text.charAt(to))) {
      to++;
    }
    return COMMAND_KEYWORDS.contains(text.substring(from, to));
  }

  private void addWords(int start, int end) {
    boolean command = isCommandSegment(start);
    List<Word> words = new ArrayList<>();
    int position = skipBlanks(start, end);
    while (position < end) {
      position =
          command && !words.isEmpty()
              ? addPieces(words, position, end)
              : addPlainWord(words, position, end);
      position = skipBlanks(position, end);
    }
    if (!words.isEmpty()) {
      lines.add(new Line.Words(words.get(0).place(), List.copyOf(words)));
    }
  }

  /** A word outside command lines: a quoted piece is a word of its own. */
  private int addPlainWord(List<Word> words, int start, int end) {
    if (text.charAt(start) == '"') {
      int close = text.indexOf('"', start + 1);
      int stop = close < 0 || close >= end ? end : close;
      words.add(new Word(text.substring(start + 1, stop), place(start)));
      return Math.min(stop + 1, end);
    }
    int stop = start;
    while (stop < end && !isBlank(text.charAt(stop)) && text.charAt(stop) != '"') {
      stop++;
    }
    words.add(new Word(text.substring(start, stop), place(start)));
    return stop;
  }

  /**
   * A word of a command line: pieces in either quote and bare pieces are joined; a backslash keeps
   * the next character.
   */
  private int addPieces(List<Word> words, int start, int end) {
    StringBuilder word = new StringBuilder();
    char quote = 0;
    int i = start;
    while (i < end && (quote != 0 || !isBlank(text.charAt(i)))) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < end && quote != '\'') {
        i++;
        char escaped = text.charAt(i);
        if (quote != '"' && escaped != '"') {
          word.append('\\');
        }
        word.append(escaped);
      } else if (quote == 0 && (c == '"' || c == '\'')) {
        quote = c;
      } else if (c == quote) {
        quote = 0;
      } else {
        word.append(c);
      }
      i++;
    }
    words.add(new Word(word.toString(), place(start)));
    return i;
  }

  private int skipBlanks(int start, int end) {
    int i = start;
    while (i < end && isBlank(text.charAt(i))) {
      i++;
    }
    return i;
  }

  private Place place(int index) {
    return new Place(file, lineNumber, index + 1);
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\u000B';
  }

  private static boolean isComment(char c) {
    return c == '#' || c == '!';
  }
}
