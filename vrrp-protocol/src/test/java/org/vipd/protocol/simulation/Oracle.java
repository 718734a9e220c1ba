package org.vipd.protocol.simulation;

import org.vipd.protocol.machine.RouterConfig;
import org.vipd.protocol.value.VrrpVersion;
import org.vipd.protocol.wire.Advertisement;

/**
 * When a Backup may become Active at the earliest, kept apart from the machine: by RFC 9568 section
 * 6.4.2 from the packets that the host accepted.
 */
final class Oracle {
  private long earliest;
  private long learnedNanos;
  private long lastAnswer = Long.MIN_VALUE / 2;

  void started(RouterConfig config, long now) {
    learnedNanos = config.interval().nanos();
    earliest = now + down(config);
  }

  void heardAsBackup(RouterConfig config, Advertisement advertisement, long now) {
    int theirs = advertisement.priority().value();
    int ours = config.effectivePriority().value();
    if (theirs == 0) {
      earliest = now + skew(config);
    } else if (theirs >= ours || !config.preempts()) {
      yielded(config, advertisement, now);
    } else if (config.preemptDelayNanos() > 0) {
      // During the delay a lower Active is followed, so the shorter of both waits counts.
      long before = earliest;
      learnedNanos = Math.min(learnedNanos, advertisement.interval().nanos());
      earliest = Math.min(before, now + down(config));
    }
  }

  void yielded(RouterConfig config, Advertisement advertisement, long now) {
    learnedNanos = advertisement.interval().nanos();
    earliest = now + down(config);
  }

  /** A Backup that slept waits once more; so does an Active that is one no longer. */
  void wokeLate(RouterConfig config, boolean wasActive, long now) {
    if (wasActive) {
      learnedNanos = config.interval().nanos();
    }
    earliest = Math.max(earliest, now + down(config));
  }

  /** The interval of the Active, as far as known. */
  long activeInterval(RouterConfig config) {
    return learned(config);
  }

  void reconfigured(RouterConfig config, long now) {
    earliest = Math.min(earliest, now + down(config));
  }

  long earliestPromotion() {
    return earliest;
  }

  /** Nanoseconds since the last immediate answer. */
  long answered(long now) {
    long since = now - lastAnswer;
    lastAnswer = now;
    return since;
  }

  private long down(RouterConfig config) {
    return 3 * learned(config) + skew(config);
  }

  private long skew(RouterConfig config) {
    long base = config.version() == VrrpVersion.V2 ? 1_000_000_000L : learnedNanos;
    return base * (256 - config.effectivePriority().value()) / 256;
  }

  private long learned(RouterConfig config) {
    return config.version() == VrrpVersion.V2 ? config.interval().nanos() : learnedNanos;
  }
}
