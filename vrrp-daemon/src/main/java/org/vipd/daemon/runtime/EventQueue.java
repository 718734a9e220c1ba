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

  /** One is enough to stop; a few more keep the reason of the first ones. */
  private static final int URGENT_CAPACITY = 16;

  private final ArrayBlockingQueue<Event> events = new ArrayBlockingQueue<>(CAPACITY);
  private final ArrayBlockingQueue<Event> urgent = new ArrayBlockingQueue<>(URGENT_CAPACITY);
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
    boolean stops = event instanceof Event.StopRequested;
    // a request to stop finds room, or one is there already
    boolean taken = stops ? urgent.offer(event) : events.offer(event);
    if (!taken) {
      dropped.incrementAndGet();
    }
    wakeUp.run();
    return taken;
  }

  boolean isEmpty() {
    return urgent.isEmpty() && events.isEmpty();
  }

  /** The next event; only called when {@link #isEmpty} is false, by the one reader. */
  Event take() {
    Event first = urgent.poll();
    return first != null ? first : events.remove();
  }

  long dropped() {
    return dropped.get();
  }
}
