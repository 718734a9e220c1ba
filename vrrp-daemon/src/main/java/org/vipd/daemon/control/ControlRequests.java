package org.vipd.daemon.control;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.vipd.daemon.config.LoadResult;
import org.vipd.daemon.event.Event;
import org.vipd.daemon.event.EventSink;
import org.vipd.daemon.event.ReloadMode;
import org.vipd.daemon.status.DaemonStatus;
import org.vipd.daemon.status.EventRecord;
import org.vipd.daemon.status.ReloadReport;

/**
 * The requests: <code>{"command":"status"}</code>, {@code history}, {@code events}, {@code reload},
 * {@code plan} and {@code leave}. Errors are answered as <code>{"error":"..."}
 * </code>.
 */
public final class ControlRequests implements RequestHandler {

  private static final long PATIENCE_MILLIS = 2000;

  private final EventSink events;
  private final Supplier<LoadResult> reader;
  private final Supplier<List<EventRecord>> history;
  private final Gson gson = new GsonBuilder().disableHtmlEscaping().create();

  /**
   * Answers with what the loop says.
   *
   * @param reader reads the configuration again
   * @param history the last events
   */
  public ControlRequests(
      EventSink events, Supplier<LoadResult> reader, Supplier<List<EventRecord>> history) {
    this.events = events;
    this.reader = reader;
    this.history = history;
  }

  @Override
  public boolean follows(String line) {
    try {
      return command(line).equals("events");
    } catch (JsonParseException | IllegalStateException | UnsupportedOperationException e) {
      return false;
    }
  }

  private String command(String line) {
    JsonObject request = gson.fromJson(line, JsonObject.class);
    boolean named = request != null && request.has("command");
    return named ? request.get("command").getAsString() : "";
  }

  @Override
  public String handle(String line, BooleanSupplier isAwaited) {
    try {
      String command = command(line);
      return switch (command) {
        case "status" -> status();
        case "reload" -> reload(ReloadMode.APPLY);
        case "plan" -> reload(ReloadMode.PLAN);
        case "history" -> gson.toJson(Map.of("events", history.get()));
        case "events" -> "{\"following\":true}";
        case "leave" -> leave(isAwaited);
        case "" -> error("a request needs a command, for example {\"command\":\"status\"}");
        default ->
            error(
                "unknown command '"
                    + command
                    + "'; known: status, reload, plan, history, events, leave");
      };
    } catch (JsonParseException | IllegalStateException | UnsupportedOperationException e) {
      return error("request is not a JSON object on one line: " + e.getMessage());
    }
  }

  private String status() {
    CompletableFuture<DaemonStatus> answer = new CompletableFuture<>();
    return ask(new Event.StatusRequested(answer), answer);
  }

  private String reload(ReloadMode mode) {
    CompletableFuture<ReloadReport> answer = new CompletableFuture<>();
    return ask(new Event.ConfigurationRead(reader.get(), mode, answer), answer);
  }

  private String leave(BooleanSupplier isAwaited) {
    CompletableFuture<String> answer = new CompletableFuture<>();
    return ask(new Event.LeaveRequested(answer, isAwaited), answer);
  }

  private String ask(Event question, CompletableFuture<?> answer) {
    if (!events.post(question)) {
      return error("the daemon is too busy to answer: its event queue is full");
    }
    try {
      return gson.toJson(answer.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      if (!answer.cancel(false)) {
        return gson.toJson(answer.join());
      }
      return error(
          "the loop thread did not answer within " + PATIENCE_MILLIS + " ms" + rest(question));
    } catch (ExecutionException e) {
      return error("failed: " + e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return error("the daemon is stopping");
    }
  }

  /** What comes of the question when the loop goes on. */
  private static String rest(Event question) {
    if (question instanceof Event.LeaveRequested) {
      return "; it does not leave";
    }
    boolean isReload =
        question instanceof Event.ConfigurationRead read && read.mode() == ReloadMode.APPLY;
    return isReload ? "; it reloads what was read as soon as it goes on" : "";
  }

  private String error(String text) {
    JsonObject object = new JsonObject();
    object.addProperty("error", text);
    return gson.toJson(object);
  }
}
