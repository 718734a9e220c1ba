package org.vipd.daemon.config.check;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.vipd.daemon.config.ConfigHash;
import org.vipd.daemon.config.ConfigProblem;
import org.vipd.daemon.config.Place;
import org.vipd.daemon.config.Printable;
import org.vipd.daemon.config.Problems;
import org.vipd.daemon.config.SecretText;
import org.vipd.daemon.config.keepalived.text.TextFile;

/** Prints problems for people, with the line and a caret, or as JSON for programs. */
public final class CheckReport {

  private static final int LINE_LIMIT = 160;
  private static final String CUT = "...";

  private final List<ConfigProblem> problems;
  private final Map<String, List<String>> files = new HashMap<>();

  /** A report of problems in the order in which they are to be shown. */
  public CheckReport(List<ConfigProblem> problems) {
    this.problems = List.copyOf(problems);
  }

  /** Prints each problem with its line, a caret and a hint. */
  public void printText(PrintWriter out) {
    for (ConfigProblem problem : problems) {
      String id = problem.rule().isEmpty() ? "" : " [" + problem.rule() + "]";
      out.println(problem.place() + ": " + problem.severity().word() + ": " + problem.text() + id);
      printLine(problem.place(), out);
      if (!problem.hint().isEmpty()) {
        out.println("    hint: " + problem.hint());
      }
    }
  }

  private void printLine(Place place, PrintWriter out) {
    if (place.line() < 1) {
      return;
    }
    List<String> lines = files.computeIfAbsent(place.file(), CheckReport::read);
    if (place.line() > lines.size()) {
      return;
    }
    String line = SecretText.hidden(lines, place.line() - 1).replace('\t', ' ').stripTrailing();
    int at = Math.min(Math.max(0, place.column() - 1), line.length());
    String before = Printable.of(line.substring(0, at));
    String rest = Printable.of(line.substring(at));
    if (before.length() + rest.length() > LINE_LIMIT) {
      before = tail(before, LINE_LIMIT / 2);
      rest = head(rest, LINE_LIMIT - before.length());
    }
    out.println("    " + before + rest);
    out.println("    " + " ".repeat(before.length()) + "^");
  }

  private static String tail(String text, int length) {
    return text.length() <= length
        ? text
        : CUT + text.substring(text.length() - length + CUT.length());
  }

  private static String head(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length - CUT.length()) + CUT;
  }

  /** The file as its reader takes it; when that is gone now, problems are shown without lines. */
  private static List<String> read(String file) {
    try {
      return TextFile.read(Path.of(file), Place.ofFile(file), new Problems(), new ConfigHash())
          .map(text -> List.of(text.split("\n", -1)))
          .orElse(List.of());
    } catch (InvalidPathException e) {
      return List.of();
    }
  }

  /** Prints one JSON array of all problems. */
  public void printJson(PrintWriter out) {
    JsonArray all = new JsonArray();
    for (ConfigProblem problem : problems) {
      JsonObject object = new JsonObject();
      object.addProperty("file", problem.place().file());
      object.addProperty("line", problem.place().line());
      object.addProperty("column", problem.place().column());
      object.addProperty("severity", problem.severity().word());
      object.addProperty("rule", problem.rule());
      object.addProperty("text", problem.text());
      object.addProperty("hint", problem.hint());
      all.add(object);
    }
    Gson gson = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();
    out.println(gson.toJson(all));
  }
}
