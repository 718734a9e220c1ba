package org.vipd.daemon.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.vipd.daemon.status.DaemonStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vipd status}. */
@Command(
    name = "status",
    description = "Show what the running daemon does, and why.",
    mixinStandardHelpOptions = true,
    footer = {"", "Exit status: 0 answered, 1 no daemon answers."})
final class StatusCommand implements Callable<Integer> {

  @Option(names = "--json", description = "print JSON")
  private boolean json;

  @Mixin private DaemonOption daemon;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Optional<JsonObject> answer =
        daemon.ask("status", DaemonStatus.class, spec.commandLine().getErr());
    answer.ifPresent(it -> print(it, spec.commandLine().getOut()));
    return answer.isPresent() ? 0 : 1;
  }

  private void print(JsonObject object, PrintWriter out) {
    Gson gson = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();
    if (json) {
      out.println(gson.toJson(object));
    } else {
      new StatusText(out).print(gson.fromJson(object, DaemonStatus.class));
    }
    out.flush();
  }
}
