package org.vipd.daemon.event;

/** Takes events for the loop thread, from any thread. */
public interface EventSink {

  /** Hands an event over; false when the queue is full and the event was dropped and counted. */
  boolean post(Event event);
}
