package org.vipd.daemon.cli;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
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

  /**
   * Asks the daemon for something that has certain fields; when it does not answer, or with
   * something else, says why and returns nothing.
   *
   * @param shape whose components the answer must have
   */
  Optional<JsonObject> ask(String command, Class<? extends Record> shape, PrintWriter err) {
    return ask(command, err).filter(answer -> fits(answer, shape, err));
  }

  private boolean fits(JsonObject answer, Class<? extends Record> shape, PrintWriter err) {
    for (RecordComponent component : shape.getRecordComponents()) {
      if (!answer.has(component.getName())) {
        complain(err, "its answer has no '" + component.getName() + "'");
        return false;
      }
    }
    try {
      var unused = new Gson().fromJson(answer, shape);
      return true;
    } catch (JsonParseException e) {
      complain(err, "its answer has a field of another kind");
      return false;
    }
  }

  private void complain(PrintWriter err, String found) {
    err.println(
        "vipd: what answers on "
            + RuntimeDirectory.controlSocket(runtimeDirectory)
            + " is not a vipd of this version ("
            + Version.text()
            + "): "
            + found
            + "; restart the daemon after an upgrade, or look who listens there");
  }

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
      err.println("vipd: " + object.getAsJsonPrimitive("error").getAsString());
    } catch (JsonParseException | IllegalStateException | ClassCastException e) {
      complain(err, "its answer is no JSON object");
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

  /** Follows what the daemon tells until it ends; false when it does not answer. */
  boolean follow(String command, Consumer<String> lines, PrintWriter err) {
    Path socket = RuntimeDirectory.controlSocket(runtimeDirectory);
    JsonObject request = new JsonObject();
    request.addProperty("command", command);
    try {
      ControlConnection.follow(socket, request.toString(), lines);
      return true;
    } catch (IOException e) {
      err.println(
          "vipd: no daemon answers on " + socket + ": " + e.getMessage() + "; is it running?");
      return false;
    }
  }
}
