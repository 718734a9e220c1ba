package org.vipd.daemon.runtime;

import java.util.Optional;
import org.vipd.daemon.config.DaemonConfig;
import org.vipd.daemon.event.CheckOutcome;
import org.vipd.daemon.event.Event;
import org.vipd.daemon.tracking.TrackedCheck;
import org.vipd.daemon.tracking.Verdict;

/** What instances depend on beside their own interface: lets it be checked and watched. */
final class Observation {

  private final RouterContext context;

  Observation(RouterContext context) {
    this.context = context;
  }

  /** Checks and watches what this configuration depends on, and nothing else. */
  void apply(DaemonConfig config) {
    context.interfaces().delay(config.trackers().delays());
    context.tables().trackers().redefine(config);
    context.tables().checks().replaceAll(config.trackedChecks());
    context.ports().scripts().replaceChecks(config.trackedChecks());
    context.ports().trackers().replaceTrackers(config.usedTrackers());
  }

  /** Takes a reading; true when it is another one than before. */
  boolean accept(Event.TrackerReported report) {
    boolean isNew =
        context
            .tables()
            .trackers()
            .accept(report.kind(), report.name(), report.reading(), context.wallClock().instant());
    if (isNew) {
      String what = report.kind().keyword() + " " + report.name();
      context.ports().journal().info(what + ": " + report.reading().text());
    }
    return isNew;
  }

  /** Takes the result of a check; true when instances have to be looked at again. */
  boolean accept(Event.CheckFinished finished) {
    Optional<TrackedCheck> changed =
        context.tables().checks().accept(finished.checkName(), finished.outcome());
    changed.ifPresent(check -> say(check.verdict(), finished));
    // the reason shown for a fault carries how often the check failed
    return changed.isPresent() || !finished.outcome().passed();
  }

  private void say(Verdict verdict, Event.CheckFinished finished) {
    CheckOutcome outcome = finished.outcome();
    // one that could not be run has said why already
    boolean shows = outcome.hasPrinted() && !outcome.passed();
    String line =
        "check "
            + finished.checkName()
            + " is now "
            + verdict.word()
            + ": "
            + outcome.text()
            + (shows ? ", printed: " + outcome.output().strip() : "");
    if (verdict == Verdict.BAD) {
      context.ports().journal().warn(line);
    } else {
      context.ports().journal().info(line);
    }
  }
}
