package org.vipd.daemon.boot;

import java.util.Optional;
import org.vipd.daemon.event.Event;
import org.vipd.daemon.event.EventSink;
import org.vipd.daemon.port.Journal;

/**
 * What happens when a thread of the daemon dies of something nobody expected: it is said, and the
 * daemon stops in order with exit status 1, because half a daemon may hold an address for ever.
 */
final class LastWords implements Thread.UncaughtExceptionHandler {

  private final Journal journal;
  private final EventSink events;

  LastWords(Journal journal, EventSink events) {
    this.journal = journal;
    this.events = events;
  }

  /** Applies to all threads that have no handler of their own. */
  void install() {
    Thread.setDefaultUncaughtExceptionHandler(this);
  }

  @Override
  public void uncaughtException(Thread thread, Throwable failure) {
    String where =
        Optional.of(failure.getStackTrace())
            .filter(trace -> trace.length > 0)
            .map(trace -> " at " + trace[0])
            .orElse("");
    journal.error(
        "thread "
            + thread.getName()
            + " ended unexpectedly: "
            + failure
            + where
            + "; the daemon stops; were its files replaced while it ran?");
    events.post(Event.StopRequested.failed("thread " + thread.getName() + " ended unexpectedly"));
  }
}
