package org.vipd.daemon.cli;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.vipd.daemon.status.EventRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vipd events}. */
@Command(
    name = "events",
    description = "Show events as they happen, until the daemon ends.",
    mixinStandardHelpOptions = true,
    footer = {"", "Exit status: 0 the daemon ended, 1 no daemon answers."})
final class EventsCommand implements Callable<Integer> {

  @Option(names = "--json", description = "print one JSON object per line")
  private boolean json;

  @Mixin private DaemonOption daemon;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    boolean followed =
        daemon.follow("events", line -> print(line, out), spec.commandLine().getErr());
    return followed ? 0 : 1;
  }

  private void print(String line, PrintWriter out) {
    JsonObject object = JsonParser.parseString(line).getAsJsonObject();
    if (object.has("dropped")) {
      out.println(json ? line : object.get("dropped").getAsLong() + " events came too fast");
    } else if (object.has("causes")) {
      out.println(json ? line : EventText.line(new Gson().fromJson(object, EventRecord.class)));
    }
    out.flush();
  }
}
