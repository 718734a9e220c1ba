package org.vipd.daemon.config.keepalived.text;

import java.util.ArrayList;
import java.util.List;
import org.vipd.daemon.config.Escapes;
import org.vipd.daemon.config.Place;
import org.vipd.daemon.config.Problems;

/**
 * Splits one line into logical lines: words, opening braces, closing braces. Comments start at
 * {@code #} or {@code !} outside quotes and end with the line. Braces outside quotes stand for
 * themselves wherever they are.
 */
final class Scanner {

  private final SourceLine line;
  private final String text;
  private final Problems problems;
  private final List<LogicalLine> found = new ArrayList<>();
  private boolean isBraceReported;

  private Scanner(SourceLine line, Problems problems) {
    this.line = line;
    this.text = line.text();
    this.problems = problems;
  }

  /** The logical lines of a line; none when it is blank or a comment. */
  static List<LogicalLine> scan(SourceLine line, Problems problems) {
    Scanner scanner = new Scanner(line, problems);
    int start = 0;
    while (start >= 0 && start < line.length()) {
      start = scanner.scanSegment(start);
    }
    return scanner.found;
  }

  /**
   * Scans up to a brace, a comment or the end; returns where to go on, or -1 when the line is done.
   */
  private int scanSegment(int start) {
    int end = Characters.segmentEnd(text, start, this::reportOpenQuote);
    if (addPasswordOfBraces(start, end)) {
      return -1;
    }
    addWords(start, end);
    if (end == text.length()) {
      return -1;
    }
    char stop = text.charAt(end);
    if (Characters.isComment(stop)) {
      reportGluedComment(start, end);
      return -1;
    }
    Place place = line.place(end);
    found.add(stop == '{' ? new LogicalLine.Open(place) : new LogicalLine.Close(place));
    return end + 1;
  }

  private void reportOpenQuote(int index) {
    problems.error(
        line.place(index),
        "quote is not closed on this line",
        "add the closing " + text.charAt(index));
  }

  private void reportGluedComment(int start, int end) {
    String before = text.substring(start, end).strip();
    if (before.startsWith("auth_pass") && !Characters.isBlank(text.charAt(end - 1))) {
      problems.warning(
          line.place(end),
          "the password ends before '" + text.charAt(end) + "', which starts a comment",
          "put the password in double quotes");
    }
  }

  /** A password that begins with a brace: taken for one, the rest of the file would fall apart. */
  private boolean addPasswordOfBraces(int start, int end) {
    String before = text.substring(start, end).strip();
    boolean isOne =
        end + 1 < text.length()
            && !Characters.isComment(text.charAt(end))
            && !Characters.isBlank(text.charAt(end + 1))
            && Characters.isPassword(before)
            && Characters.firstWord(before, 0).equals(before);
    if (isOne) {
      problems.error(
          line.place(end),
          "the password begins with a brace, which begins or ends a block outside quotes",
          "put the password in double quotes");
      Word keyword = new Word(before, line.place(start));
      Word password = new Word(text.substring(end).strip(), line.place(end), true);
      found.add(new LogicalLine.Words(keyword.place(), List.of(keyword, password)));
    }
    return isOne;
  }

  private void addWords(int start, int end) {
    boolean command = Characters.isCommandKeyword(Characters.firstWord(text, start));
    List<Word> words = new ArrayList<>();
    int position = Characters.skipBlanks(text, start);
    while (position < end) {
      position =
          command && !words.isEmpty()
              ? addPieces(words, position, end)
              : addPlainWord(words, position, end);
      position = Characters.skipBlanks(text, position);
    }
    if (!words.isEmpty()) {
      found.add(new LogicalLine.Words(words.get(0).place(), List.copyOf(words)));
    }
  }

  /** A word outside command lines: a quoted piece is a word of its own. */
  private int addPlainWord(List<Word> words, int start, int end) {
    if (text.charAt(start) == '"') {
      int close = text.indexOf('"', start + 1);
      int stop = close < 0 || close >= end ? end : close;
      words.add(new Word(text.substring(start + 1, stop), line.place(start), true));
      return Math.min(stop + 1, end);
    }
    StringBuilder word = new StringBuilder();
    int stop = start;
    while (stop < end && !Characters.isBlank(text.charAt(stop)) && text.charAt(stop) != '"') {
      stop += escapesComment(stop, end) ? 1 : 0;
      word.append(text.charAt(stop));
      stop++;
    }
    words.add(new Word(word.toString(), line.place(start)));
    return stop;
  }

  private boolean escapesComment(int index, int end) {
    boolean escapes =
        text.charAt(index) == '\\'
            && index + 1 < end
            && Characters.isComment(text.charAt(index + 1));
    if (escapes) {
      reportEscaped(index);
    }
    return escapes;
  }

  private void reportEscaped(int index) {
    char kept = text.charAt(index + 1);
    problems.warning(
        line.place(index),
        "\\" + kept + " is taken as '" + kept + "'; keepalived would start a comment here",
        "use double quotes, which both understand");
  }

  /**
   * A word of a command line: pieces in either quote and bare pieces are joined; a backslash begins
   * an escape.
   */
  private int addPieces(List<Word> words, int start, int end) {
    StringBuilder word = new StringBuilder();
    char quote = 0;
    boolean isQuoted = false;
    int i = start;
    while (i < end && (quote != 0 || !Characters.isBlank(text.charAt(i)))) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < end && quote != '\'') {
        i = appendEscaped(word, i, quote) - 1;
      } else if (quote == 0 && (c == '"' || c == '\'')) {
        quote = c;
        isQuoted = true;
      } else if (c == quote) {
        quote = 0;
      } else {
        reportSingleQuoted(quote, c, i);
        reportBare(quote, c, i);
        word.append(c);
      }
      i++;
    }
    words.add(new Word(word.toString(), line.place(start), isQuoted));
    return i;
  }

  /**
   * Escapes are undone twice, as in keepalived: here those in double quotes, so that blanks among
   * them separate, and all others when the command is split. Returns where the text goes on.
   */
  private int appendEscaped(StringBuilder word, int index, char quote) {
    if (quote == '"') {
      return Escapes.append(word, text, index);
    }
    char escaped = text.charAt(index + 1);
    if (Characters.isComment(escaped)) {
      reportEscaped(index);
    } else if (escaped != '"') {
      word.append('\\');
    }
    word.append(escaped);
    return index + 2;
  }

  private void reportBare(char quote, char c, int index) {
    if (quote == 0 && c == '{' && !isBraceReported && text.charAt(index - 1) != '$') {
      isBraceReported = true;
      problems.warning(
          line.place(index),
          "braces are part of the command; keepalived would end it before them",
          "put the whole command in double quotes");
    }
  }

  private void reportSingleQuoted(char quote, char c, int index) {
    if (quote == '\'' && (Characters.isComment(c) || c == '{' || c == '}')) {
      problems.warning(
          line.place(index),
          "'" + c + "' is part of the command; keepalived would end it here, single quotes or not",
          "use double quotes, which both understand");
    }
  }
}
