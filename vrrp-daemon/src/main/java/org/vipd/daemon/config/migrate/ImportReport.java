package org.vipd.daemon.config.migrate;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.vipd.daemon.config.Printable;

/** Prints what became of each line, for people or for programs. */
public final class ImportReport {

  private final Import imported;

  /** A report of an import. */
  public ImportReport(Import imported) {
    this.imported = imported;
  }

  /** One line for each line, and one with the sums. */
  public void printText(PrintWriter out) {
    for (ImportedLine line : imported.lines()) {
      out.println(text(line));
    }
    String sums =
        Arrays.stream(Verdict.values())
            .map(it -> imported.count(it) + " " + it.word())
            .collect(Collectors.joining(", "));
    long count = imported.lines().stream().filter(it -> it.place().line() > 0).count();
    out.println(count + " lines: " + sums);
    out.flush();
  }

  private static String text(ImportedLine line) {
    String became = line.became().isEmpty() ? "" : " -> " + line.became();
    String reasons = line.reasons().isEmpty() ? "" : " (" + String.join("; ", line.reasons()) + ")";
    String text =
        line.place().file()
            + (line.place().line() > 0 ? ":" + line.place().line() : "")
            + ": "
            + line.verdict().word()
            + (line.source().isEmpty() ? "" : ": " + line.source())
            + became
            + reasons;
    return Printable.of(text);
  }

  /** One JSON array of all lines. */
  public void printJson(PrintWriter out) {
    JsonArray all = new JsonArray();
    for (ImportedLine line : imported.lines()) {
      JsonObject object = new JsonObject();
      object.addProperty("file", line.place().file());
      object.addProperty("line", line.place().line());
      object.addProperty("verdict", line.verdict().word());
      object.addProperty("source", line.source());
      object.addProperty("became", line.became());
      JsonArray reasons = new JsonArray();
      line.reasons().forEach(reasons::add);
      object.add("reasons", reasons);
      all.add(object);
    }
    out.println(new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(all));
    out.flush();
  }
}
