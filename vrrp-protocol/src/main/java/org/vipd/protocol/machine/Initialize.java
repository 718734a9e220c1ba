package org.vipd.protocol.machine;

import java.util.List;
import org.vipd.protocol.machine.TransitionReason.Resumed;
import org.vipd.protocol.machine.TransitionReason.Startup;
import org.vipd.protocol.value.IpAddress;
import org.vipd.protocol.wire.Advertisement;

/** Not taking part (RFC 9568 section 6.4.1). */
public record Initialize() implements RouterState {
  /** The one value. */
  public static final Initialize INSTANCE = new Initialize();

  @Override
  public StateKind kind() {
    return StateKind.INITIALIZE;
  }

  @Override
  public long deadlineNanos() {
    return Long.MAX_VALUE;
  }

  @Override
  public Step startup(RouterConfig config, long nowNanos) {
    TransitionReason reason = new Startup(config.effectivePriority());
    if (config.effectivePriority().isOwner()) {
      return Active.promote(config, StateKind.INITIALIZE, new Silence(nowNanos), reason, nowNanos);
    }
    return asBackup(config, nowNanos);
  }

  /** Watches first, whatever the priority. */
  static Step asBackup(RouterConfig config, long nowNanos) {
    TransitionReason reason = new Startup(config.effectivePriority());
    RouterState next =
        new Backup(
            nowNanos + config.activeDownNanos(config.interval()),
            config.interval(),
            new Silence(nowNanos),
            Backup.NOT_WAITING,
            Listening.from(nowNanos));
    return new Step(
        next,
        List.of(new Action.PublishTransition(StateKind.INITIALIZE, StateKind.BACKUP, reason)));
  }

  @Override
  public Step resume(RouterConfig config, long nowNanos) {
    return Active.promote(
        config, StateKind.INITIALIZE, new Silence(nowNanos), new Resumed(), nowNanos);
  }

  @Override
  public Step shutdown(RouterConfig config, ShutdownCause cause, long nowNanos) {
    return Step.stay(this);
  }

  @Override
  public Step advertisement(
      RouterConfig config, Advertisement advertisement, IpAddress source, long nowNanos) {
    return Step.stay(this);
  }

  @Override
  public Step tick(RouterConfig config, long nowNanos) {
    return Step.stay(this);
  }

  @Override
  public Step wokeLate(RouterConfig config, Sleep sleep, long nowNanos) {
    return Step.stay(this);
  }

  @Override
  public Step reconfigure(RouterConfig before, RouterConfig after, long nowNanos) {
    return Step.stay(this);
  }
}
