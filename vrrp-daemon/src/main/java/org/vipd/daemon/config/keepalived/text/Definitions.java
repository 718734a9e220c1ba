package org.vipd.daemon.config.keepalived.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vipd.daemon.config.Place;
import org.vipd.daemon.config.ProblemKind;
import org.vipd.daemon.config.Problems;

/**
 * {@code $NAME=value} and its use as {@code ${NAME}} or, before a blank, a comma, a closing
 * parenthesis or the end of the line, {@code $NAME}. Values are replaced where they are used, so a
 * value may refer to what is defined later. What is not defined stays as it is.
 */
final class Definitions {

  /** A line that grows beyond this through definitions is refused. */
  static final int LENGTH_LIMIT = 16_384;

  private static final int LINES_LIMIT = 10_000;

  /** Replacements in one configuration; nested empty definitions would else multiply for ever. */
  private static final int REPLACEMENTS_LIMIT = 100_000;

  private static final int DEPTH_LIMIT = 32;
  private static final Pattern REFERENCE =
      Pattern.compile(
          "\\$(?:\\{([A-Za-z_][A-Za-z0-9_]*)((?: [^}{$]*)?)\\}|([A-Za-z_][A-Za-z0-9_]*)(?=[\\s,)]|$))");

  private static final Pattern GLUED =
      Pattern.compile("\\$([A-Za-z_][A-Za-z0-9_]*)(?![A-Za-z0-9_\\s,)]|$)");

  private static final Pattern SECRET = Pattern.compile("auth_pass|key");

  /** In a command a shell may know it, and a password is not to be shown. */
  private static final Pattern MAY_HAVE_DOLLARS =
      Pattern.compile(".*script|notify.*|auth_pass|key");

  /** A definition with blanks before its sign is none, and is told of as an unknown keyword. */
  private static final Pattern SPACED = Pattern.compile("^\\s*\\$\\w+\\s+=");

  private final Map<String, List<SourceLine>> values = new HashMap<>();
  private final SourceOptions options;
  private final Problems problems;
  private final SplittableRandom random;
  private String directory = "";
  private int replacements;

  Definitions(SourceOptions options, Problems problems) {
    this.options = options;
    this.problems = problems;
    this.random = new SplittableRandom(options.seed());
  }

  /** Sets what {@code ${_PWD}} means. */
  void enterDirectory(String path) {
    directory = path;
  }

  void define(String name, List<SourceLine> lines) {
    if (lines.size() > LINES_LIMIT) {
      problems.error(
          lines.get(0).place(0),
          "definition of $" + name + " has more than " + LINES_LIMIT + " lines",
          "is a line without a backslash missing?");
    } else {
      values.put(name, List.copyOf(lines));
    }
  }

  /** Takes a definition back; for variables of a sequence. */
  void remove(String name) {
    values.remove(name);
  }

  /** Whether so much has been replaced that reading must end. */
  boolean isExhausted() {
    return replacements > REPLACEMENTS_LIMIT;
  }

