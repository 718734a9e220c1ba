package org.vipd.daemon.it;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads counters out of a status. */
final class Counters {

  /** What counts work, not trouble. */
  private static final Set<String> WORK =
      Set.of(
          "advertisement-rcvd",
          "advertisement-sent",
          "priority-zero-pkts-rcvd",
          "priority-zero-pkts-sent",
          "master-transitions",
          "released-master",
          "announcements-sent");

  private Counters() {}

  /** All counters of instances and interfaces that are not zero. */
  static Map<String, Long> all(VipdNode node) {
    JsonObject status =
        node.status().orElseThrow(() -> new AssertionError("no status: " + node.log()));
    Map<String, Long> counters = new TreeMap<>();
    for (JsonElement instance : status.getAsJsonArray("instances")) {
      add(instance.getAsJsonObject(), counters);
    }
    for (JsonElement network : status.getAsJsonArray("interfaces")) {
      add(network.getAsJsonObject(), counters);
    }
    return counters;
  }

  private static void add(JsonObject owner, Map<String, Long> counters) {
    owner
        .getAsJsonObject("counters")
        .entrySet()
        .forEach(entry -> counters.merge(entry.getKey(), entry.getValue().getAsLong(), Long::sum));
    counters.values().removeIf(value -> value == 0);
  }

  /** Those that speak of packets or operations that were not as they should be. */
  static Map<String, Long> rejects(VipdNode node) {
    Map<String, Long> counters = all(node);
    counters.keySet().removeAll(WORK);
    return counters;
  }

  /** The same without what only tells which form of checksum the other routers use. */
  static Map<String, Long> refused(VipdNode node) {
    Map<String, Long> counters = rejects(node);
    counters.keySet().removeIf(it -> it.startsWith("checksum-form-"));
    return counters;
  }
}
