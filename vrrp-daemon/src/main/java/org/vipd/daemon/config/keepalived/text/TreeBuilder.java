package org.vipd.daemon.config.keepalived.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vipd.daemon.config.Place;
import org.vipd.daemon.config.ProblemKind;
import org.vipd.daemon.config.Problems;

/** Turns logical lines into a tree of statements and reports unbalanced braces. */
final class TreeBuilder {

  private static final int DEPTH_LIMIT = 64;

  /** keepalived runs a file with such a brace; where it stands, a block ends too early. */
  private static final String UNMATCHED = "closing brace without an opening one";

  private final List<LogicalLine> lines;
  private final Problems problems;
  private int position;

  private TreeBuilder(List<LogicalLine> lines, Problems problems) {
    this.lines = lines;
    this.problems = problems;
  }

  /** The statements at the top of the file. */
  static List<Statement> build(List<LogicalLine> written, BlockWords known, Problems problems) {
    List<LogicalLine> lines = BraceRepair.repaired(written, known, problems);
    TreeBuilder builder = new TreeBuilder(lines, problems);
    List<Statement> top = new ArrayList<>();
    while (builder.position < lines.size()) {
      top.addAll(builder.statements(0));
      if (builder.position < lines.size()) {
        Place place = lines.get(builder.position).place();
        problems.warning(place, UNMATCHED, "delete it", ProblemKind.brace(UNMATCHED));
        builder.position++;
      }
    }
    return top;
  }

  /** Statements up to a closing brace or the end; the closing brace is left for the caller. */
  private List<Statement> statements(int depth) {
    List<Statement> found = new ArrayList<>();
    while (position < lines.size()) {
      LogicalLine line = lines.get(position);
      if (line instanceof LogicalLine.Close) {
        return found;
      }
      position++;
      if (line instanceof LogicalLine.Words words) {
        found.add(statement(words, depth));
      } else {
        problems.error(line.place(), "block without a name", "write a keyword before the brace");
        block(line.place(), "block", depth);
      }
    }
    return found;
  }

  private Statement statement(LogicalLine.Words words, int depth) {
    boolean opens = position < lines.size() && lines.get(position) instanceof LogicalLine.Open;
    if (!opens) {
      return new Statement(words.words(), Optional.empty());
    }
    position++;
    return new Statement(words.words(), Optional.of(block(words.place(), words.first(), depth)));
  }

  private List<Statement> block(Place start, String keyword, int depth) {
    if (depth == DEPTH_LIMIT) {
      problems.error(start, "blocks are nested more than " + DEPTH_LIMIT + " deep", "");
      position = lines.size();
      return List.of();
    }
    List<Statement> inside = statements(depth + 1);
    if (position == lines.size()) {
      problems.error(start, "block " + keyword + " is not closed", "add the missing }");
    } else {
      position++;
    }
    return inside;
  }
}
