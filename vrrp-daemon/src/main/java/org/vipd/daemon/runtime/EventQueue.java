package org.vipd.daemon.runtime;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.vipd.daemon.event.Event;
import org.vipd.daemon.event.EventSink;

/**
 * Events for the loop thread, at most {@value #CAPACITY}; what does not fit is dropped and counted.
 */
public final class EventQueue implements EventSink {

  private static final int CAPACITY = 1024;

  private final ArrayBlockingQueue<Event> events = new ArrayBlockingQueue<>(CAPACITY);
  private final AtomicLong dropped = new AtomicLong();
  private final Runnable wakeUp;

  /**
   * A queue that wakes its reader.
   *
   * @param wakeUp called after each event, from the thread that posts
   */
  public EventQueue(Runnable wakeUp) {
    this.wakeUp = wakeUp;
  }

  @Override
  public boolean post(Event event) {
    boolean taken = events.offer(event);
    if (!taken) {
      dropped.incrementAndGet();
    }
    wakeUp.run();
    return taken;
  }

  boolean isEmpty() {
    return events.isEmpty();
  }

  /** The next event; only called when {@link #isEmpty} is false, by the one reader. */
  Event take() {
    return events.remove();
  }

  long dropped() {
    return dropped.get();
  }
}
