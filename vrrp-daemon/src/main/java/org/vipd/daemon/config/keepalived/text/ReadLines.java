package org.vipd.daemon.config.keepalived.text;

import java.util.List;
import org.vipd.daemon.config.Problems;

/** All lines of a configuration, from which its statements are made. */
public final class ReadLines {

  private final List<LogicalLine> lines;
  private final Problems problems;

  ReadLines(List<LogicalLine> lines, Problems problems) {
    this.lines = lines;
    this.problems = problems;
  }

  /** The statements at the top; the problems of reading say, too, what is wrong with braces. */
  public List<Statement> statements(BlockWords known) {
    return TreeBuilder.build(lines, known, problems);
  }
}
