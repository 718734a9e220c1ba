package org.vipd.daemon.cli;

import org.vipd.daemon.status.InstanceStatus.TrackerStatus;

/** One line about something that an instance depends on beside checks. */
final class TrackerText {

  private TrackerText() {}

  static String of(TrackerStatus tracker) {
    return tracker.kind()
        + " "
        + tracker.name()
        + " is "
        + tracker.state()
        + ": "
        + tracker.reading()
        + (tracker.since().isEmpty() ? "" : ", since " + tracker.since())
        + "; "
        + meaning(tracker);
  }

  private static String meaning(TrackerStatus tracker) {
    if (tracker.weight() == 0) {
      return (tracker.isReversed() ? "good" : "bad") + " means FAULT";
    }
    return "weight "
        + tracker.weight()
        + (tracker.isReversed() ? " reversed" : "")
        + ", counts "
        + tracker.contribution();
  }
}
