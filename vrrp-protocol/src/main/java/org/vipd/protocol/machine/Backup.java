package org.vipd.protocol.machine;

import java.util.List;
import org.vipd.protocol.machine.TransitionReason.ActiveDown;
import org.vipd.protocol.machine.TransitionReason.NobodyHeard;
import org.vipd.protocol.machine.TransitionReason.PeerResigned;
import org.vipd.protocol.machine.TransitionReason.PreemptedLower;
import org.vipd.protocol.machine.TransitionReason.Shutdown;
import org.vipd.protocol.value.AdvertInterval;
import org.vipd.protocol.value.IpAddress;
import org.vipd.protocol.value.VrrpVersion;
import org.vipd.protocol.wire.Advertisement;

/**
 * Watching the Active router (RFC 9568 section 6.4.2).
 *
 * @param deadlineNanos when the Active router is taken for dead
 * @param activeInterval interval of the Active router; our own until one is heard
 * @param heard the last advertisement, also one that changed nothing
 * @param preemptAtNanos when a lower Active is no longer accepted, or {@link #NOT_WAITING}
 * @param listening how long it would have heard others
 */
public record Backup(
    long deadlineNanos,
    AdvertInterval activeInterval,
    LastHeard heard,
    long preemptAtNanos,
    Listening listening)
    implements RouterState {
  /** No lower Active router is being waited for. */
  public static final long NOT_WAITING = Long.MAX_VALUE;

  @Override
  public StateKind kind() {
    return StateKind.BACKUP;
  }

  @Override
  public Step startup(RouterConfig config, long nowNanos) {
    return Step.stay(this);
  }

  @Override
  public Step resume(RouterConfig config, long nowNanos) {
    return Step.stay(this);
  }

  /** A Backup goes in silence: it never sends priority 0. */
  @Override
  public Step shutdown(RouterConfig config, ShutdownCause cause, long nowNanos) {
    return new Step(
        Initialize.INSTANCE,
        List.of(
            new Action.PublishTransition(
                StateKind.BACKUP, StateKind.INITIALIZE, new Shutdown(cause))));
  }

  @Override
  public Step advertisement(
      RouterConfig config, Advertisement advertisement, IpAddress source, long nowNanos) {
    ActiveRouter sender =
        new ActiveRouter(source, advertisement.priority(), advertisement.interval(), nowNanos);
    if (sender.priority().isResign()) {
      // The interval inside a priority 0 message is not adopted.
      return Step.stay(
          new Backup(
              nowNanos + config.skewNanos(activeInterval),
              activeInterval,
              sender,
              NOT_WAITING,
              listening));
    }
    boolean isLower = sender.priority().compareTo(config.effectivePriority()) < 0;
    if (!isLower || !config.preempts()) {
      return follow(config, sender, NOT_WAITING);
    }
    if (config.preemptDelayNanos() == 0) {
      return discard(sender);
    }
    long preemptAt =
        preemptAtNanos == NOT_WAITING ? nowNanos + config.preemptDelayNanos() : preemptAtNanos;
    return nowNanos < preemptAt
        ? follow(config, sender, preemptAt)
        : Step.stay(new Backup(deadlineNanos, activeInterval, sender, preemptAt, listening));
  }

  @Override
  public Step tick(RouterConfig config, long nowNanos) {
    if (nowNanos < deadlineNanos) {
      return Step.stay(this);
    }
    return Active.promote(
        config, StateKind.BACKUP, heard, promotionReason(config, nowNanos), nowNanos);
  }

  /**
   * Silence that was slept through proves nothing: one that woke up an interval late, or later,
   * waits once more instead of claiming.
   */
  @Override
  public Step wokeLate(RouterConfig config, Sleep sleep, long nowNanos) {
    boolean isTrusted = sleep.lateNanos() < config.timerInterval(activeInterval).nanos();
    if (isTrusted || nowNanos < deadlineNanos) {
      return Step.stay(this);
    }
    return Step.stay(
        new Backup(
            nowNanos + config.activeDownNanos(activeInterval),
            activeInterval,
            heard,
            preemptAtNanos,
            Listening.after(sleep, nowNanos)));
  }

  /** Recomputes the timer; a running deadline may come nearer but is never extended. */
  @Override
  public Step reconfigure(RouterConfig before, RouterConfig after, long nowNanos) {
    boolean hasLearned = after.version() == VrrpVersion.V3 && heard instanceof ActiveRouter;
    AdvertInterval interval = hasLearned ? activeInterval : after.interval();
    long deadline = Math.min(deadlineNanos, nowNanos + after.activeDownNanos(interval));
    boolean isWaiting = preemptAtNanos != NOT_WAITING && after.preemptDelayNanos() > 0;
    long preemptAt =
        isWaiting ? Math.min(preemptAtNanos, nowNanos + after.preemptDelayNanos()) : NOT_WAITING;
    return Step.stay(new Backup(deadline, interval, heard, preemptAt, listening));
  }

  /** The same with one more Active down interval from now. */
  Step postponed(RouterConfig config, long nowNanos) {
    long deadline = nowNanos + config.activeDownNanos(activeInterval);
    return Step.stay(new Backup(deadline, activeInterval, heard, preemptAtNanos, listening));
  }

  private Step follow(RouterConfig config, ActiveRouter sender, long preemptAt) {
    long deadline = sender.heardAtNanos() + config.activeDownNanos(sender.interval());
    return Step.stay(new Backup(deadline, sender.interval(), sender, preemptAt, listening));
  }

  private Step discard(ActiveRouter sender) {
    return Step.stay(new Backup(deadlineNanos, activeInterval, sender, preemptAtNanos, listening));
  }

  private TransitionReason promotionReason(RouterConfig config, long nowNanos) {
    if (heard instanceof Silence) {
      return new NobodyHeard(nowNanos - listening.sinceNanos(), listening.sleptNanos());
    }
    ActiveRouter last = (ActiveRouter) heard;
    if (last.priority().isResign()) {
      return isSinceItListens(last) ? new PeerResigned(last.address()) : silent(last, nowNanos);
    }
    long silence = nowNanos - last.heardAtNanos();
    boolean isLower = last.priority().compareTo(config.effectivePriority()) < 0;
    boolean isAlive = silence < config.activeDownNanos(last.interval());
    return isLower && isAlive
        ? new PreemptedLower(last, config.effectivePriority())
        : silent(last, nowNanos);
  }

  /** What was not heard before it listened is no silence of others. */
  private ActiveDown silent(ActiveRouter last, long nowNanos) {
    return isSinceItListens(last)
        ? new ActiveDown(last, nowNanos - last.heardAtNanos(), 0)
        : new ActiveDown(last, nowNanos - listening.sinceNanos(), listening.sleptNanos());
  }

  private boolean isSinceItListens(ActiveRouter last) {
    return last.heardAtNanos() >= listening.sinceNanos();
  }
}
