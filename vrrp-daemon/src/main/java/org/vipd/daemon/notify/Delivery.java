package org.vipd.daemon.notify;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.vipd.daemon.config.Printable;
import org.vipd.daemon.event.Notice;
import org.vipd.daemon.port.Journal;
import org.vipd.daemon.port.NanoClock;
import org.vipd.daemon.status.DeliveryStatus;

/** One receiver with what it is still to be told, worked off on a thread of its own. */
final class Delivery implements Runnable {

  private static final long NANOS_PER_MILLI = 1_000_000L;
  private static final long LONGEST_WAIT_MILLIS = 60_000;
  private static final int LONGEST_REASON = 300;

  private final Receiver receiver;
  private final NanoClock clock;
  private final Journal journal;
  private final Lanes lanes;
  private boolean ending;
  private boolean complained;
  private boolean saidLost;

  Delivery(Receiver receiver, NanoClock clock, Journal journal) {
    this.receiver = receiver;
    this.clock = clock;
    this.journal = journal;
    this.lanes = new Lanes(receiver.retry());
  }

  String name() {
    return receiver.name();
  }

  /** Takes note of what the receiver is told of, and of the instances and groups that there are. */
  void configure(Receivers.Spec spec, Set<Notice.Subject> subjects) {
    receiver.configure(spec);
    synchronized (lanes) {
      lanes.configure(subjects);
    }
  }

  /**
   * Takes a notice that the receiver wants; never waits for it.
   *
   * @return false when it is lost because too many wait
   */
  boolean submit(Notice notice) {
    if (!receiver.wants(notice)) {
      return true;
    }
    boolean isTaken;
    synchronized (lanes) {
      isTaken = lanes.submit(notice);
      lanes.notifyAll();
    }
    if (!isTaken && !saidLost) {
      saidLost = true;
      journal.warn(
          receiver.name()
              + " is not told that "
              + notice.subject().name()
              + " is "
              + notice.state()
              + ": too many others wait; what is lost is counted silently (notices-refused)");
    }
    return isTaken;
  }

  List<DeliveryStatus> status() {
    synchronized (lanes) {
      return lanes.status(receiver.name());
    }
  }

  /** Lets the thread end once nothing can be delivered at once. */
  void end() {
    synchronized (lanes) {
      ending = true;
      lanes.tryAllAgain();
      lanes.notifyAll();
    }
  }

  @Override
  public void run() {
    try {
      prepare();
      for (Optional<Notice> next = await(); next.isPresent(); next = await()) {
        deliver(next.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      receiver.close();
    }
  }

  private void prepare() {
    try {
      receiver.prepare();
    } catch (DeliveryException e) {
      sayUnprepared(e.getMessage());
    } catch (RuntimeException e) {
      sayUnprepared("unexpected failure: " + e);
    }
  }

  private void sayUnprepared(String why) {
    journal.warn(receiver.name() + " cannot be told anything yet: " + shortened(Printable.of(why)));
  }

  /** The next notice whose time has come; empty at the end. */
  private Optional<Notice> await() throws InterruptedException {
    synchronized (lanes) {
      while (true) {
        long now = clock.nanos();
        Optional<Notice> next = lanes.next(now);
        if (next.isPresent() || ending) {
          return next;
        }
        lanes.wait(pauseMillis(lanes.deadlineNanos(), now));
      }
    }
  }

  private static long pauseMillis(long deadlineNanos, long nowNanos) {
    long pause = deadlineNanos == Long.MAX_VALUE ? Long.MAX_VALUE : deadlineNanos - nowNanos;
    return Math.min(LONGEST_WAIT_MILLIS, pause / NANOS_PER_MILLI + 1);
  }

  /** One try. */
  void deliver(Notice notice) {
    long start = clock.nanos();
    try {
      receiver.deliver(notice);
      synchronized (lanes) {
        lanes.delivered(notice, clock.nanos() - start);
      }
      sayRecovered();
    } catch (DeliveryException e) {
      failed(notice, e.getMessage(), start);
    } catch (RuntimeException e) {
      failed(notice, "unexpected failure: " + e, start);
    }
  }

  private void failed(Notice notice, String reason, long startNanos) {
    // a receiver may have written part of it: one line, not for ever
    String why = shortened(Printable.of(reason));
    boolean givenUp;
    synchronized (lanes) {
      long now = clock.nanos();
      givenUp = lanes.failed(notice, why, now - startNanos, now);
    }
    if (givenUp || !complained) {
      complained = true;
      journal.warn(
          receiver.name()
              + " was not told that "
              + notice.subject().name()
              + " is "
              + notice.state()
              + ": "
              + why
              + (givenUp ? "; given up" : "; it is tried again, silently"));
    }
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON) + " ...";
  }

  private void sayRecovered() {
    if (complained) {
      complained = false;
      journal.info(receiver.name() + " takes notices again");
    }
  }
}
