package org.vipd.daemon.runtime;

import org.vipd.daemon.config.DaemonConfig;
import org.vipd.daemon.event.Event;

/** What instances depend on beside their own interface: lets it be checked and watched. */
final class Observation {

  private final RouterContext context;

  Observation(RouterContext context) {
    this.context = context;
  }

  /** Checks and watches what this configuration depends on, and nothing else. */
  void apply(DaemonConfig config) {
    context.interfaces().delay(config.trackers().delays());
    context.tables().trackers().redefine(config.trackers());
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
}
