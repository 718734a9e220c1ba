package org.vipd.daemon.config.yaml.text;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vipd.daemon.config.Place;
import org.vipd.daemon.config.yaml.key.Reports;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * Explains a colon that does not fit by the line before it: a parser takes both for one value, when
 * that line has no colon with a blank, or is indented less.
 */
final class YamlLayout {

  private static final Pattern CONFLICT = Pattern.compile("<{7}( .*)?|={7}|>{7}( .*)?");
  private static final Pattern GLUED = Pattern.compile("(\\s*(?:- )?[A-Za-z][\\w-]*):([^\\s:/].*)");
  private static final Pattern ASSIGNED =
      Pattern.compile("(\\s*(?:- )?[A-Za-z][\\w-]*)\\s*=\\s*(\\S.*)");
  private static final Pattern WHOLE = Pattern.compile("\\s*(?:- )?[A-Za-z][\\w-]*:\\s+[^\\s#].*");

  private final String file;
  private final List<String> lines;

  YamlLayout(String file, List<String> lines) {
    this.file = file;
    this.lines = lines;
  }

  /** Reports what explains a fault; false when nothing here does. */
  boolean report(MarkedYAMLException fault, Reports reports) {
    for (int i = 0; i < lines.size(); i++) {
      if (CONFLICT.matcher(lines.get(i).stripTrailing()).matches()) {
        reports.error(
            new Place(file, i + 1, 1),
            "not valid YAML: a mark of a conflict of versions",
            "resolve the conflict");
        return true;
      }
    }
    int at = fault.getProblemMark().getLine();
    String problem = String.valueOf(fault.getProblem());
    boolean isColon =
        problem.contains("mapping values are not allowed")
            || problem.contains("could not find expected ':'");
    return isColon && at < lines.size() && at > 0 && reportBefore(at, reports);
  }

  private boolean reportBefore(int at, Reports reports) {
    int previous = at - 1;
    while (previous > 0 && lines.get(previous).isBlank()) {
      previous--;
    }
    String before = lines.get(previous);
    Matcher glued = GLUED.matcher(before);
    Matcher assigned = ASSIGNED.matcher(before);
    if (glued.matches()) {
      reports.error(
          new Place(file, previous + 1, glued.end(1) + 1),
          "not valid YAML: a colon without a blank behind it makes no key",
          "write a blank behind the colon");
    } else if (assigned.matches()) {
      reports.error(
          new Place(file, previous + 1, assigned.end(1) + 1),
          "not valid YAML: a line without a colon is no key",
          "write a colon and a blank instead of the =");
    } else if (WHOLE.matcher(before).matches() && indent(lines.get(at)) > indent(before)) {
      reports.error(
          new Place(file, at + 1, indent(lines.get(at)) + 1),
          "not valid YAML: indented more than line " + (previous + 1) + ", which has a value",
          "indent the lines of one block alike: either this one less, or line "
              + (previous + 1)
              + " more");
    } else {
      return false;
    }
    return true;
  }

  private static int indent(String line) {
    return line.length() - line.stripLeading().length();
  }
}
