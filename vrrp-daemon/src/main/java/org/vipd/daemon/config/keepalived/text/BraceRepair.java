package org.vipd.daemon.config.keepalived.text;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.vipd.daemon.config.ConfigProblem;
import org.vipd.daemon.config.Place;
import org.vipd.daemon.config.ProblemKind;
import org.vipd.daemon.config.Problems;

/**
 * Says where braces are missing or too many, and puts the lines in order, so that one brace is one
 * problem and what follows is read where it belongs. What it cannot explain is left as it is
 * written.
 */
final class BraceRepair {

  /** More is no slip. */
  private static final int LIMIT = 20;

  private static final String PASSWORD = "auth_pass";

  /** What some write for a brace. */
  private static final Set<String> WRONG_BRACES = Set.of("(", "[");

  private final BlockWords known;
  private final Problems problems;
  private final List<LogicalLine> written;
  private final List<LogicalLine> mended = new ArrayList<>();
  private int repairs;

  private BraceRepair(List<LogicalLine> written, BlockWords known, Problems problems) {
    this.written = written;
    this.known = known;
    this.problems = problems;
  }

  /** The lines with braces where they are meant. */
  static List<LogicalLine> repaired(List<LogicalLine> lines, BlockWords known, Problems problems) {
    BraceRepair repair = new BraceRepair(lines, known, problems);
    return repair.isInOrder() ? lines : repair.repaired();
  }

  /** Whether each brace has its other one, and what belongs to the top of a file is there. */
  private boolean isInOrder() {
    int depth = 0;
    for (int i = 0; i < written.size(); i++) {
      LogicalLine line = written.get(i);
      if (line instanceof LogicalLine.Words words) {
        if (isHead(words) && isOpen(written, i + 1) == depth > 0) {
          return false;
        }
      } else {
        depth += line instanceof LogicalLine.Open ? 1 : -1;
        if (depth < 0) {
          return false;
        }
      }
    }
    return depth == 0;
  }

  /** Each block at the top for itself: it ends where the next one begins, at the latest. */
  private List<LogicalLine> repaired() {
    int start = 0;
    int depth = 0;
    for (int i = 0; i < written.size(); i++) {
      LogicalLine line = written.get(i);
      if (line instanceof LogicalLine.Open) {
        depth++;
      } else if (line instanceof LogicalLine.Close) {
        depth = Math.max(0, depth - 1);
      } else if (line instanceof LogicalLine.Words words
          && isHead(words)
          && (depth == 0 || isOpen(written, i + 1))) {
        section(start, i);
        start = i;
        depth = 0;
      }
    }
    section(start, written.size());
    return mended;
  }

  private void section(int start, int end) {
    List<LogicalLine> lines = new ArrayList<>(written.subList(start, end));
    boolean hasHead =
        !lines.isEmpty() && lines.get(0) instanceof LogicalLine.Words it && isHead(it);
    if (hasHead && repairs < LIMIT) {
      Optional<Place> next =
          end < written.size() ? Optional.of(written.get(end).place()) : Optional.empty();
      mend(lines, next);
    }
    mended.addAll(lines);
  }

  private void mend(List<LogicalLine> lines, Optional<Place> next) {
    int balance = balance(lines);
    if (!isOpen(lines, 1)) {
      boolean isMeant =
          lines.size() > 1 && lines.get(1) instanceof LogicalLine.Words it && isSetting(it);
      if (balance < 0 || isMeant) {
        open(lines, 0);
        balance = balance(lines);
      }
    }
    while (balance < 0 && repairs < LIMIT && withoutSurplus(lines)) {
      balance = balance(lines);
    }
    while (balance > 0 && repairs < LIMIT && (withoutNeedless(lines) || withoutDouble(lines))) {
      balance = balance(lines);
    }
    if (balance > 0) {
      closeLists(lines, balance);
      closeAll(lines, next);
    }
  }

