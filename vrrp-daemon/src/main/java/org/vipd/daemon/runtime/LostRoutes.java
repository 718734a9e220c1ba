package org.vipd.daemon.runtime;

import java.util.ArrayList;
import java.util.List;
import org.vipd.protocol.value.IpAddress;

/**
 * Routes that somebody removed a moment ago. They are looked at a little later, because the kernel
 * reports them before it reports that their interface went down or away.
 */
final class LostRoutes {

  private static final long PAUSE_NANOS = 20_000_000L;
  private static final int CAPACITY = 4096;

  /** Where a route led. */
  record Destination(IpAddress address, int prefixLength) {}

  private final List<Destination> lost = new ArrayList<>();
  private long dueNanos = Long.MAX_VALUE;

  /** Takes note; what does not fit is found when all routes are asked for again. */
  void add(IpAddress address, int prefixLength, long nowNanos) {
    if (lost.isEmpty()) {
      dueNanos = nowNanos + PAUSE_NANOS;
    }
    Destination destination = new Destination(address, prefixLength);
    if (lost.size() < CAPACITY && !lost.contains(destination)) {
      lost.add(destination);
    }
  }

  long deadlineNanos() {
    return dueNanos;
  }

  /** Those that are due. */
  List<Destination> takeDue(long nowNanos) {
    if (nowNanos < dueNanos) {
      return List.of();
    }
    List<Destination> due = List.copyOf(lost);
    lost.clear();
    dueNanos = Long.MAX_VALUE;
    return due;
  }
}
