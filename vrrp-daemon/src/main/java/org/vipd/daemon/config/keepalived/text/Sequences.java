package org.vipd.daemon.config.keepalived.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vipd.daemon.config.Place;
import org.vipd.daemon.config.Problems;

/**
 * {@code ~SEQ(variable, [start, [step,]] end) text} and {@code ~LST(variable, value, ...) text}:
 * repeat the text with the variable set, from line to lines. They may be nested.
 */
final class Sequences {

  private static final int LINES_LIMIT = 20_000;
  private static final int DEPTH_LIMIT = 32;
  private static final Pattern HEAD = Pattern.compile("\\s*~(SEQx?|LST)\\(((?:[^()\"])*)\\)\\s*");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private final Definitions definitions;
  private final Problems problems;
  private int produced;
  private int depth;
  private boolean isTooDeep;
  private boolean isExhausted;

  Sequences(Definitions definitions, Problems problems) {
    this.definitions = definitions;
    this.problems = problems;
  }

  /** Whether a sequence was so long that reading must end. */
  boolean isExhausted() {
    return isExhausted;
  }

  private static Place place(SourceLine line) {
    return line.place(Math.max(0, line.text().indexOf('~')));
  }

  /** Where the head of a sequence ends that a line begins with; 0 when it begins with none. */
  static int headEnd(String text) {
    if (text.indexOf('~') < 0) {
      return 0;
    }
    Matcher head = HEAD.matcher(text);
    return head.lookingAt() ? head.end() : 0;
  }

  /** The lines that a line stands for; the line itself when it has no sequence. */
  List<SourceLine> expand(SourceLine line) {
    produced = 0;
    depth = 0;
    isTooDeep = false;
    List<SourceLine> expanded = new ArrayList<>();
    expand(line, expanded);
    return isTooDeep || isExhausted ? List.of() : expanded;
  }

  private void expand(SourceLine line, List<SourceLine> expanded) {
    Matcher head = HEAD.matcher(line.text());
    if (line.text().indexOf('~') < 0 || !head.lookingAt()) {
      expanded.add(line);
      return;
    }
    Optional<Loop> loop =
        head.group(1).equals("LST")
            ? list(line, head.group(2))
            : sequence(line, head.group(2), head.group(1).equals("SEQx"));
    SourceLine rest = line.part(head.end(), line.length());
    if (loop.isEmpty()) {
      return;
    }
    for (List<String> values : loop.get().rounds()) {
      if (isExhausted || isTooDeep || definitions.isExhausted()) {
        return;
      }
      if (++produced > LINES_LIMIT) {
        problems.error(
            place(line),
            "sequence makes more than " + LINES_LIMIT + " lines",
            "write an end nearer to the start, or a larger step");
        isExhausted = true;
        return;
      }
      round(loop.get().names(), values, rest, expanded);
    }
  }

  /** What follows the head is replaced anew in each round, with all its lines. */
  private void round(
      List<String> names, List<String> values, SourceLine rest, List<SourceLine> expanded) {
    if (++depth > DEPTH_LIMIT) {
      problems.error(
          rest.place(0),
          "sequences are nested more than " + DEPTH_LIMIT + " deep",
          "does a definition contain itself?");
      isTooDeep = true;
      return;
    }
    Map<String, List<SourceLine>> hidden = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      List<SourceLine> value = List.of(SourceLine.of(rest.file(), 0, values.get(i)));
      definitions.find(name).ifPresent(it -> hidden.put(name, it));
      definitions.define(name, value);
    }
    for (SourceLine line : definitions.expand(rest)) {
      if (produced <= LINES_LIMIT && !isTooDeep) {
        expand(line, expanded);
      }
    }
    names.forEach(definitions::remove);
    hidden.forEach(definitions::define);
    depth--;
  }

  /** Variables and the values they take, one list per round. */
  private record Loop(List<String> names, List<List<String>> rounds) {}

  private Optional<Loop> sequence(SourceLine line, String arguments, boolean isHexadecimal) {
    List<String> words = Arrays.stream(arguments.split(",", -1)).map(String::strip).toList();
    long[] numbers = new long[words.size() - 1];
    if (words.size() < 2 || words.size() > 4 || !NAME.matcher(words.get(0)).matches()) {
      return refuse(line, "write ~SEQ(variable, start, step, end); start and step may be left out");
    }
    try {
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = Integer.decode(words.get(i + 1));
      }
    } catch (NumberFormatException e) {
      return refuse(line, "start, step and end must be whole numbers");
    }
    long end = numbers[numbers.length - 1];
    long start = numbers.length == 1 ? (end < 1 ? -1 : 1) : numbers[0];
    long step = numbers.length == 3 ? numbers[1] : (end < start ? -1 : 1);
    if (step == 0 || (end - start) * step < 0 || (isHexadecimal && Math.min(start, end) < 0)) {
      return refuse(line, "the step must lead from start to end");
    }
    List<List<String>> rounds = new ArrayList<>();
    for (long i = start; step > 0 ? i <= end : i >= end; i += step) {
      rounds.add(List.of(isHexadecimal ? Long.toHexString(i) : Long.toString(i)));
      if (rounds.size() > LINES_LIMIT) {
        break;
      }
    }
    return Optional.of(new Loop(List.of(words.get(0)), rounds));
  }

  private Optional<Loop> list(SourceLine line, String arguments) {
    List<List<String>> tuples = new ArrayList<>();
    for (String item : split(arguments)) {
      boolean isTuple = item.startsWith("{") && item.endsWith("}");
      tuples.add(
          isTuple
              ? Arrays.stream(item.substring(1, item.length() - 1).split(",", -1))
                  .map(String::strip)
                  .toList()
              : List.of(item));
    }
    List<String> names = tuples.get(0);
    boolean isValid =
        names.stream().allMatch(name -> NAME.matcher(name).matches())
            && tuples.stream().allMatch(tuple -> tuple.size() <= names.size());
    if (!isValid || tuples.size() < 2) {
      return refuse(line, "write ~LST(variable, value, ...) or ~LST({a,b}, {1,2}, {3,4})");
    }
    List<List<String>> rounds = new ArrayList<>();
    for (List<String> tuple : tuples.subList(1, tuples.size())) {
      List<String> padded = new ArrayList<>(tuple);
      while (padded.size() < names.size()) {
        padded.add("");
      }
      rounds.add(padded);
    }
    return Optional.of(new Loop(names, rounds));
  }

  /** Splits at commas outside braces. */
  private static List<String> split(String arguments) {
    List<String> items = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < arguments.length(); i++) {
      char c = arguments.charAt(i);
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      if (c == ',' && depth == 0) {
        items.add(arguments.substring(start, i).strip());
        start = i + 1;
      }
    }
    items.add(arguments.substring(start).strip());
    return items;
  }

  private Optional<Loop> refuse(SourceLine line, String hint) {
    problems.error(place(line), "sequence cannot be understood", hint);
    return Optional.empty();
  }
}
