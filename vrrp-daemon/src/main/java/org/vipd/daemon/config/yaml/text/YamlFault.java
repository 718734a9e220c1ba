package org.vipd.daemon.config.yaml.text;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vipd.daemon.config.OddBlank;
import org.vipd.daemon.config.Place;
import org.vipd.daemon.config.yaml.key.Reports;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.scanner.Scanner;
import org.yaml.snakeyaml.scanner.ScannerImpl;
import org.yaml.snakeyaml.tokens.ScalarToken;
import org.yaml.snakeyaml.tokens.Token;

/** Says why a text is no YAML, and where that begins, which is often before a parser stumbles. */
final class YamlFault {

  private static final String NO_YAML = "not valid YAML: ";

  /** An IPv6 address whose end is left out as zeros. */
  private static final Pattern OPEN_ADDRESS = Pattern.compile("[0-9A-Fa-f]::\\s*(?:#.*)?$");

  private static final Pattern NO_TOKEN =
      Pattern.compile("found character '(.+?)' that cannot start any token");

  private final String file;
  private final String text;
  private final List<String> lines;
  private final MarkedYAMLException fault;

  /** What a parser stumbled over in the text of a file. */
  YamlFault(String file, String text, MarkedYAMLException fault) {
    this.file = file;
    this.text = text;
    this.lines = List.of(text.split("\n", -1));
    this.fault = fault;
  }

  void report(Reports reports) {
    if (fault.getProblemMark() == null) {
      reports.error(Place.ofFile(file), saying(), hint());
      return;
    }
    Optional<Mark> quote = quote();
    Optional<Place> blank = oddBlank();
    if (blank.isPresent()) {
      String odd = lines.get(blank.get().line() - 1).substring(blank.get().column() - 1);
      reports.error(
          blank.get(),
          NO_YAML + OddBlank.in(odd).orElseThrow() + " is no blank, it only looks so",
          "write a blank instead");
    } else if (quote.isPresent()) {
      openQuote(quote.get(), reports);
    } else if (!new YamlLayout(file, lines).report(fault, reports)) {
      reports.error(place(fault.getProblemMark()), saying(), hint());
    }
  }

  private Place place(Mark mark) {
    return new Place(file, mark.getLine() + 1, mark.getColumn() + 1);
  }

  /** The first such character of the lines that the parser had in hand, outside quotes. */
  private Optional<Place> oddBlank() {
    int last = Math.min(fault.getProblemMark().getLine(), lines.size() - 1);
    Mark context = fault.getContextMark();
    boolean isScanning = context != null && saying().contains("while scanning a simple key");
    int first = Math.max(0, isScanning ? Math.min(context.getLine(), last - 1) : last - 1);
    for (int i = first; i <= last; i++) {
      int column = oddBlank(lines.get(i));
      if (column >= 0) {
        return Optional.of(new Place(file, i + 1, column + 1));
      }
    }
    return Optional.empty();
  }

  private static int oddBlank(String line) {
    char quote = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      boolean isComment = c == '#' && (i == 0 || line.charAt(i - 1) == ' ');
      if (quote == 0 && isComment) {
        return -1;
      }
      if (quote == 0 && OddBlank.is(c)) {
        return i;
      }
      if (quote == 0 ? c == '"' || c == '\'' : c == quote) {
        quote = quote == 0 ? c : 0;
      }
    }
    return -1;
  }

  /**
   * Where the quote opens that is not closed: it runs to the end of the text, or to the quote that
   * should open the next value, behind which nothing fits.
   */
  private Optional<Mark> quote() {
    Mark context = fault.getContextMark();
    boolean isOpen = context != null && saying().contains("while scanning a quoted scalar");
    Mark end = isOpen ? context : fault.getProblemMark();
    Optional<Mark> earlier = Optional.empty();
    Scanner scanner = new ScannerImpl(new StreamReader(text), new LoaderOptions());
    try {
      while (scanner.checkToken()) {
        Token token = scanner.getToken();
        boolean isLong =
            token instanceof ScalarToken it
                && !it.getPlain()
                && isQuote(it.getStartMark())
                && it.getStartMark().getLine() < it.getEndMark().getLine();
        if (isLong && token.getEndMark().getLine() == end.getLine()) {
          earlier = Optional.of(token.getStartMark());
        }
      }
    } catch (YAMLException e) {
      // that is what is being explained
    }
    return isOpen ? earlier.or(() -> Optional.of(context)) : earlier;
  }

  private boolean isQuote(Mark mark) {
    char c = character(mark);
    return c == '"' || c == '\'';
  }

  private char character(Mark mark) {
    String line = lines.get(mark.getLine());
    int index =
        line.offsetByCodePoints(
            0, Math.min(mark.getColumn(), line.codePointCount(0, line.length())));
    return index < line.length() ? line.charAt(index) : ' ';
  }

  private void openQuote(Mark mark, Reports reports) {
    reports.error(
        place(mark),
        NO_YAML + "the quote that opens here is not closed on its line",
        "add the closing " + character(mark) + " where the text ends");
  }

  private String saying() {
    String context = fault.getContext() == null ? "" : fault.getContext() + ": ";
    String problem = firstLine(fault.getProblem());
    Matcher odd = NO_TOKEN.matcher(problem);
    if (!odd.lookingAt()) {
      return NO_YAML + context + problem;
    }
    return NO_YAML
        + (odd.group(1).startsWith("\\t")
            ? "a tab stands where only blanks may"
            : "a value cannot begin with '" + odd.group(1) + "'");
  }

  private String hint() {
    String problem = String.valueOf(fault.getProblem());
    if (problem.contains("'\\t'") || problem.contains("\\t")) {
      return "write blanks instead";
    }
    if (problem.contains("expected <block end>")) {
      return "indent it like the lines that belong to the same keys";
    }
    if (problem.contains("expected ',' or ']'") || problem.contains("expected ',' or '}'")) {
      return bracketHint(problem);
    }
    if (problem.contains("expected the node content, but found ':'")) {
      return "put the value in quotes: it begins with a colon";
    }
    if (problem.contains("cannot start any token")) {
      return problem.contains("'%'")
          ? "put the value in quotes, or is this a template that was not filled in?"
          : "put the value in quotes";
    }
    if (problem.contains("mapping values are not allowed")) {
      if (OPEN_ADDRESS.matcher(lines.get(fault.getProblemMark().getLine())).find()) {
        return "put the address in quotes: a colon at its end makes a key of it";
      }
      return "a blank belongs behind each colon of a key, and a value with ': ' in quotes; the line"
          + " before may be the one";
    }
    if (problem.contains("found another document")) {
      return "delete the ---: a file is one document";
    }
    if (problem.contains("tag is not allowed")) {
      return "delete it";
    }
    return problem.contains("not allowed") ? "write the value out" : "";
  }

  private String bracketHint(String problem) {
    Mark opens = fault.getContextMark();
    boolean isHere = opens == null || opens.getLine() == fault.getProblemMark().getLine();
    if (isHere && problem.contains("but got :")) {
      return "put a value with ': ' in quotes, or close the bracket before it";
    }
    return isHere
        ? "close the bracket that is open above"
        : "close the bracket that opens in line " + (opens.getLine() + 1);
  }

  private static String firstLine(String text) {
    return String.valueOf(text).lines().findFirst().orElse("");
  }
}
