package org.vipd.protocol.simulation;

import java.util.List;

/** I1 on a LAN without faults, after every event: exactly one Active. */
final class Calm {
  private final Referee referee;

  /**
   * A hand-over lasts as long as two packets travel: whoever else rises does so before it hears the
   * first that rose, and is heard by all a packet's time later.
   */
  private final long longestOverlapNanos;

  private boolean isCalm;
  private long severalSince = Long.MAX_VALUE;

  Calm(Referee referee, Scenario scenario) {
    this.referee = referee;
    // With mixed intervals a late packet of the loser can teach a Backup an interval that is too
    // short; the next advertisement of the winner ends that.
    long second = scenario.hasMixedIntervals() ? 2 * scenario.longestIntervalNanos() : 0;
    this.longestOverlapNanos = 2 * scenario.maximumDelayNanos() + second;
  }

  void watch(boolean isCalm, long now) {
    this.isCalm = isCalm;
    severalSince = now;
  }

  void afterEvent(List<Node> nodes, long now) {
    if (!isCalm) {
      return;
    }
    int active = 0;
    for (Node node : nodes) {
      active += node.isActive() ? 1 : 0;
    }
    severalSince = active > 1 ? Math.min(severalSince, now) : Long.MAX_VALUE;
    boolean isOverlap = active > 1 && now - severalSince <= longestOverlapNanos;
    if (active != 1 && !isOverlap) {
      referee.check(false, Invariant.I1_ONE_ACTIVE, nodes, active + " are Active in calm");
    }
  }
}
