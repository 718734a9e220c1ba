package org.vipd.daemon.runtime;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Decides what to do when addresses cannot be kept on the interface: put them back at most five
 * times a minute, then stay away for a minute, so that a healthy node can hold them.
 */
final class Interference {

  private static final int REPAIRS_PER_MINUTE = 5;
  private static final long MINUTE_NANOS = 60_000_000_000L;

  private final Deque<Long> repairs = new ArrayDeque<>();
  private Optional<String> obstacle = Optional.empty();
  private long obstacleUntilNanos;

  /** Whether an address may be put back once more; if not, the router has to give up. */
  boolean permitsRepair(long nowNanos) {
    while (!repairs.isEmpty() && nowNanos - repairs.peek() >= MINUTE_NANOS) {
      repairs.remove();
    }
    if (repairs.size() >= REPAIRS_PER_MINUTE) {
      return false;
    }
    repairs.add(nowNanos);
    return true;
  }

  /** Keeps the router from running for a minute. */
  void giveUp(String why, long nowNanos) {
    obstacle = Optional.of(why + "; next attempt within a minute");
    obstacleUntilNanos = nowNanos + MINUTE_NANOS;
    repairs.clear();
  }

  /** Why the router must not run now. */
  Optional<String> obstacle(long nowNanos) {
    if (obstacle.isPresent() && nowNanos >= obstacleUntilNanos) {
      obstacle = Optional.empty();
    }
    return obstacle;
  }
}
