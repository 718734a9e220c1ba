package org.vipd.daemon.testkit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.vipd.daemon.port.LinkListener;
import org.vipd.daemon.port.NetworkPort;

/**
 * Where a loop waits: never blocks, delivers what was put in, and remembers until when the loop
 * wanted to wait.
 */
public final class FakeNetwork implements NetworkPort {

  private final Deque<Consumer<LinkListener>> arrivals = new ArrayDeque<>();
  private long wantedNanos = Long.MIN_VALUE;
  private boolean deliveredSomething;
  private String delayCause = "";

  /** Lets something arrive at the next turn of the loop. */
  public void arrive(Consumer<LinkListener> arrival) {
    arrivals.add(arrival);
  }

  /** Lets something arrive before all that is there. */
  public void arriveFirst(Consumer<LinkListener> arrival) {
    arrivals.addFirst(arrival);
  }

  @Override
  public void await(long deadlineNanos, LinkListener listener) {
    wantedNanos = deadlineNanos;
    deliveredSomething = !arrivals.isEmpty();
    int count = arrivals.size();
    for (int i = 0; i < count; i++) {
      arrivals.remove().accept(listener);
    }
  }

  /** Lets this be the cause of delays. */
  public void delayBecause(String cause) {
    delayCause = cause;
  }

  @Override
  public String delayCause(long lateNanos) {
    return delayCause;
  }

  /** Nothing to do: the fake never waits. */
  @Override
  public void wakeUp() {
    wantedNanos = Long.MIN_VALUE;
  }

  /** Until when the last turn wanted to wait. */
  public long wantedNanos() {
    return wantedNanos;
  }

  /** Whether the last turn found nothing to do at this time. */
  boolean wasIdle(long nowNanos) {
    return !deliveredSomething && arrivals.isEmpty() && wantedNanos > nowNanos;
  }
}
