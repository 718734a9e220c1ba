package org.vipd.daemon.config.keepalived.text;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vipd.daemon.config.ConfigHash;
import org.vipd.daemon.config.Place;
import org.vipd.daemon.config.Problems;
import org.vipd.daemon.config.Template;

/**
 * Reads a configuration and all it includes. Each line goes through comments, conditions,
 * definitions, sequences and braces, in this order.
 */
public final class SourceReader {

  /** Larger files are refused, in bytes. */
  public static final int SIZE_LIMIT = TextFile.SIZE_LIMIT;

  /** keepalived's buffer for a line, in bytes. */
  private static final int KEEPALIVED_LINE_LIMIT = 1024;

  private static final int LINE_LIMIT = 8192;
  private static final int TOTAL_LIMIT = 500_000;
  private static final int DEPTH_LIMIT = 32;
  private static final String INCLUDE_CHECK = "include_check";
  private static final int FILES_LIMIT = 1000;
  private static final Pattern CONDITION = Pattern.compile("\\s*@(\\^?)(\\S*)");

  private final SourceOptions options;
  private final Problems problems;
  private final ConfigHash hash;
  private final Definitions definitions;
  private final Sequences sequences;
  private final Optional<Consumer<ReadLine>> listener;
  private final Conditions conditions;
  private final List<LogicalLine> lines = new ArrayList<>();
  private final List<Path> open = new ArrayList<>();
  private IncludePolicy policy = IncludePolicy.LENIENT;
  private int files;
  private long characters;
  private int words;
  private boolean isFull;

  private SourceReader(
      SourceOptions options,
      Problems problems,
      ConfigHash hash,
      Optional<Consumer<ReadLine>> listener) {
    this.listener = listener;
    this.options = options;
    this.problems = problems;
    this.hash = hash;
    this.definitions = new Definitions(options, problems);
    this.sequences = new Sequences(definitions, problems);
    this.conditions = new Conditions(options.configId());
  }

  /**
   * The lines of a file and of all it includes; problems say what is wrong with them.
   *
   * @param hash takes the files that are read
   */
  public static ReadLines read(
      Path path, SourceOptions options, Problems problems, ConfigHash hash) {
    return read(path, new SourceReader(options, problems, hash, Optional.empty()));
  }

  /** The same, where somebody is told of each line before what it includes is read. */
  public static ReadLines read(
      Path path,
      SourceOptions options,
      Problems problems,
      ConfigHash hash,
      Consumer<ReadLine> listener) {
    return read(path, new SourceReader(options, problems, hash, Optional.of(listener)));
  }

  private static ReadLines read(Path path, SourceReader reader) {
    reader.file(path, Place.ofFile(path.toString()));
    reader.conditions.report(reader.problems);
    return reader.lines();
  }

  /** What was read; nothing where reading ended early, for its end is missing then. */
  private ReadLines lines() {
    return new ReadLines(isFull ? List.of() : lines, problems);
  }

  /** The lines of a text; what it includes is relative to the working directory. */
  public static ReadLines parse(
      String file, String text, SourceOptions options, Problems problems) {
    SourceReader reader = new SourceReader(options, problems, new ConfigHash(), Optional.empty());
    reader.open.add(Path.of("").toAbsolutePath().resolve("text"));
    reader.text(file, text);
    reader.conditions.report(problems);
    return reader.lines();
  }

  private void file(Path path, Place place) {
    Optional<String> text = TextFile.read(path, place, problems, hash);
    if (text.isEmpty()) {
      return;
    }
    characters += text.get().length();
    IncludePolicy before = policy;
    open.add(path.toAbsolutePath().normalize());
    enterDirectory();
    text(path.toString(), text.get());
    open.remove(open.size() - 1);
    enterDirectory();
    policy = before;
  }

  private void enterDirectory() {
    if (!open.isEmpty()) {
      definitions.enterDirectory(directory().toString());
    }
  }

  private Path directory() {
    return open.get(open.size() - 1).resolveSibling("").normalize();
  }

