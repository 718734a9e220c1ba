package org.vipd.daemon.runtime;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.vipd.daemon.config.CommandConfig;
import org.vipd.daemon.config.HookConfig;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.event.CheckOutcome;
import org.vipd.daemon.port.ReleaseJob;
import org.vipd.protocol.machine.StateKind;

/**
 * The script that runs before an Active gives its addresses up of its own accord, and the wait for
 * it. Meanwhile the router goes on as Active: it advertises, so that nobody else claims what it
 * still has. Whatever cannot wait (a stronger router, a lost link or address) does not.
 */
final class BeforeRelease {

  private static final Duration USUAL_WAIT = Duration.ofSeconds(1);
  private static final double NANOS_PER_SECOND = 1e9;
  private static final String LATE =
      "before_release has not ended in time; the release goes on without it";

  private enum Phase {
    IDLE,
    RUNNING,
    OVER
  }

  private final RouterContext context;
  private final ManagedRouter router;
  private Phase phase = Phase.IDLE;
  private Optional<Obstacle> reason = Optional.empty();
  private long deadlineNanos = Long.MAX_VALUE;

  BeforeRelease(RouterContext context, ManagedRouter router) {
    this.context = context;
    this.router = router;
  }

  /** Whether its script runs and is waited for. */
  boolean isRunning() {
    return phase == Phase.RUNNING;
  }

  /**
   * Keeps the reason of a release that has begun when nothing else is in the way any more: it is
   * carried out, because its script has prepared for it.
   */
  void explain(List<Obstacle> obstacles) {
    if (obstacles.isEmpty()) {
      reason.ifPresent(obstacles::add);
    }
  }

  /**
   * Whether an Active that must not run goes on for a while: until its script has ended, and those
   * of the other members of its group, because they move together.
   */
  boolean holdsBack(Readiness readiness, long nowNanos) {
    if (router.machine().kind() != StateKind.ACTIVE || !readiness.isOnlyOfChecks()) {
      return false;
    }
    if (phase == Phase.IDLE && begin(readiness.text(), nowNanos)) {
      reason = Optional.of(new Obstacle(Obstacle.Kind.CHECK_FAILED, readiness.text()));
    }
    return isRunning() || context.tables().groups().isHeldBack(router);
  }

  /**
   * Runs the script of an Active because the daemon stops; false when there is none to wait for.
   */
  boolean beginStop(String because, long nowNanos) {
    boolean mayBegin = phase == Phase.IDLE && router.machine().kind() == StateKind.ACTIVE;
    return isRunning() || (mayBegin && begin(because, nowNanos));
  }

  private boolean begin(String because, long nowNanos) {
    InstanceConfig config = router.config();
    Optional<CommandConfig> command = config.hooks().command(HookConfig.Occasion.BEFORE_RELEASE);
    if (command.isEmpty()) {
      return false;
    }
    Duration limit = config.extras().settings().time("before_release_wait").orElse(USUAL_WAIT);
    say("before_release runs for up to " + seconds(limit) + " (" + because + ")");
    phase = Phase.RUNNING;
    lookAgainAt(nowNanos + limit.toNanos());
    context.ports().scripts().prepareRelease(new ReleaseJob(config.name(), command.get(), limit));
    return true;
  }

  /**
   * The script has ended. Its runner knows the same limit as this class: who notices first is
   * chance, and both say it in the same words.
   */
  void finished(CheckOutcome outcome, long nowNanos) {
    if (isRunning()) {
      String took = seconds(outcome.took());
      if (outcome.passed()) {
        say("before_release has ended: " + outcome.text() + " after " + took);
      } else if (outcome.kind() == CheckOutcome.Kind.TIMED_OUT) {
        warn(LATE);
      } else {
        String printed = outcome.hasPrinted() ? ", printed: " + outcome.output().strip() : "";
        String failed = "before_release has failed after " + took + ": " + outcome.text() + printed;
        warn(failed + "; the release goes on");
      }
      phase = Phase.OVER;
      lookAgainAt(nowNanos);
    }
  }

  /** Whether the router has to be looked at again; true once. */
  boolean takeDue(long nowNanos) {
    if (nowNanos < deadlineNanos) {
      return false;
    }
    if (isRunning()) {
      warn(LATE);
      phase = Phase.OVER;
    }
    deadlineNanos = Long.MAX_VALUE;
    return true;
  }

  long deadlineNanos() {
    return deadlineNanos;
  }

  /** The addresses are given up: what has begun is done. */
  void released(long nowNanos) {
    if (phase != Phase.IDLE) {
      phase = Phase.IDLE;
      // the reason it was for may be gone already
      reason = Optional.empty();
      lookAgainAt(nowNanos);
    }
  }

  private void lookAgainAt(long nanos) {
    deadlineNanos = nanos;
    context.tables().earliest().changed(nanos);
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f s", duration.toNanos() / NANOS_PER_SECOND);
  }

  private void say(String what) {
    context.ports().journal().info(router.config().name() + ": " + what);
  }

  private void warn(String what) {
    context.ports().journal().warn(router.config().name() + ": " + what);
  }
}
