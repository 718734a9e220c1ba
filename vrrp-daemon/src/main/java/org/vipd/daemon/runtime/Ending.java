package org.vipd.daemon.runtime;

import java.util.List;
import java.util.Optional;
import org.vipd.daemon.port.Journal;

/** The time between being told to stop and stopping, for scripts that run before that. */
final class Ending {

  private final Journal journal;
  private Optional<String> because = Optional.empty();

  Ending(Journal journal) {
    this.journal = journal;
  }

  /** Lets the scripts run; false when nothing is to be waited for, or when told a second time. */
  boolean begin(String why, List<ManagedRouter> routers, long nowNanos) {
    if (because.isPresent()) {
      return false;
    }
    List<String> waiting =
        routers.stream()
            .filter(it -> it.beforeRelease().beginStop(why, nowNanos))
            .map(it -> it.config().name())
            .toList();
    if (!waiting.isEmpty()) {
      because = Optional.of(why);
      journal.info("stopping after before_release of " + String.join(", ", waiting) + ": " + why);
    }
    return !waiting.isEmpty();
  }

  /** Whether it has to stop now. */
  boolean isDue(RouterTable routers) {
    return because.isPresent()
        && routers.all().stream().noneMatch(it -> it.beforeRelease().isRunning());
  }

  /** Why it stops. */
  String reason() {
    return because.orElseThrow();
  }
}