  /** Takes a brace away that stands in a value, which keepalived ignores; false without any. */
  private boolean withoutNeedless(List<LogicalLine> lines) {
    for (int i = 1; i < lines.size(); i++) {
      if (isOpen(lines, i)
          && lines.get(i - 1) instanceof LogicalLine.Words words
          && isValued(words)) {
        warning(
            lines.get(i).place(),
            "opening brace in the value of " + words.first(),
            ": the value ends before it, as in keepalived",
            "put the value in double quotes, or delete the brace");
        while (isOpen(lines, i)) {
          lines.remove(i);
        }
        repairs++;
        return true;
      }
    }
    return false;
  }

  private boolean isValued(LogicalLine.Words words) {
    return words.words().size() <= 2
        && (PASSWORD.equals(words.first())
            || (isSetting(words) && !isList(words) && !isHead(words)));
  }

  /** Takes the second of two opening braces away; false when there is none. */
  private boolean withoutDouble(List<LogicalLine> lines) {
    for (int i = 1; i < lines.size(); i++) {
      if (isOpen(lines, i) && isOpen(lines, i - 1)) {
        warning(
            lines.get(i).place(),
            "opening brace given twice",
            "; the second one is ignored, as in keepalived",
            "delete one");
        lines.remove(i);
        repairs++;
        return true;
      }
    }
    return false;
  }

  /** How many braces are open at the end, or else how many close nothing, as a negative number. */
  private static int balance(List<LogicalLine> lines) {
    int depth = 0;
    int surplus = 0;
    for (LogicalLine line : lines) {
      if (line instanceof LogicalLine.Open) {
        depth++;
      } else if (line instanceof LogicalLine.Close && depth-- == 0) {
        surplus++;
        depth = 0;
      }
    }
    return surplus > 0 ? -surplus : depth;
  }

  private boolean isHead(LogicalLine.Words words) {
    return known.isTop(words.first(), words.words().size() > 1);
  }

  private boolean isList(LogicalLine.Words words) {
    return known.isInner(words.first());
  }

  private boolean isSetting(LogicalLine.Words words) {
    return known.isSetting(words.first());
  }

  private static boolean isOpen(List<LogicalLine> all, int index) {
    return index < all.size() && all.get(index) instanceof LogicalLine.Open;
  }

