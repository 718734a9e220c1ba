package org.vipd.daemon.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.vipd.daemon.event.Cause;
import org.vipd.daemon.event.Notice;

/**
 * What was seen of hosts that have our addresses or use our VRID: said once each, in the log and as
 * an event, and remembered for status.
 */
final class StrangerNotes {

  private static final int LIMIT = 16;
  private static final long FORGET_NANOS = 3_600_000_000_000L;
  private static final long RECENT_NANOS = 600_000_000_000L;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final RouterContext context;
  private final ManagedRouter router;
  private final Map<String, Long> lastSeen = new LinkedHashMap<>();

  StrangerNotes(RouterContext context, ManagedRouter router) {
    this.context = context;
    this.router = router;
  }

  /** Says what was seen, unless it was said before; answers whether that is news. */
  boolean take(String text, long nowNanos) {
    lastSeen.values().removeIf(nanos -> nowNanos - nanos >= FORGET_NANOS);
    boolean isNews = !lastSeen.containsKey(text) && lastSeen.size() < LIMIT;
    if (isNews || lastSeen.containsKey(text)) {
      lastSeen.put(text, nowNanos);
    }
    if (isNews) {
      context.ports().journal().warn(router.config().name() + ": " + text);
      publish(text);
    }
    return isNews;
  }

  private void publish(String text) {
    String state = router.view().state().name();
    context
        .ports()
        .notices()
        .publish(
            new Notice(
                context.wallClock().instant(),
                Notice.Kind.STRANGER,
                Notice.Subject.instance(router.config().name()),
                state,
                state,
                router.view().priority().value().value(),
                Duration.ZERO,
                List.of(new Cause(Cause.Kind.ADDRESSES, text))));
  }

  /** What was seen in the last ten minutes, but for what is said elsewhere. */
  List<String> recent(Set<String> elsewhere, long nowNanos) {
    List<String> found = new ArrayList<>();
    lastSeen.forEach(
        (text, nanos) -> {
          if (nowNanos - nanos < RECENT_NANOS && !elsewhere.contains(text)) {
            found.add(text + " (seen " + (nowNanos - nanos) / NANOS_PER_SECOND + " s ago)");
          }
        });
    return found;
  }
}
