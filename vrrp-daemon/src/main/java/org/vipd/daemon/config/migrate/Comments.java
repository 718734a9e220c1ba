package org.vipd.daemon.config.migrate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.vipd.daemon.config.SecretText;
import org.vipd.daemon.config.keepalived.text.ReadLine;

/** Comments on their way to the keys that they belong to. */
final class Comments {

  private static final int TOP = 0;
  private static final String INDENT = "  ";
  private static final String BESIDE_SECRET = "# (a comment beside a secret is not shown)";

  private final Blocks blocks;
  private final Weighing weighing;
  private final List<String> waiting = new ArrayList<>();
  private final List<String> head = new ArrayList<>();
  private final Map<Integer, List<String>> placed = new TreeMap<>();
  private final Map<Integer, List<Tail>> tails = new TreeMap<>();
  private OptionalInt latest = OptionalInt.empty();
  private boolean isBegun;

  Comments(Blocks blocks, Weighing weighing) {
    this.blocks = blocks;
    this.weighing = weighing;
  }

  /** What waits belongs to something that is not written. */
  void forget() {
    waiting.clear();
  }

  /** Takes the comment of a line, and places what waits when the line has keys. */
  void take(int index, ReadLine line, Worth worth) {
    Optional<String> comment = text(line.comment());
    if (line.use() == ReadLine.Use.BLANK || line.use() == ReadLine.Use.DIRECTIVE) {
      comment.ifPresent(waiting::add);
      if (line.isEmpty() && !isBegun) {
        head.addAll(waiting);
        waiting.clear();
      }
      return;
    }
    isBegun = true;
    if (Blocks.isBraces(line) && line.content().strip().startsWith("}")) {
      endBlock(index);
    }
    boolean isWritten = worth.line().isPresent();
    if (isWritten) {
      latest = worth.line();
    }
    boolean isStructure = Blocks.isBraces(line) || blocks.beginning(index).isPresent();
    comment.ifPresent(
        it ->
            waiting.add(
                isBesideSecret(line)
                    ? BESIDE_SECRET
                    : isWritten || isStructure
                        ? it
                        : "# (" + about(line) + ") " + it.substring(1).strip()));
    if (!waiting.isEmpty()) {
      OptionalInt place = isWritten ? worth.line() : around(index);
      placed.computeIfAbsent(place.orElse(TOP), it -> new ArrayList<>()).addAll(waiting);
      waiting.clear();
    }
  }

  /** What waits at the end of a block stays behind its last line that is written. */
  private void endBlock(int index) {
    if (waiting.isEmpty() || latest.isEmpty()) {
      return;
    }
    OptionalInt start = around(index);
    if (start.isPresent() && latest.getAsInt() >= start.getAsInt()) {
      tails
          .computeIfAbsent(latest.getAsInt(), it -> new ArrayList<>())
          .add(new Tail(start.getAsInt(), List.copyOf(waiting)));
      waiting.clear();
    }
  }

  /** Whether a comment stands behind a secret, or a definition that is named for one. */
  private static boolean isBesideSecret(ReadLine line) {
    return line.use() == ReadLine.Use.DEFINITION
        ? SecretText.isNamedSecret(line.content())
        : !SecretText.hidden(line.content()).equals(line.content());
  }

  /** What a comment was behind: a line, or the name of a definition, whose value is not shown. */
  private static String about(ReadLine line) {
    String content = line.content().strip();
    int value = content.indexOf('=');
    return line.use() == ReadLine.Use.DEFINITION && content.startsWith("$") && value > 0
        ? content.substring(0, value)
        : SecretText.hidden(line.content());
  }

  /** The first line of the block around, when it is written. */
  private OptionalInt around(int index) {
    Optional<Block> block = blocks.around(index);
    while (block.isPresent()) {
      OptionalInt line = weighing.block(block.get()).line();
      if (line.isPresent()) {
        return line;
      }
      block = block.flatMap(Block::parent);
    }
    return OptionalInt.empty();
  }

  /** The text with the comments; each has the indentation of the line that it is about. */
  String applyTo(String yaml) {
    StringBuilder text = new StringBuilder();
    head.forEach(it -> text.append(it).append('\n'));
    if (!head.isEmpty()) {
      text.append('\n');
    }
    List<String> lines = yaml.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      String indent = indent(line);
      placed.getOrDefault(i, List.of()).forEach(it -> text.append(indent).append(it).append('\n'));
      text.append(line).append('\n');
      for (Tail tail : tails.getOrDefault(i, List.of())) {
        String inside = indent(lines.get(tail.start())) + INDENT;
        tail.comments().forEach(it -> text.append(inside).append(it).append('\n'));
      }
    }
    waiting.forEach(it -> text.append(it).append('\n'));
    return text.toString();
  }

  private static String indent(String line) {
    return line.substring(0, line.length() - line.stripLeading().length());
  }

  /**
   * A comment as YAML has it: what YAML does not take, as it takes no control characters, is gone.
   * How far its text is indented stays, for blocks that are commented out.
   */
  private static Optional<String> text(String comment) {
    if (comment.isEmpty()) {
      return Optional.empty();
    }
    StringBuilder text = new StringBuilder();
    comment
        .replaceFirst("^[#!]+ ?", "")
        .stripTrailing()
        .codePoints()
        .map(it -> isPrintable(it) ? it : '?')
        .forEach(text::appendCodePoint);
    return Optional.of(text.isEmpty() ? "#" : "# " + SecretText.ofComment(text.toString()));
  }

  /** YAML 1.1, section 5.1, without what it takes for ends of lines. */
  private static boolean isPrintable(int c) {
    return c == '\t'
        || (c >= 0x20 && c <= 0x7e)
        || (c >= 0xa0 && c <= 0xd7ff && c != 0x2028 && c != 0x2029)
        || (c >= 0xe000 && c <= 0xfffd && c != 0xfeff)
        || (c >= 0x10000 && c <= 0x10ffff);
  }

  /**
   * Comments at the end of a block.
   *
   * @param start first line of the block, which they are indented like the content of
   */
  private record Tail(int start, List<String> comments) {}
}
