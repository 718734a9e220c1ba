package org.vipd.daemon.it;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

/** State and effective priority of each instance: {@code MASTER 100}. */
final class Decisions {

  private Decisions() {}

  /** As the status of vipd tells it. */
  static Map<String, String> of(VipdNode vipd) {
    AtomicReference<Optional<JsonObject>> answer = new AtomicReference<>(Optional.empty());
    Await.until(
        "vipd tells its status, however busy the machine is",
        Await.GENEROUS,
        () -> {
          answer.set(vipd.status());
          return answer.get().isPresent();
        },
        vipd::log);
    JsonObject status = answer.get().orElseThrow();
    Map<String, String> found = new TreeMap<>();
    for (JsonElement element : status.getAsJsonArray("instances")) {
      JsonObject instance = element.getAsJsonObject();
      found.put(
          instance.get("name").getAsString(),
          instance.get("state").getAsString() + " " + instance.get("effectivePriority").getAsInt());
    }
    return found;
  }

  /** What keepalived dumps on SIGUSR1. */
  static Map<String, String> of(KeepalivedNode keepalived) {
    Path dump = keepalived.host().home().resolve("keepalived.data");
    try {
      Files.deleteIfExists(dump);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    keepalived.process().signal("USR1");
    Await.until(
        "keepalived dumps its data",
        () -> keepalived.host().read("keepalived.data").contains("VRRP Scripts"));
    Map<String, String> found = new TreeMap<>();
    String name = "";
    String state = "";
    for (String line : keepalived.host().read("keepalived.data").split("\n", -1)) {
      String text = line.strip();
      if (text.startsWith("VRRP Instance = ")) {
        name = text.substring("VRRP Instance = ".length());
      } else if (text.startsWith("State = ") && !name.isEmpty() && !found.containsKey(name)) {
        state = text.substring("State = ".length());
      } else if (text.startsWith("Effective priority = ")) {
        found.put(name, state + " " + text.substring("Effective priority = ".length()));
      }
    }
    return found;
  }
}
