package org.vipd.daemon.watch;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.vipd.daemon.config.track.ProcessTracker;
import org.vipd.daemon.event.TrackerReading;

/** How many of the wanted processes run, and since when that is enough. Pure. */
final class TrackedProcess {

  private final ProcessTracker config;
  private final Set<Integer> pids = new HashSet<>();

  /** Those of them that another one made, and that may be about to become another program. */
  private final Set<Integer> forked = new HashSet<>();

  /** How many there were when what was reported was so last. */
  private int before;

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
    forked.remove(pid);
    if (counts) {
      pids.add(pid);
    } else {
      pids.remove(pid);
    }
  }

  /** Notes a process that one of those that count has made. */
  void noteForked(int pid) {
    if (pids.add(pid)) {
      forked.add(pid);
    }
  }

  /** Replaces all that is known. */
  void replace(Set<Integer> found) {
    forked.retainAll(found);
    pids.clear();
    pids.addAll(found);
  }

  long deadlineNanos() {
    return dueNanos;
  }

  /** A reading when one is due: the first at once, a change after its delay. */
  Optional<TrackerReading> advance(long nowNanos) {
    boolean isGood = isEnough(pids.size());
    if (reported.isPresent() && reported.get() == isGood) {
      settle();
      return Optional.empty();
    }
    if (reported.isPresent()) {
      dueNanos = Math.min(dueNanos, nowNanos + delay(isGood).toNanos());
      if (nowNanos < dueNanos) {
        return Optional.empty();
      }
    }
    settle();
    reported = Optional.of(isGood);
    return Optional.of(TrackerReading.of(isGood, text()));
  }

  private void settle() {
    dueNanos = Long.MAX_VALUE;
    forked.clear();
    before = pids.size();
  }

  /** As keepalived: what is started counts at once, what is forked and what is gone later. */
  private Duration delay(boolean isGood) {
    if (pids.size() <= before) {
      return config.delays().terminate();
    }
    boolean isWithoutForked = isEnough(pids.size() - forked.size()) == isGood;
    return isWithoutForked ? Duration.ZERO : config.delays().fork();
  }

  /** The last reading did not arrive: the next one is due again. */
  void forgetReport() {
    reported = Optional.empty();
  }

  private boolean isEnough(int count) {
    return count >= config.quorum().lowest() && count <= config.quorum().highest();
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
