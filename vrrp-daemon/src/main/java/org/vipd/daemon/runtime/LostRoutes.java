package org.vipd.daemon.runtime;

import java.util.LinkedHashSet;
import java.util.Set;
import org.vipd.daemon.config.RoutingEntry;

/**
 * Routes and rules that somebody removed a moment ago. They are looked at a little later, because
 * the kernel reports them before it reports that their interface went down or away. Many are looked
 * at when no more are removed: {@code ip route flush} begins again as long as it finds one.
 */
final class LostRoutes {

  private static final long PAUSE_NANOS = 20_000_000L;

  /** With more than these somebody is at work who looks again whether all are gone. */
  private static final int MANY = 64;

  /** So long the end of it is waited for, at most. */
  private static final long LONGEST_NANOS = 1_000_000_000L;

  private static final int CAPACITY = 4096;

  private final Set<RoutingEntry.Loss> lost = new LinkedHashSet<>();
  private long firstNanos;
  private long dueNanos = Long.MAX_VALUE;

  /** Takes note; what does not fit is found when all are asked for again. */
  void add(RoutingEntry.Loss loss, long nowNanos) {
    if (lost.isEmpty()) {
      firstNanos = nowNanos;
      dueNanos = nowNanos + PAUSE_NANOS;
    } else if (lost.size() >= MANY) {
      dueNanos = Math.min(nowNanos + PAUSE_NANOS, firstNanos + LONGEST_NANOS);
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
    // thousands of held ones are looked for in it: where hashes follow one another, as those of
    // neighbouring networks do, an immutable set compares half of its elements for each
    Set<RoutingEntry.Loss> due = new LinkedHashSet<>(lost);
    lost.clear();
    dueNanos = Long.MAX_VALUE;
    return due;
  }
}