  private void text(String file, String text) {
    int start = text.startsWith("\uFEFF") ? 1 : 0;
    if (start == 1) {
      problems.note(
          new Place(file, 1, 1),
          "the byte order mark is skipped; keepalived would take it for part of the first keyword",
          "save the file without one");
    }
    int number = 0;
    PendingDefinition pending = new PendingDefinition(definitions);
    while (start < text.length() && !isFull) {
      int end = text.indexOf('\n', start);
      end = end < 0 ? text.length() : end;
      SourceLine line = SourceLine.of(file, ++number, text.substring(start, end));
      start = end + 1;
      if (!isTooLong(line)) {
        read(line, pending);
      }
    }
    pending.finish();
  }

  private void read(SourceLine line, PendingDefinition pending) {
    SourceLine plain = withoutComment(line);
    boolean isOnlyComment = plain.isBlank() && !line.isBlank();
    if (pending.isOpen() && (isOnlyComment || pending.takes(plain))) {
      tell(line, () -> ReadLine.Use.DEFINITION);
      return;
    }
    Optional<SourceLine> selected = selected(line);
    if (selected.filter(this::isTemplate).isPresent()) {
      return;
    }
    tell(line, () -> selected.map(it -> use(it, it != line)).orElse(ReadLine.Use.SKIPPED));
    selected.ifPresent(it -> line(it, pending));
  }

  private void tell(SourceLine line, Supplier<ReadLine.Use> use) {
    listener.ifPresent(
        it ->
            it.accept(
                new ReadLine(
                    line.place(0), line.text(), Characters.commentStart(line.text()), use.get())));
  }

  private static ReadLine.Use use(SourceLine selected, boolean isConditional) {
    SourceLine content = withoutComment(selected);
    if (content.isBlank() && !isConditional) {
      return ReadLine.Use.BLANK;
    }
    if (PendingDefinition.isStart(content)) {
      return ReadLine.Use.DEFINITION;
    }
    String first = Characters.firstWord(content.text(), 0);
    boolean isDirective =
        first.equals(INCLUDE_CHECK)
            || IncludePolicy.ofKeyword(first, IncludePolicy.LENIENT).isPresent();
    if (isDirective) {
      return ReadLine.Use.DIRECTIVE;
    }
    return isConditional ? ReadLine.Use.CONDITIONAL : ReadLine.Use.STATEMENTS;
  }

  private boolean isTemplate(SourceLine line) {
    OptionalInt mark = Characters.templateMark(line.text());
    if (mark.isPresent()) {
      boolean isSecret = Characters.isPassword(line.text());
      problems.add(
          Template.problem(
              line.place(mark.getAsInt()),
              isSecret ? "; if it is the password, put it in double quotes" : ""));
      isFull = true;
    }
    return mark.isPresent();
  }

  private boolean isTooLong(SourceLine line) {
    if (line.length() > LINE_LIMIT) {
      problems.error(
          line.place(0),
          "line has " + line.length() + " characters; at most " + LINE_LIMIT + " are read",
          "is this a configuration file?");
      return true;
    }
    if (line.length() > KEEPALIVED_LINE_LIMIT / 4
        && line.text().getBytes(StandardCharsets.UTF_8).length >= KEEPALIVED_LINE_LIMIT) {
      problems.warning(
          line.place(0),
          "line is longer than " + KEEPALIVED_LINE_LIMIT + " bytes; keepalived would ignore it",
          "split it");
    }
    return false;
  }

  /** The line that a condition leaves of a line; empty when the condition does not hold. */
  private Optional<SourceLine> selected(SourceLine line) {
    if (line.text().indexOf('@') < 0) {
      return Optional.of(line);
    }
    Matcher condition = CONDITION.matcher(line.text());
    if (!condition.lookingAt()) {
      return Optional.of(line);
    }
    boolean isOwn = condition.group(2).equals(options.configId());
    boolean wanted = condition.group(1).isEmpty();
    conditions.seen(condition.group(2), isOwn, wanted, line.place(condition.start(1) - 1));
    return isOwn == wanted
        ? Optional.of(line.part(condition.end(), line.length()))
        : Optional.empty();
  }