  /** Ends lists where something stands that belongs beside them, if braces bear that out. */
  private void closeLists(List<LogicalLine> lines, int missing) {
    Deque<LogicalLine> open = new ArrayDeque<>();
    List<LogicalLine> found = new ArrayList<>();
    List<ConfigProblem> said = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      LogicalLine line = lines.get(i);
      if (line instanceof LogicalLine.Open) {
        open.push(lines.get(i - 1) instanceof LogicalLine.Words ? lines.get(i - 1) : line);
      } else if (line instanceof LogicalLine.Close && open.poll() == null) {
        return;
      } else if (line instanceof LogicalLine.Words words
          && said.size() < missing
          && isBesideList(words, Optional.ofNullable(open.peek()))) {
        said.add(notClosed(open.pop(), Optional.of(words.place())));
        found.add(new LogicalLine.Close(words.place()));
      }
      found.add(line);
    }
    said.forEach(problems::add);
    repairs += said.size();
    lines.clear();
    lines.addAll(found);
  }

  private boolean isBesideList(LogicalLine.Words words, Optional<LogicalLine> around) {
    return isSetting(words)
        && around
            .filter(
                it ->
                    it instanceof LogicalLine.Words list
                        && isList(list)
                        && list.words().size() == 1)
            .isPresent();
  }

  /** Ends what is open at the end of a section. */
  private void closeAll(List<LogicalLine> lines, Optional<Place> next) {
    Deque<LogicalLine> open = new ArrayDeque<>();
    for (int i = 0; i < lines.size(); i++) {
      LogicalLine line = lines.get(i);
      if (line instanceof LogicalLine.Open) {
        open.push(lines.get(i - 1) instanceof LogicalLine.Words ? lines.get(i - 1) : line);
      } else if (line instanceof LogicalLine.Close) {
        open.poll();
      }
    }
    while (!open.isEmpty() && repairs < LIMIT) {
      LogicalLine head = open.pop();
      problems.add(notClosed(head, next));
      lines.add(new LogicalLine.Close(next.orElse(head.place())));
      repairs++;
    }
  }

  private static ConfigProblem notClosed(LogicalLine head, Optional<Place> next) {
    String name = head instanceof LogicalLine.Words words ? words.first() : "block";
    return new ConfigProblem(
        head.place(),
        ConfigProblem.Severity.ERROR,
        "block " + name + " is not closed",
        "add the missing }" + next.map(it -> " above " + it.textFrom(head.place())).orElse(""));
  }

  /** Explains the first brace of a section that closes nothing; false when nothing explains it. */
  private boolean withoutSurplus(List<LogicalLine> lines) {
    int depth = 0;
    int early = -1;
    for (int i = 1; i < lines.size(); i++) {
      LogicalLine line = lines.get(i);
      if (line instanceof LogicalLine.Open) {
        depth++;
      } else if (line instanceof LogicalLine.Close && depth == 0) {
        return early >= 0
            && early + 1 < i
            && isOutside(lines, early + 1)
            && withoutEarly(lines, early, i);
      } else if (line instanceof LogicalLine.Close) {
        depth--;
        early = early < 0 && depth == 0 ? i : early;
      } else if (early < 0 && depth == 1 && isListWithoutBrace(lines, i)) {
        open(lines, i);
        return true;
      }
    }
    return false;
  }

  /** Whether a line can be part of the block before it; of other blocks only the known ones. */
  private boolean isOutside(List<LogicalLine> lines, int index) {
    return lines.get(index) instanceof LogicalLine.Words words
        && (!isOpen(lines, index + 1) || isList(words));
  }

  private boolean isListWithoutBrace(List<LogicalLine> lines, int index) {
    return lines.get(index) instanceof LogicalLine.Words words
        && words.words().size() == 1
        && isList(words)
        && !isOpen(lines, index + 1);
  }

  private void open(List<LogicalLine> lines, int index) {
    LogicalLine.Words words = (LogicalLine.Words) lines.get(index);
    String line = title(words);
    warning(
        words.place(),
        line + " has no block",
        ": its { is missing; it is read as if it stood there, as in keepalived",
        "write: " + line + " {");
    lines.add(index + 1, new LogicalLine.Open(words.place()));
    repairs++;
  }

  /** keepalived runs such a file without the lines between the two, and so do we. */
  private boolean withoutEarly(List<LogicalLine> lines, int early, int surplus) {
    Place place = lines.get(early).place();
    List<LogicalLine> outside = lines.subList(early + 1, surplus + 1);
    String first = outside.get(0).place().textFrom(place);
    String last = outside.get(outside.size() - 2).place().textFrom(place);
    String what = "closing brace too many";
    String text =
        what
            + ": this one ends "
            + title((LogicalLine.Words) lines.get(0))
            + ", and that of "
            + lines.get(surplus).place().textFrom(place)
            + " closes nothing; "
            + (first.equals(last) ? first + " is" : "from " + first + " to " + last + " all is")
            + " ignored, as in keepalived, and not checked";
    ProblemKind kind = ProblemKind.brace(what);
    problems.tear(
        lines.get(0).place(),
        new ConfigProblem(
            place, ConfigProblem.Severity.WARNING, text, "delete one of the two", kind));
    outside.clear();
    repairs++;
    return true;
  }

  /** keepalived runs such a file, too. */
  private void warning(Place place, String what, String consequence, String hint) {
    problems.warning(place, what + consequence, hint, ProblemKind.brace(what));
  }

  private static String title(LogicalLine.Words words) {
    return words.words().stream()
        .map(Word::text)
        .filter(word -> !WRONG_BRACES.contains(word))
        .collect(Collectors.joining(" "));
  }
}
