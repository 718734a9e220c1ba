package org.vipd.daemon.cli;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import org.vipd.daemon.control.ControlConnection;
import org.vipd.daemon.service.RuntimeDirectory;
import picocli.CommandLine.Option;

/** Which daemon a command talks to, and talking to it. */
final class DaemonOption {

  @Option(
      names = "--runtime-dir",
      paramLabel = "DIR",
      defaultValue = "/run/vipd",
      description = "runtime directory of the daemon (default: ${DEFAULT-VALUE})")
  private Path runtimeDirectory;

  /** Asks the daemon; when it does not answer, says why and returns nothing. */
  Optional<JsonObject> ask(String command, PrintWriter err) {
    Path socket = RuntimeDirectory.controlSocket(runtimeDirectory);
    JsonObject request = new JsonObject();
    request.addProperty("command", command);
    try {
      String answer = ControlConnection.request(socket, request.toString());
      JsonObject object = JsonParser.parseString(answer).getAsJsonObject();
      if (!object.has("error")) {
        return Optional.of(object);
      }
      err.println("vipd: " + object.get("error").getAsString());
    } catch (IOException e) {
      err.println(
          "vipd: no daemon answers on "
              + socket
              + ": "
              + e.getMessage()
              + "; is it running, and with this runtime directory?");
    }
    return Optional.empty();
  }
}
