package org.vipd.daemon.boot;

import java.util.concurrent.locks.LockSupport;
import org.vipd.daemon.event.Event;
import org.vipd.daemon.event.EventSink;
import org.vipd.daemon.port.Journal;

/** Hands the loop what nobody would send again by himself, also when its queue is full just now. */
final class Insistence {

  private static final int TRIES = 50;
  private static final long PAUSE_NANOS = 100_000_000L;

  private final EventSink events;
  private final Journal journal;
  private final Runnable pause;

  Insistence(EventSink events, Journal journal) {
    this(events, journal, () -> LockSupport.parkNanos(PAUSE_NANOS));
  }

  /** One with another pause between two tries. */
  Insistence(EventSink events, Journal journal, Runnable pause) {
    this.events = events;
    this.journal = journal;
    this.pause = pause;
  }

  /** Tries for some seconds, then says what is lost. */
  void post(Event event, String what) {
    for (int i = 0; i < TRIES; i++) {
      if (events.post(event)) {
        return;
      }
      pause.run();
    }
    journal.error(what + " is lost: too many events wait for the loop; ask for it again");
  }
}