  private void line(SourceLine line, PendingDefinition pending) {
    if (pending.startsWith(withoutComment(line))) {
      return;
    }
    boolean isPlain = line.text().indexOf('$') < 0 && line.text().indexOf('~') < 0;
    if (isPlain) {
      add(line);
      return;
    }
    for (SourceLine expanded : definitions.expand(withoutComment(line))) {
      for (SourceLine written : sequences.expand(expanded)) {
        definitions.reportUndefined(written);
        add(written);
      }
    }
    isFull |= definitions.isExhausted() || sequences.isExhausted();
  }

  private static SourceLine withoutComment(SourceLine line) {
    return line.part(0, Characters.commentStart(line.text()));
  }

  private void add(SourceLine line) {
    for (LogicalLine logical : Scanner.scan(line, problems)) {
      if (isFull) {
        return;
      }
      words += logical instanceof LogicalLine.Words it ? it.words().size() : 1;
      if (words > TOTAL_LIMIT) {
        problems.error(
            logical.place(), "configuration has more than " + TOTAL_LIMIT + " words", "");
        isFull = true;
      } else if (!(logical instanceof LogicalLine.Words it) || !isDirective(it)) {
        lines.add(logical);
      }
    }
  }

  /** Obeys what concerns reading itself. */
  private boolean isDirective(LogicalLine.Words words) {
    List<Word> arguments = words.words().subList(1, words.words().size());
    if (words.first().equals(INCLUDE_CHECK)) {
      arguments.stream()
          .filter(word -> !IncludePolicy.knows(word))
          .forEach(
              word ->
                  problems.warning(
                      word.place(),
                      "include_check knows no '"
                          + word.text()
                          + "'; the word is ignored, as in keepalived",
                      "known: read, match, wildcard_match, brace_match, each perhaps with + or -"));
      policy = policy.changedBy(arguments);
      return true;
    }
    Optional<IncludePolicy> include = IncludePolicy.ofKeyword(words.first(), policy);
    if (include.isPresent() && arguments.isEmpty()) {
      problems.error(words.place(), words.first() + " needs a file", "");
    } else if (include.isPresent()) {
      arguments.stream()
          .skip(1)
          .findFirst()
          .ifPresent(word -> reportSecondPattern(words.first(), word));
      include(arguments.get(0), include.get());
    }
    return include.isPresent();
  }

  private void reportSecondPattern(String keyword, Word word) {
    problems.warning(
        word.place(),
        "'" + word.text() + "' after " + keyword + " is ignored: a line includes one pattern",
        "write a line of its own, or {one,other}");
  }

  private void include(Word pattern, IncludePolicy demanded) {
    Includes includes = new Includes(problems, pattern, demanded);
    for (Path path : includes.files(directory())) {
      Path file = path.toAbsolutePath().normalize();
      if (isLoop(file, pattern.place())) {
        return;
      }
      file(path, pattern.place());
    }
  }

  private boolean isLoop(Path file, Place place) {
    boolean isOpen = open.stream().anyMatch(other -> isSame(other, file));
    if (isOpen || open.size() > DEPTH_LIMIT) {
      problems.error(
          place,
          isOpen
              ? "include loop: " + file + " is being read already"
              : "includes are nested more than " + DEPTH_LIMIT + " deep",
          "remove one of the includes");
      return true;
    }
    if (++files > FILES_LIMIT) {
      if (files == FILES_LIMIT + 1) {
        problems.error(place, "more than " + FILES_LIMIT + " files are included", "");
      }
      isFull = true;
      return true;
    }
    if (characters > SIZE_LIMIT) {
      problems.error(place, "all files together have more than " + (SIZE_LIMIT >> 20) + " MiB", "");
      isFull = true;
      return true;
    }
    return false;
  }

  private static boolean isSame(Path one, Path other) {
    try {
      return one.equals(other) || (Files.exists(one) && Files.isSameFile(one, other));
    } catch (IOException e) {
      // cannot be compared: reading it will tell why
      return false;
    }
  }
}