  /** The lines of a definition. */
  Optional<List<SourceLine>> find(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /**
   * A line with all definitions replaced; several lines when a value has several. Behind the head
   * of a sequence nothing is replaced: what stands there is repeated first.
   */
  List<SourceLine> expand(SourceLine line) {
    if (line.text().indexOf('$') < 0) {
      return List.of(line);
    }
    List<SourceLine> expanded = new ArrayList<>();
    boolean complete = expand(line, new ArrayList<>(), expanded);
    expanded.forEach(this::reportGlued);
    return complete ? expanded : List.of();
  }

  /**
   * A definition without braces needs a blank, a comma, a bracket or the end of the line behind.
   */
  private void reportGlued(SourceLine line) {
    Matcher left = GLUED.matcher(line.text());
    while (!isSecret(line) && left.find()) {
      if (values.containsKey(left.group(1))) {
        String what = left.group() + " stays as it is, because more text follows";
        problems.warning(
            place(line, left.start()),
            what,
            "write ${" + left.group(1) + "}",
            ProblemKind.unreplaced(what));
      }
    }
  }

  private static boolean isSecret(SourceLine line) {
    return SECRET.matcher(Characters.firstWord(line.text(), 0)).matches();
  }

  private static boolean mayBeReported(SourceLine line) {
    return line.text().indexOf('$') >= 0
        && !MAY_HAVE_DOLLARS.matcher(Characters.firstWord(line.text(), 0)).matches();
  }

  /** Appends the expansion of a line; false when that was impossible and has been reported. */
  private boolean expand(SourceLine start, List<String> within, List<SourceLine> expanded) {
    SourceLine line = start;
    Matcher matcher = REFERENCE.matcher(line.text());
    int from = 0;
    while (matcher.find(from) && !isRepeated(line, matcher.start())) {
      String name = matcher.group(1) != null ? matcher.group(1) : matcher.group(3);
      String parameters = matcher.group(2) == null ? "" : matcher.group(2).strip();
      Optional<List<SourceLine>> value = value(name, parameters, line, matcher.start());
      if (value.isEmpty()) {
        from = matcher.end();
        continue;
      }
      List<SourceLine> inner = new ArrayList<>();
      boolean complete =
          isPossible(name, within, line, matcher.start())
              && isAffordable(1 + value.get().size(), line, matcher.start())
              && expandValue(value.get(), name, within, inner);
      if (!complete) {
        return false;
      }
      if (isSecret(start)) {
        inner.forEach(it -> problems.hide(it.text()));
      }
      int rest = line.length() - matcher.end();
      line = insert(line, matcher.start(), matcher.end(), inner, expanded);
      from = line.length() - rest;
      if (line.length() > LENGTH_LIMIT || expanded.size() > LINES_LIMIT) {
        problems.error(
            start.place(0), "definitions make this line too long", "does one repeat another?");
        return false;
      }
      matcher = REFERENCE.matcher(line.text());
    }
    expanded.add(line);
    return true;
  }

  private static boolean isRepeated(SourceLine line, int index) {
    int head = Sequences.headEnd(line.text());
    return head > 0 && index >= head;
  }

  /** Says which references are left in a line: they stay as they are, as in keepalived. */
  void reportUndefined(SourceLine line) {
    if (!mayBeReported(line)) {
      return;
    }
    Matcher left = REFERENCE.matcher(line.text());
    boolean isDefinition = SPACED.matcher(line.text()).find();
    while (!isDefinition && left.find()) {
      String what = left.group() + " is not defined above";
      problems.warning(
          place(line, left.start()),
          what + ", so it stays as it is",
          values.isEmpty()
              ? "a definition is a line: $NAME=value; or is this a template that was not filled in?"
              : "is the name right? a definition is a line: $NAME=value",
          ProblemKind.unreplaced(what));
    }
  }

  /** Where the word begins that has a reference: what is wrong with the word is said there. */
  private static Place place(SourceLine line, int index) {
    boolean isCommand = Characters.isCommandKeyword(Characters.firstWord(line.text(), 0));
    int start = index;
    while (!isCommand && start > 0 && !Characters.isBlank(line.text().charAt(start - 1))) {
      start--;
    }
    return line.place(start);
  }

  private boolean expandValue(
      List<SourceLine> value, String name, List<String> within, List<SourceLine> inner) {
    List<String> deeper = new ArrayList<>(within);
    deeper.add(name);
    for (SourceLine part : value) {
      if (!expand(part, deeper, inner)) {
        return false;
      }
    }
    return true;
  }

  /** Puts a value into a line; all but the last line of the value become lines of their own. */
  private static SourceLine insert(
      SourceLine line, int from, int to, List<SourceLine> value, List<SourceLine> before) {
    String first = value.isEmpty() ? "" : value.get(0).text();
    SourceLine replaced = line.replace(from, to, first);
    if (value.size() < 2) {
      return replaced;
    }
    before.add(replaced.part(0, from + first.length()));
    before.addAll(value.subList(1, value.size() - 1));
    SourceLine last = value.get(value.size() - 1);
    String rest = line.text().substring(to);
    return rest.isBlank() ? last : last.replace(last.length(), last.length(), rest);
  }

  private boolean isPossible(String name, List<String> within, SourceLine line, int index) {
    if (within.contains(name)) {
      problems.error(
          line.place(index),
          "definition $"
              + name
              + " refers to itself: "
              + String.join(" -> ", within)
              + " -> "
              + name,
          "keepalived would hang here; break the circle");
      return false;
    }
    if (within.size() == DEPTH_LIMIT) {
      problems.error(
          line.place(index), "definitions refer to each other over " + DEPTH_LIMIT + " levels", "");
      return false;
    }
    return true;
  }

  /** Counts what is replaced, so that the end of reading is never silent. */
  private boolean isAffordable(int count, SourceLine line, int index) {
    replacements += count;
    if (replacements > REPLACEMENTS_LIMIT) {
      problems.error(
          line.place(index),
          "definitions are replaced more than " + REPLACEMENTS_LIMIT + " times",
          "do they multiply each other?");
      return false;
    }
    return true;
  }

  private Optional<List<SourceLine>> value(
      String name, String parameters, SourceLine line, int index) {
    List<SourceLine> defined = values.get(name);
    if (defined != null && parameters.isEmpty()) {
      return Optional.of(defined);
    }
    Optional<String> builtIn =
        switch (name) {
          case "_PWD" -> Optional.of(directory);
          case "_INSTANCE" -> Optional.of(options.configId());
          case "_HASH" -> Optional.of("#");
          case "_BANG" -> Optional.of("!");
          case "_ENV" -> Optional.of(variable(parameters, line.place(index)));
          case "_RANDOM" -> Optional.of(randomNumber(parameters, line, index));
          default -> Optional.empty();
        };
    return builtIn.map(text -> List.of(SourceLine.of(line.file(), 0, text)));
  }

  private String variable(String variable, Place place) {
    if (!options.environment().containsKey(variable)) {
      problems.warning(
          place,
          "the environment has no variable "
              + variable
              + ", so nothing stands here, as in keepalived",
          "set it where the daemon is started");
    }
    return options.environment().getOrDefault(variable, "");
  }

  private String randomNumber(String parameters, SourceLine line, int index) {
    long[] range = {0, 32_767};
    try {
      String[] words = parameters.isEmpty() ? new String[0] : parameters.split("\\s+", 3);
      for (int i = 0; i < Math.min(2, words.length); i++) {
        range[i] = Integer.parseInt(words[i]);
      }
    } catch (NumberFormatException e) {
      problems.warning(
          line.place(index), "_RANDOM needs whole numbers, found '" + parameters + "'", "");
    }
    return Long.toString(range[1] < range[0] ? range[0] : random.nextLong(range[0], range[1] + 1));
  }
}
