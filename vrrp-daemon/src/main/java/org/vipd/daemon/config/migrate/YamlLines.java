package org.vipd.daemon.config.migrate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.vipd.daemon.config.Place;
import org.vipd.daemon.config.yaml.write.Written;

/** The lines of a written model, to be compared with those of another one. */
final class YamlLines {

  private static final int WIDTH = 100;

  private final List<String> lines;
  private final Map<Place, Integer> sections;

  YamlLines(Written written) {
    this.lines = written.text().lines().toList();
    this.sections = written.lines();
  }

  /** The indexes of lines that another text does not have. */
  List<Integer> missingIn(YamlLines other) {
    int start = 0;
    int shorter = Math.min(lines.size(), other.lines.size());
    while (start < shorter && lines.get(start).equals(other.lines.get(start))) {
      start++;
    }
    int end = 0;
    while (end < shorter - start && fromEnd(end).equals(other.fromEnd(end))) {
      end++;
    }
    List<String> rest = new ArrayList<>(other.lines.subList(start, other.lines.size() - end));
    List<Integer> missing = new ArrayList<>();
    for (int i = start; i < lines.size() - end; i++) {
      if (!rest.remove(lines.get(i))) {
        missing.add(i);
      }
    }
    return missing;
  }

  private String fromEnd(int distance) {
    return lines.get(lines.size() - 1 - distance);
  }

  /** The line on which a named section begins. */
  OptionalInt section(Place place) {
    Integer line = sections.get(place);
    return line == null ? OptionalInt.empty() : OptionalInt.of(line);
  }

  /** The first of some keys in a section, or the entry of a list that is or contains a word. */
  OptionalInt find(int section, List<String> keys, String word) {
    OptionalInt entry = OptionalInt.empty();
    for (int i = section + 1; i < lines.size() && indent(i) > indent(section); i++) {
      String text = lines.get(i).strip();
      if (keys.stream().anyMatch(key -> text.startsWith(key + ":"))) {
        return OptionalInt.of(i);
      }
      if (entry.isEmpty() && hasEntry(i, word)) {
        entry = OptionalInt.of(i);
      }
    }
    return entry;
  }

  /** Whether a line is an entry of a list that is or contains a word. */
  boolean hasEntry(int line, String word) {
    String text = lines.get(line).strip();
    return text.startsWith("- ") && text.contains(word);
  }

  private int indent(int line) {
    return lines.get(line).length() - lines.get(line).stripLeading().length();
  }

  /** Lines as one text of limited width. */
  String text(List<Integer> indexes) {
    String text = FlowText.of(indexes.stream().map(lines::get).toList());
    return text.length() > WIDTH ? text.substring(0, WIDTH - 3) + "..." : text;
  }

  /**
   * Those of some lines that are about one of some keys, with what they stand in; all when none is.
   */
  List<Integer> about(List<String> keys, List<Integer> some) {
    Set<Integer> kept = new TreeSet<>();
    for (int line : some) {
      if (keys.stream().anyMatch(key -> hasKey(line, key))) {
        kept.addAll(withInside(line));
        kept.addAll(around(line));
      }
    }
    kept.retainAll(some);
    return kept.isEmpty() ? some : List.copyOf(kept);
  }

  private boolean hasKey(int line, String key) {
    String text = lines.get(line).strip();
    return text.startsWith(key + ":") || text.startsWith("- " + key + ":");
  }

  private List<Integer> around(int line) {
    List<Integer> all = new ArrayList<>();
    int indent = indent(line);
    for (int i = line - 1; i >= 0 && indent > 0; i--) {
      if (indent(i) < indent) {
        all.add(i);
        indent = indent(i);
      }
    }
    return all;
  }

  /** A line with all that is below it. */
  List<Integer> withInside(int line) {
    List<Integer> all = new ArrayList<>(List.of(line));
    for (int i = line + 1; i < lines.size() && indent(i) > indent(line); i++) {
      all.add(i);
    }
    return all;
  }
}
