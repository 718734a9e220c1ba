package org.vipd.daemon.runtime;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Decides what to do when addresses cannot be kept on the interface: put them back at most five
 * times a minute, then stay away for a minute, so that a healthy node can hold them. Each attempt
 * takes the address away from that node for a moment, so the pauses double, up to an hour, until
 * one attempt has lasted ten minutes.
 */
final class Interference {

  private static final int REPAIRS_PER_MINUTE = 5;
  private static final long MINUTE_NANOS = 60_000_000_000L;
  private static final long LONGEST_PAUSE_MINUTES = 60;
  private static final long HEALED_NANOS = 10 * MINUTE_NANOS;

  private static final long MOMENT_NANOS = 1_000_000_000L;

  private final Deque<Long> repairs = new ArrayDeque<>();
  private final Set<Object> moment = new HashSet<>();
  private long momentNanos;
  private Optional<String> obstacle = Optional.empty();
  private long obstacleUntilNanos;
  private long pauseMinutes;

  /**
   * Whether something may be put back once more; if not, the router has to give up. What is lost
   * within a second ({@code ip address flush}, of which the reports come in many turns) counts
   * once, however much it is, unless the same is lost again.
   *
   * @param lost what is to be put back
   */
  boolean permitsRepair(Collection<?> lost, long nowNanos) {
    if (isOfSameMoment(lost, nowNanos)) {
      moment.addAll(lost);
      return true;
    }
    while (!repairs.isEmpty() && nowNanos - repairs.peek() >= MINUTE_NANOS) {
      repairs.remove();
    }
    if (repairs.size() >= REPAIRS_PER_MINUTE) {
      return false;
    }
    repairs.add(nowNanos);
    moment.clear();
    moment.addAll(lost);
    momentNanos = nowNanos;
    return true;
  }

  private boolean isOfSameMoment(Collection<?> lost, long nowNanos) {
    return !moment.isEmpty()
        && nowNanos - momentNanos < MOMENT_NANOS
        && lost.stream().noneMatch(moment::contains);
  }

  /** Keeps the router from running for one minute, or twice as long as the last time. */
  void giveUp(String why, long nowNanos) {
    boolean healed = nowNanos - obstacleUntilNanos >= HEALED_NANOS;
    pauseMinutes = healed ? 1 : Math.min(LONGEST_PAUSE_MINUTES, Math.max(1, pauseMinutes * 2));
    obstacle = Optional.of(why + "; next attempt in " + pauseMinutes + " min");
    obstacleUntilNanos = nowNanos + pauseMinutes * MINUTE_NANOS;
    repairs.clear();
    moment.clear();
  }

  /** Lets the router try again at once, because the configuration is another one. */
  void forget() {
    obstacle = Optional.empty();
    pauseMinutes = 0;
    repairs.clear();
    moment.clear();
  }

  /** Why the router must not run now. */
  Optional<String> obstacle(long nowNanos) {
    if (obstacle.isPresent() && nowNanos >= obstacleUntilNanos) {
      obstacle = Optional.empty();
    }
    return obstacle;
  }
}
