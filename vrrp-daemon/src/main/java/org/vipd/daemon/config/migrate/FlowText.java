package org.vipd.daemon.config.migrate;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Lines of YAML on one line, with braces and brackets for what their indentation says. */
final class FlowText {

  private static final String ITEM = "- ";

  /** What indentation opened. */
  private record Group(int indent, char close) {}

  private final Set<String> parts = new LinkedHashSet<>();
  private final Deque<Group> open = new ArrayDeque<>();
  private final StringBuilder part = new StringBuilder();
  private int keyIndent = Integer.MAX_VALUE;

  private FlowText() {}

  /** What lines say, in which others may be left out; what is said twice is said once. */
  static String of(List<String> lines) {
    FlowText flow = new FlowText();
    lines.forEach(flow::add);
    flow.end();
    return String.join("; ", flow.parts);
  }

  private void add(String line) {
    String text = line.strip();
    int indent = line.length() - line.stripLeading().length();
    while (!open.isEmpty() && indent < open.peek().indent()) {
      part.append(open.pop().close());
    }
    boolean isItem = text.startsWith(ITEM);
    if (indent > keyIndent) {
      part.append(isItem ? " [" : " {");
      open.push(new Group(indent, isItem ? ']' : '}'));
    } else if (open.isEmpty()) {
      end();
    } else {
      part.append(", ");
    }
    boolean isInList = !open.isEmpty() && open.peek().close() == ']';
    if (isItem && isInList) {
      text = text.substring(ITEM.length());
      indent += ITEM.length();
      if (isKey(text)) {
        part.append('{');
        open.push(new Group(indent, '}'));
      }
    }
    part.append(text);
    keyIndent = text.endsWith(":") ? indent : Integer.MAX_VALUE;
  }

  /** Texts that could be taken for one are written in quotes. */
  private static boolean isKey(String text) {
    return !text.startsWith("\"") && (text.contains(": ") || text.endsWith(":"));
  }

  private void end() {
    while (!open.isEmpty()) {
      part.append(open.pop().close());
    }
    if (!part.isEmpty()) {
      parts.add(part.toString());
    }
    part.setLength(0);
  }
}
