package org.vipd.daemon.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.vipd.daemon.control.ControlConnection;
import org.vipd.daemon.service.RuntimeDirectory;
import org.vipd.daemon.status.DaemonStatus;
import picocli.CommandLine.Command;
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

  @Option(
      names = "--runtime-dir",
      paramLabel = "DIR",
      defaultValue = "/run/vipd",
      description = "runtime directory of the daemon (default: ${DEFAULT-VALUE})")
  private Path runtimeDirectory;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Path socket = RuntimeDirectory.controlSocket(runtimeDirectory);
    PrintWriter err = spec.commandLine().getErr();
    try {
      String answer = ControlConnection.request(socket, "{\"command\":\"status\"}");
      JsonObject object = JsonParser.parseString(answer).getAsJsonObject();
      if (object.has("error")) {
        err.println("vipd: " + object.get("error").getAsString());
        return 1;
      }
      print(object, spec.commandLine().getOut());
      return 0;
    } catch (IOException e) {
      err.println(
          "vipd: no daemon answers on "
              + socket
              + ": "
              + e.getMessage()
              + "; is it running, and with this runtime directory?");
      return 1;
    }
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
