package org.vipd.daemon.config.migrate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vipd.daemon.config.Place;
import org.vipd.daemon.config.keepalived.text.ReadLine;
import org.vipd.daemon.config.keepalived.text.Statement;

/** Which statements stand on which line, and which lines belong to which block. */
final class Blocks {

  private final List<ReadLine> lines;
  private final Map<Place, Integer> indexes = new HashMap<>();
  private final Map<Integer, List<Statement>> statements = new LinkedHashMap<>();
  private final Map<Statement, Integer> repeated = new HashMap<>();
  private final List<Block> blocks = new ArrayList<>();

  Blocks(List<ReadLine> lines, List<Statement> top) {
    this.lines = lines;
    for (int i = 0; i < lines.size(); i++) {
      indexes.put(lines.get(i).place(), i);
    }
    add(top, Optional.empty());
  }

  /** The start of the line that a place is on. */
  static Place line(Place place) {
    return new Place(place.file(), place.line(), 1);
  }

  private int index(Statement statement) {
    return indexes.getOrDefault(line(statement.place()), -1);
  }

  private void add(List<Statement> siblings, Optional<Block> parent) {
    Map<String, Statement> last = new HashMap<>();
    for (Statement it : siblings) {
      if (it.block().isEmpty()) {
        Statement before = last.put(it.keyword(), it);
        if (before != null) {
          repeated.put(before, it.place().line());
        }
      }
      statements.computeIfAbsent(index(it), line -> new ArrayList<>()).add(it);
      Optional<Block> own = parent;
      if (it.block().isPresent() && !isOneLine(it)) {
        Block block = new Block(it, parent, index(it), end(it));
        blocks.add(block);
        own = Optional.of(block);
      }
      add(it.children(), own);
    }
  }

  /** Whether a statement ends on the line that it begins on. */
  boolean isOneLine(Statement it) {
    return lastIndex(it) == index(it) && (it.block().isEmpty() || surplus(index(it)) <= 0);
  }

  private int surplus(int line) {
    return line < 0 ? 0 : count(line, '{') - count(line, '}');
  }

  private int count(int line, char brace) {
    return (int) lines.get(line).content().chars().filter(it -> it == brace).count();
  }

  private int lastIndex(Statement it) {
    int last = index(it);
    for (Statement child : it.children()) {
      last = Math.max(last, lastIndex(child));
    }
    return last;
  }

  /** The line with the brace that closes a block: braces alone after its last statement. */
  private int end(Statement it) {
    int last = lastIndex(it);
    int open = depth(it) + Math.min(0, surplus(last));
    while (open > 0 && last + 1 < lines.size() && isBraces(lines.get(last + 1))) {
      last++;
      open -= count(last, '}');
    }
    return last;
  }

  /** How many blocks are open after the last statement of one. */
  private int depth(Statement it) {
    List<Statement> inside = it.children();
    if (inside.isEmpty()) {
      return 1;
    }
    Statement last = inside.get(inside.size() - 1);
    return last.block().isPresent() && !isOneLine(last) ? 1 + depth(last) : 1;
  }

  static boolean isBraces(ReadLine line) {
    return line.content().matches("[{}\\s]*");
  }

  /** The statements that begin on a line. */
  List<Statement> on(int line) {
    return statements.getOrDefault(line, List.of());
  }

  /** Blocks, each before those inside it. */
  List<Block> all() {
    return List.copyOf(blocks);
  }

  /** The block that begins on a line. */
  Optional<Block> beginning(int line) {
    return blocks.stream().filter(it -> it.first() == line).findFirst();
  }

  /** The innermost block around a line; its closing line belongs to it. */
  Optional<Block> around(int line) {
    Optional<Block> found = Optional.empty();
    for (Block it : blocks) {
      if (it.contains(line)) {
        found = Optional.of(it);
      }
    }
    return found;
  }

  /** The line on which the same keyword of the same block stands again. */
  Optional<Integer> repetition(Statement statement) {
    return Optional.ofNullable(repeated.get(statement));
  }
}
