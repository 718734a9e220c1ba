package org.vipd.daemon.runtime;

import java.util.LinkedHashSet;
import java.util.Set;
import org.vipd.daemon.config.RoutingEntry;

/**
 * Routes and rules that somebody removed a moment ago. They are looked at a little later, because
 * the kernel reports them before it reports that their interface went down or away.
 */
final class LostRoutes {

  private static final long PAUSE_NANOS = 20_000_000L;
  private static final int CAPACITY = 4096;

  private final Set<RoutingEntry.Loss> lost = new LinkedHashSet<>();
  private long dueNanos = Long.MAX_VALUE;

  /** Takes note; what does not fit is found when all are asked for again. */
  void add(RoutingEntry.Loss loss, long nowNanos) {
    if (lost.isEmpty()) {
      dueNanos = nowNanos + PAUSE_NANOS;
    }
    if (lost.size() < CAPACITY) {
      lost.add(loss);
    }
  }

  long deadlineNanos() {
    return dueNanos;
  }

  /** Those that are due. */
  Set<RoutingEntry.Loss> takeDue(long nowNanos) {
    if (nowNanos < dueNanos) {
      return Set.of();
    }
    Set<RoutingEntry.Loss> due = Set.copyOf(lost);
    lost.clear();
    dueNanos = Long.MAX_VALUE;
    return due;
  }
}
