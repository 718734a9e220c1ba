package org.vipd.daemon.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.vipd.daemon.status.EventRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vipd history}. */
@Command(
    name = "history",
    description = "Show the last events, the oldest first, with what caused them.",
    mixinStandardHelpOptions = true,
    footer = {"", "Exit status: 0 answered, 1 no daemon answers."})
final class HistoryCommand implements Callable<Integer> {

  @Option(names = "--json", description = "print one JSON object per line")
  private boolean json;

  @Option(
      names = "--last",
      paramLabel = "COUNT",
      defaultValue = "1000",
      description = "only so many (default: ${DEFAULT-VALUE}, which is all)")
  private int count;

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "only of this instance or group, or of vipd itself")
  private Optional<String> name;

  @Mixin private DaemonOption daemon;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Optional<JsonObject> answer = daemon.ask("history", spec.commandLine().getErr());
    answer.ifPresent(it -> print(it.getAsJsonArray("events"), spec.commandLine().getOut()));
    return answer.isPresent() ? 0 : 1;
  }

  private void print(JsonArray events, PrintWriter out) {
    Gson gson = new GsonBuilder().disableHtmlEscaping().create();
    JsonArray wanted = new JsonArray();
    for (JsonElement event : events) {
      String whose = event.getAsJsonObject().get("name").getAsString();
      if (name.isEmpty() || name.get().equals(whose)) {
        wanted.add(event);
      }
    }
    for (int i = Math.max(0, wanted.size() - Math.max(0, count)); i < wanted.size(); i++) {
      JsonElement event = wanted.get(i);
      out.println(
          json ? gson.toJson(event) : EventText.line(gson.fromJson(event, EventRecord.class)));
    }
    out.flush();
  }
}
