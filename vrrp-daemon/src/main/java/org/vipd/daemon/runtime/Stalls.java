package org.vipd.daemon.runtime;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.vipd.daemon.event.Cause;
import org.vipd.daemon.event.Notice;
import org.vipd.daemon.port.Journal;
import org.vipd.daemon.port.NetworkPort;
import org.vipd.daemon.port.NoticePort;
import org.vipd.protocol.machine.Sleep;

/**
 * Times that the loop slept through although something was due. What the state machines are told of
 * one, the line in the log and the event come from here, so that they tell the same.
 */
final class Stalls {

  /** From this length on one is told. */
  static final long TOLD_NANOS = 250_000_000L;

  private static final long QUIET_NANOS = 10_000_000_000L;
  private static final long NANOS_PER_MILLI = 1_000_000L;

  private static final String UNKNOWN =
      "the process was stopped, or the host is overloaded or was suspended";

  private final NetworkPort network;
  private final Journal journal;
  private final NoticePort notices;
  private final InstantSource wallClock;
  private long knownUntilNanos = Long.MIN_VALUE;
  private long quietUntilNanos = Long.MIN_VALUE;
  private long toldNanos;
  private long untold;
  private long longestUntoldNanos;
  private long count;
  private long totalNanos;

  /** None yet. */
  Stalls(NetworkPort network, Journal journal, NoticePort notices, InstantSource wallClock) {
    this.network = network;
    this.journal = journal;
    this.notices = notices;
    this.wallClock = wallClock;
  }

  /** One that has just ended, as a router is told; everybody else is told first. */
  Sleep sleep(long lateNanos, boolean hasLostAddresses, long nowNanos) {
    note(lateNanos, nowNanos);
    return new Sleep(lateNanos, hasLostAddresses, network.delayCause(lateNanos));
  }

  /**
   * One has just ended. Several routers may notice the same, at the same moment or by something
   * else that was due then: only what was not known yet counts.
   */
  void note(long lateNanos, long nowNanos) {
    long begunNanos = Math.max(nowNanos - lateNanos, knownUntilNanos);
    knownUntilNanos = Math.max(nowNanos, knownUntilNanos);
    long newNanos = nowNanos - begunNanos;
    if (newNanos >= TOLD_NANOS) {
      count++;
      totalNanos += newNanos;
      tellNowAndThen(newNanos, nowNanos);
    }
  }

  /** At most one in ten seconds, but for one that is at least twice as long as the last. */
  private void tellNowAndThen(long lateNanos, long nowNanos) {
    if (nowNanos < quietUntilNanos && lateNanos < 2 * toldNanos) {
      untold++;
      longestUntoldNanos = Math.max(longestUntoldNanos, lateNanos);
      return;
    }
    quietUntilNanos = nowNanos + QUIET_NANOS;
    toldNanos = lateNanos;
    tell(new Sleep(lateNanos, false, network.delayCause(lateNanos)));
    untold = 0;
    longestUntoldNanos = 0;
  }

  private void tell(Sleep sleep) {
    String text =
        sleep.text() + untold() + ": " + (sleep.cause().isEmpty() ? UNKNOWN : sleep.cause());
    journal.warn(text);
    notices.publish(
        new Notice(
            wallClock.instant(),
            Notice.Kind.STALL,
            Notice.Subject.DAEMON,
            "",
            "",
            0,
            Duration.ofNanos(sleep.lateNanos()),
            List.of(new Cause(Cause.Kind.STALL, text))));
  }

  private String untold() {
    if (untold == 0) {
      return "";
    }
    String times = untold == 1 ? "once" : untold + " times";
    return String.format(
        Locale.ROOT, " (and %s before, up to %.3f s)", times, longestUntoldNanos / 1e9);
  }

  /** Adds the counts to those of the daemon. */
  void describe(Map<String, Long> counters) {
    counters.put("stalls", count);
    counters.put("stalled-ms", totalNanos / NANOS_PER_MILLI);
  }
}
