package org.vipd.daemon.control;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.vipd.daemon.event.Event;
import org.vipd.daemon.event.EventSink;
import org.vipd.daemon.status.DaemonStatus;

/**
 * The requests: <code>{"command":"status"}</code>. Errors are answered as <code>{"error":"..."}
 * </code>.
 */
public final class ControlRequests implements RequestHandler {

  private static final long PATIENCE_MILLIS = 2000;

  private final EventSink events;
  private final Gson gson = new GsonBuilder().disableHtmlEscaping().create();

  public ControlRequests(EventSink events) {
    this.events = events;
  }

  @Override
  public String handle(String line) {
    try {
      JsonObject request = gson.fromJson(line, JsonObject.class);
      boolean named = request != null && request.has("command");
      String command = named ? request.get("command").getAsString() : "";
      return switch (command) {
        case "status" -> status();
        case "" -> error("a request needs a command, for example {\"command\":\"status\"}");
        default -> error("unknown command '" + command + "'; known: status");
      };
    } catch (JsonParseException | IllegalStateException | UnsupportedOperationException e) {
      return error("request is not a JSON object on one line: " + e.getMessage());
    }
  }

  private String status() {
    CompletableFuture<DaemonStatus> answer = new CompletableFuture<>();
    if (!events.post(new Event.StatusRequested(answer))) {
      return error("the daemon is too busy to answer: its event queue is full");
    }
    try {
      return gson.toJson(answer.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      return error("the loop thread did not answer within " + PATIENCE_MILLIS + " ms");
    } catch (ExecutionException e) {
      return error("status failed: " + e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return error("the daemon is stopping");
    }
  }

  private String error(String text) {
    JsonObject object = new JsonObject();
    object.addProperty("error", text);
    return gson.toJson(object);
  }
}
