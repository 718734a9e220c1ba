package org.vipd.daemon.watch;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.vipd.daemon.config.track.ProcessTracker;
import org.vipd.daemon.event.TrackerReading;

/** How many of the wanted processes run, and since when that is enough. Pure. */
final class TrackedProcess {

  private final ProcessTracker config;
  private final Set<Integer> pids = new HashSet<>();
  private Optional<Boolean> reported = Optional.empty();
  private long dueNanos = Long.MAX_VALUE;

  TrackedProcess(ProcessTracker config) {
    this.config = config;
  }

  ProcessTracker config() {
    return config;
  }

  boolean has(int pid) {
    return pids.contains(pid);
  }

  /** Notes that a process is, or is not, one of those that count. */
  void note(int pid, boolean counts) {
    if (counts) {
      pids.add(pid);
    } else {
      pids.remove(pid);
    }
  }

  /** Replaces all that is known. */
  void replace(Set<Integer> found) {
    pids.clear();
    pids.addAll(found);
  }

  long deadlineNanos() {
    return dueNanos;
  }

  /** A reading when one is due: the first at once, a change after its delay. */
  Optional<TrackerReading> advance(long nowNanos) {
    boolean isGood = isEnough();
    if (reported.isPresent() && reported.get() == isGood) {
      dueNanos = Long.MAX_VALUE;
      return Optional.empty();
    }
    if (reported.isPresent()) {
      boolean isGrowth = isGood == config.quorum().highest() > 0;
      var delay = isGrowth ? config.delays().fork() : config.delays().terminate();
      dueNanos = dueNanos == Long.MAX_VALUE ? nowNanos + delay.toNanos() : dueNanos;
      if (nowNanos < dueNanos) {
        return Optional.empty();
      }
    }
    dueNanos = Long.MAX_VALUE;
    reported = Optional.of(isGood);
    return Optional.of(TrackerReading.of(isGood, text()));
  }

  /** The last reading did not arrive: the next one is due again. */
  void forgetReport() {
    reported = Optional.empty();
  }

  private boolean isEnough() {
    return pids.size() >= config.quorum().lowest() && pids.size() <= config.quorum().highest();
  }

  private String text() {
    String wanted =
        config.quorum().highest() == 0
            ? "none may run"
            : config.quorum().highest() == ProcessTracker.Quorum.ONE.highest()
                ? "at least " + config.quorum().lowest()
                : config.quorum().lowest() + " to " + config.quorum().highest();
    return pids.size() + " processes " + config.command().text() + " run, wanted: " + wanted;
  }
}
