package org.vipd.protocol.machine;

/**
 * When an Active router announces its addresses next; {@link #NEVER} for what is not planned.
 *
 * @param secondNanos the repetition after becoming Active
 * @param refreshNanos the next periodic refresh
 * @param rivalEchoNanos the quick repetition after hearing another router: of two routers that rise
 *     together the one that gives way may announce last, and hosts follow the last
 * @param rivalSecondNanos the configured repetition after hearing another router
 * @param rivalReadyNanos before this time another router causes no announcements
 * @param rivalPauseNanos pause after the next announcements that another router causes
 */
public record AnnouncePlan(
    long secondNanos,
    long refreshNanos,
    long rivalEchoNanos,
    long rivalSecondNanos,
    long rivalReadyNanos,
    long rivalPauseNanos) {
  static final long NEVER = Long.MAX_VALUE;
  static final long ECHO_NANOS = 500_000_000L;
  static final long SHORTEST_PAUSE_NANOS = 1_000_000_000L;
  static final long LONGEST_PAUSE_NANOS = 60_000_000_000L;

  /** The plan of a router that announces at this moment because it became Active. */
  static AnnouncePlan onPromotion(AnnouncePolicy policy, long nowNanos) {
    return new AnnouncePlan(
        after(policy.delayNanos(), nowNanos),
        after(policy.refreshNanos(), nowNanos),
        NEVER,
        NEVER,
        nowNanos,
        SHORTEST_PAUSE_NANOS);
  }

  long deadlineNanos() {
    long rivalNanos = Math.min(rivalEchoNanos, rivalSecondNanos);
    return Math.min(secondNanos, Math.min(refreshNanos, rivalNanos));
  }

  boolean isDue(long nowNanos) {
    return deadlineNanos() <= nowNanos;
  }

  /** Announcements that are due now: the largest burst covers the smaller ones. */
  int dueRepeat(AnnouncePolicy policy, long nowNanos) {
    int repeat = secondNanos <= nowNanos ? policy.repeat() : 0;
    if (refreshNanos <= nowNanos) {
      repeat = Math.max(repeat, policy.refreshRepeat());
    }
    if (Math.min(rivalEchoNanos, rivalSecondNanos) <= nowNanos) {
      repeat = Math.max(repeat, policy.lowerPriorityRepeat());
    }
    return repeat;
  }

  /** The plan once everything due has been announced. */
  AnnouncePlan afterDue(AnnouncePolicy policy, long nowNanos) {
    return new AnnouncePlan(
        secondNanos <= nowNanos ? NEVER : secondNanos,
        refreshNanos <= nowNanos ? after(policy.refreshNanos(), nowNanos) : refreshNanos,
        rivalEchoNanos <= nowNanos ? NEVER : rivalEchoNanos,
        rivalSecondNanos <= nowNanos ? NEVER : rivalSecondNanos,
        rivalReadyNanos,
        rivalPauseNanos);
  }

  boolean mayAnswerRival(AnnouncePolicy policy, long nowNanos) {
    return policy.lowerPriorityRepeat() > 0 && nowNanos >= rivalReadyNanos;
  }

  /** The plan after announcing because of another router; the pause doubles up to a minute. */
  AnnouncePlan afterRival(AnnouncePolicy policy, long nowNanos) {
    boolean wasQuiet = nowNanos - rivalReadyNanos >= rivalPauseNanos;
    long pause = wasQuiet ? SHORTEST_PAUSE_NANOS : rivalPauseNanos;
    return new AnnouncePlan(
        secondNanos,
        refreshNanos,
        after(Math.min(ECHO_NANOS, policy.lowerPriorityDelayNanos()), nowNanos),
        after(policy.lowerPriorityDelayNanos(), nowNanos),
        nowNanos + pause,
        Math.min(pause * 2, LONGEST_PAUSE_NANOS));
  }

  /** The plan under a new policy: what was planned stays, a refresh follows the new period. */
  AnnouncePlan under(AnnouncePolicy policy, long nowNanos) {
    long refresh =
        policy.refreshNanos() == 0
            ? NEVER
            : Math.min(refreshNanos, nowNanos + policy.refreshNanos());
    return new AnnouncePlan(
        policy.delayNanos() == 0 ? NEVER : secondNanos,
        refresh,
        policy.lowerPriorityRepeat() == 0 ? NEVER : rivalEchoNanos,
        policy.lowerPriorityRepeat() == 0 ? NEVER : rivalSecondNanos,
        rivalReadyNanos,
        rivalPauseNanos);
  }

  private static long after(long delayNanos, long nowNanos) {
    return delayNanos == 0 ? NEVER : nowNanos + delayNanos;
  }
}
