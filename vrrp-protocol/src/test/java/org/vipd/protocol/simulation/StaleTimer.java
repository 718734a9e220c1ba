package org.vipd.protocol.simulation;

import org.vipd.protocol.machine.RouterConfig;
import org.vipd.protocol.machine.StateKind;
import org.vipd.protocol.machine.Step;
import org.vipd.protocol.value.IpAddress;
import org.vipd.protocol.wire.Advertisement;

/** Keeps the deadline of Active when it becomes a Backup. */
final class StaleTimer extends Subject {
  private long stale = Long.MAX_VALUE;

  StaleTimer(RouterConfig config) {
    super(config);
  }

  @Override
  Step advertisement(Advertisement advertisement, IpAddress source, long now) {
    boolean wasActive = kind() == StateKind.ACTIVE;
    long deadline = super.deadlineNanos();
    Step step = super.advertisement(advertisement, source, now);
    if (wasActive && kind() == StateKind.BACKUP) {
      stale = deadline;
    }
    return step;
  }

  @Override
  Step tick(long now) {
    boolean isStale = stale <= now && kind() == StateKind.BACKUP;
    stale = stale <= now ? Long.MAX_VALUE : stale;
    return super.tick(isStale ? super.deadlineNanos() : now);
  }

  @Override
  long deadlineNanos() {
    return Math.min(stale, super.deadlineNanos());
  }
}
