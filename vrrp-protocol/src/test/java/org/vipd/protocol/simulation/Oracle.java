package org.vipd.protocol.simulation;

import org.vipd.protocol.machine.RouterConfig;
import org.vipd.protocol.value.VrrpVersion;
import org.vipd.protocol.wire.Advertisement;

/**
 * When a Backup becomes Active unless it hears more, kept apart from the machine: by RFC 9568
 * section 6.4.2, and the preempt delay of RFC 8347, from the packets that the host accepted.
 */
final class Oracle {
  private static final long SECOND = 1_000_000_000L;
  private static final long NOT_WAITING = Long.MAX_VALUE;

  private long due;
  private long learnedNanos;
  private boolean hasHeard;
  private long preemptAt = NOT_WAITING;
  private long lastAnswer = Long.MIN_VALUE / 2;

  void started(RouterConfig config, long now) {
    learnedNanos = config.interval().nanos();
    hasHeard = false;
    preemptAt = NOT_WAITING;
    due = now + down(config);
  }

  void heardAsBackup(RouterConfig config, Advertisement advertisement, long now) {
    int theirs = advertisement.priority().value();
    int ours = config.effectivePriority().value();
    hasHeard = true;
    if (theirs == 0) {
      preemptAt = NOT_WAITING;
      due = now + skew(config);
    } else if (theirs >= ours || !config.preempts()) {
      yielded(config, advertisement, now);
    } else if (config.preemptDelayNanos() > 0) {
      heardLowerWhileDelaying(config, advertisement, now);
    }
  }

  // The first lower advertisement starts the delay; until it has passed a lower Active is followed,
  // whatever its interval, and afterwards it is not.
  private void heardLowerWhileDelaying(RouterConfig config, Advertisement advertisement, long now) {
    if (preemptAt == NOT_WAITING) {
      preemptAt = now + config.preemptDelayNanos();
    }
    if (now < preemptAt) {
      learnedNanos = advertisement.interval().nanos();
      due = now + down(config);
    }
  }

  void heardAsActive() {
    hasHeard = true;
  }

  void yielded(RouterConfig config, Advertisement advertisement, long now) {
    hasHeard = true;
    preemptAt = NOT_WAITING;
    learnedNanos = advertisement.interval().nanos();
    due = now + down(config);
  }

  /** A Backup that slept for an interval of the Active, or longer, waits once more. */
  void wokeLateAsBackup(RouterConfig config, long late, long now) {
    if (late >= learned(config) && due <= now) {
      due = now + down(config);
    }
  }

  /** An Active that slept and gave up listens as after a start. */
  void gaveUp(RouterConfig config, long now) {
    learnedNanos = config.interval().nanos();
    preemptAt = NOT_WAITING;
    due = now + down(config);
  }

  /** A change of configuration may bring the time nearer and never puts it off. */
  void reconfigured(RouterConfig config, long now) {
    if (!hasHeard) {
      learnedNanos = config.interval().nanos();
    }
    due = Math.min(due, now + down(config));
    if (preemptAt != NOT_WAITING) {
      boolean isDelayed = config.preemptDelayNanos() > 0;
      preemptAt = isDelayed ? Math.min(preemptAt, now + config.preemptDelayNanos()) : NOT_WAITING;
    }
  }

  /** The time at which a Backup becomes Active, on its own clock. */
  long duePromotion() {
    return due;
  }

  /** Nanoseconds since the last immediate answer. */
  long sinceAnswer(long now) {
    return now - lastAnswer;
  }

  /** The spacing counts within one time as Active: a new process knows nothing of the last. */
  void becameActive() {
    lastAnswer = Long.MIN_VALUE / 2;
  }

  void answered(long now) {
    lastAnswer = now;
  }

  private long down(RouterConfig config) {
    return 3 * learned(config) + skew(config);
  }

  private long skew(RouterConfig config) {
    long base = config.version() == VrrpVersion.V2 ? SECOND : learnedNanos;
    return base * (256 - config.effectivePriority().value()) / 256;
  }

  private long learned(RouterConfig config) {
    return config.version() == VrrpVersion.V2 ? config.interval().nanos() : learnedNanos;
  }
}
