package org.vipd.daemon.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vipd.daemon.config.CheckTrack;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.event.Cause;
import org.vipd.daemon.event.CheckOutcome;
import org.vipd.daemon.tracking.Contribution;
import org.vipd.daemon.tracking.EffectivePriority;
import org.vipd.daemon.tracking.TrackedCheck;
import org.vipd.daemon.tracking.Verdict;
import org.vipd.protocol.machine.TransitionReason;

/** Finds out why: from the nearest cause to what is behind it. */
final class CauseChain {

  /** What a script printed may be long; the whole is in status. */
  private static final int PRINTED_LIMIT = 200;

  private final RouterContext context;
  private final InstanceConfig config;
  private final List<Cause> causes = new ArrayList<>();

  CauseChain(RouterContext context, InstanceConfig config) {
    this.context = context;
    this.config = config;
  }

  /** Causes of a state that the machine entered by itself. */
  List<Cause> ofElection(TransitionReason.Kind kind, String text, EffectivePriority priority) {
    causes.add(new Cause(kindOf(kind), text));
    occasion();
    boolean decidedByPriority =
        kind == TransitionReason.Kind.HIGHER_PRIORITY
            || kind == TransitionReason.Kind.HIGHER_ADDRESS
            || kind == TransitionReason.Kind.PREEMPTED_LOWER;
    if (decidedByPriority) {
      ofPriority(priority);
    }
    return List.copyOf(causes);
  }

  /** Causes of not running. */
  List<Cause> ofObstacles(Readiness readiness) {
    for (Obstacle obstacle : readiness.obstacles()) {
      causes.add(new Cause(kindOf(obstacle.kind()), obstacle.text()));
    }
    occasion();
    for (CheckTrack track : config.tracks()) {
      context
          .tables()
          .checks()
          .find(track.checkName())
          .filter(it -> CheckRules.of(config, track, it.config()).isFault(it.verdict()))
          .flatMap(CauseChain::printed)
          .ifPresent(causes::add);
    }
    return List.copyOf(causes);
  }

  /** Causes of an effective priority. */
  List<Cause> ofPriority(EffectivePriority priority) {
    if (priority.contributions().stream().anyMatch(it -> it.amount() != 0)) {
      causes.add(
          new Cause(Cause.Kind.PRIORITY, "our effective priority is " + priority.arithmetic()));
    }
    for (Contribution contribution : priority.contributions()) {
      context
          .tables()
          .checks()
          .find(contribution.source())
          .filter(check -> check.verdict() == Verdict.BAD)
          .ifPresent(check -> causes.add(failure(check)));
    }
    return List.copyOf(causes);
  }

  private void occasion() {
    context.tables().occasion().current().ifPresent(causes::add);
  }

  private static Cause failure(TrackedCheck check) {
    String last = check.last().map(CheckOutcome::text).orElse("no result");
    String printed = printed(check).map(it -> ", " + it.text()).orElse("");
    return new Cause(
        Cause.Kind.CHECK, "check " + check.config().name() + " fails: " + last + printed);
  }

  /** What a failing check printed in its last run. */
  private static Optional<Cause> printed(TrackedCheck check) {
    return check
        .last()
        .filter(it -> check.verdict() == Verdict.BAD)
        .filter(CheckOutcome::hasPrinted)
        .map(it -> "check " + check.config().name() + " printed: " + shortened(it.output()))
        .map(text -> new Cause(Cause.Kind.CHECK, text));
  }

  /** The end of an output: the last line says most. */
  private static String shortened(String output) {
    String text = output.strip();
    return text.length() <= PRINTED_LIMIT
        ? text
        : "..." + text.substring(text.length() - PRINTED_LIMIT);
  }

  private static Cause.Kind kindOf(TransitionReason.Kind kind) {
    return switch (kind) {
      case STARTUP, OWNER -> Cause.Kind.START;
      case ACTIVE_DOWN -> Cause.Kind.SILENCE;
      case RESIGNED_PEER, PREEMPTED_LOWER, HIGHER_PRIORITY, HIGHER_ADDRESS ->
          Cause.Kind.ADVERTISEMENT;
      case SHUTDOWN -> Cause.Kind.OPERATOR;
      case OVERSLEPT -> Cause.Kind.STALL;
      default -> Cause.Kind.CONDITION;
    };
  }

  private static Cause.Kind kindOf(Obstacle.Kind kind) {
    return switch (kind) {
      case INTERFACE_MISSING, INTERFACE_DOWN, NO_SOURCE_ADDRESS, CHANNEL, MESSAGE_TOO_LONG ->
          Cause.Kind.LINK;
      case ADDRESSES, FOREIGN_OWNER, OTHER_DAEMON -> Cause.Kind.ADDRESSES;
      case CHECK_FAILED, CHECK_PENDING -> Cause.Kind.CHECK;
      default -> Cause.Kind.CONDITION;
    };
  }
}
