package org.vipd.daemon.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.vipd.daemon.config.HookConfig;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.event.Cause;
import org.vipd.daemon.event.Notice;
import org.vipd.daemon.tracking.EffectivePriority;
import org.vipd.protocol.machine.StateKind;
import org.vipd.protocol.machine.TransitionReason;
import org.vipd.protocol.value.IpAddress;
import org.vipd.protocol.value.Priority;

/** What an operator is shown and told about one router: its state, since when, and why. */
final class Chronicle {

  private static final long RIVAL_INTERVAL_NANOS = 1_000_000_000L;

  private final RouterContext context;
  private final ManagedRouter router;
  private final Hooks hooks;
  private final RateLimit rivals = new RateLimit(RIVAL_INTERVAL_NANOS);
  private DisplayState displayed = DisplayState.INIT;
  private String reason = "starting";
  private TransitionReason.Kind kind = TransitionReason.Kind.STARTUP;
  private List<Cause> causes = List.of(new Cause(Cause.Kind.START, "starting"));
  private Instant since;
  private long sinceNanos;

  Chronicle(RouterContext context, ManagedRouter router) {
    this.context = context;
    this.router = router;
    this.hooks = new Hooks(context.ports().scripts());
    this.since = context.wallClock().instant();
    this.sinceNanos = context.clock().nanos();
  }

  /** The machine changed its state. */
  void transitioned(TransitionReason because) {
    reason = because.text();
    kind = because.kind();
  }

  /** Publishes the state shown to operators when it is another one than before. */
  void settle(EffectivePriority priority, long nowNanos) {
    Readiness readiness = router.readiness();
    DisplayState now = DisplayState.of(router.machine().kind(), readiness);
    if (now != displayed) {
      CauseChain chain = new CauseChain(context, router.config());
      causes =
          readiness.isReady()
              ? chain.ofElection(kind, reason, priority)
              : chain.ofObstacles(readiness);
      publish(now, readiness.isReady() ? reason : readiness.text(), priority, nowNanos);
    } else if (now == DisplayState.FAULT || now == DisplayState.INIT) {
      reason = readiness.isReady() ? reason : readiness.text();
    }
  }

  /** Publishes the end of the router. */
  void end(boolean isRemoved, String because, EffectivePriority priority, long nowNanos) {
    boolean saysDeleted = router.config().hooks().command(HookConfig.Occasion.DELETED).isPresent();
    DisplayState removed = saysDeleted ? DisplayState.DELETED : DisplayState.FAULT;
    DisplayState now = isRemoved ? removed : DisplayState.STOP;
    if (now != displayed) {
      causes =
          new CauseChain(context, router.config())
              .ofElection(TransitionReason.Kind.SHUTDOWN, because, priority);
      publish(now, because, priority, nowNanos);
    }
  }

  private void publish(
      DisplayState now, String because, EffectivePriority priority, long nowNanos) {
    String line =
        router.config().name()
            + ": "
            + displayed
            + " -> "
            + now
            + " ("
            + because
            + behind(because)
            + ")";
    if (now == DisplayState.FAULT) {
      context.ports().journal().warn(line);
    } else {
      context.ports().journal().info(line);
    }
    DisplayState before = displayed;
    displayed = now;
    reason = because;
    since = context.wallClock().instant();
    sinceNanos = nowNanos;
    hooks.run(router.config(), now, priority.value());
    notice(Notice.Kind.STATE, before, priority.value(), causes);
  }

  /** The causes that the nearest one does not name. */
  private String behind(String because) {
    StringBuilder text = new StringBuilder();
    for (Cause cause : causes) {
      if (!because.contains(cause.text())) {
        text.append(", because ").append(cause.text());
      }
    }
    return text.toString();
  }

  /** Says the state again to whom that matters. */
  void repeatState(EffectivePriority priority) {
    notice(Notice.Kind.STATE, displayed, priority.value(), causes);
  }

  /** The effective priority is another one. */
  void priorityChanged(EffectivePriority now) {
    context
        .ports()
        .journal()
        .info(router.config().name() + ": effective priority is now " + now.arithmetic());
    List<Cause> why = new CauseChain(context, router.config()).ofPriority(now);
    notice(Notice.Kind.PRIORITY, displayed, now.value(), why);
  }

  /** An Active heard somebody that should not be Active. */
  void heard(IpAddress source, Priority theirs, EffectivePriority ours, long nowNanos) {
    boolean isRival =
        router.machine().kind() == StateKind.ACTIVE
            && !theirs.isResign()
            && theirs.value() < ours.value().value();
    if (isRival && rivals.permits(nowNanos)) {
      String text =
          source + " is Active with priority " + theirs + ", lower than ours " + ours.value();
      hooks.rival(router.config());
      notice(
          Notice.Kind.RIVAL,
          displayed,
          ours.value(),
          List.of(new Cause(Cause.Kind.ADVERTISEMENT, text)));
    }
  }

  private void notice(
      Notice.Kind what, DisplayState before, Priority priority, List<Cause> because) {
    InstanceConfig config = router.config();
    context
        .ports()
        .notices()
        .publish(
            new Notice(
                context.wallClock().instant(),
                what,
                Notice.Subject.instance(config.name()),
                before.name(),
                displayed.name(),
                priority.value(),
                Duration.ZERO,
                because));
  }

  /** The causes of the state, the nearest first. */
  List<Cause> causes() {
    return causes;
  }

  /** What an operator sees. */
  RouterView view(EffectivePriority priority) {
    return new RouterView(displayed, reason, since, sinceNanos, priority);
  }
}
