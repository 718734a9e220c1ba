package org.vipd.daemon.notify;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.vipd.daemon.config.DaemonConfig;
import org.vipd.daemon.event.Notice;
import org.vipd.daemon.port.Journal;
import org.vipd.daemon.port.NanoClock;
import org.vipd.daemon.port.NoticePort;
import org.vipd.daemon.status.DeliveryStatus;

/** Hands each notice to everybody who wants it; called by the loop thread. */
public final class Notifier implements NoticePort {

  private static final long NANOS_PER_MILLI = 1_000_000L;

  /** A receiver at work. */
  private record Working(Receivers.Spec spec, Delivery delivery, Thread thread) {}

  private final Receivers receivers;
  private final NanoClock clock;
  private final Journal journal;
  private final List<Consumer<Notice>> followers;
  private List<Working> working = List.of();
  private volatile List<Delivery> deliveries = List.of();
  private long refused;

  /**
   * A notifier without receivers.
   *
   * @param followers take every notice at once and never wait, for example the history
   */
  public Notifier(
      Receivers receivers, NanoClock clock, Journal journal, List<Consumer<Notice>> followers) {
    this.receivers = receivers;
    this.clock = clock;
    this.journal = journal;
    this.followers = List.copyOf(followers);
  }

  @Override
  public void configure(DaemonConfig config) {
    List<Receivers.Spec> wanted = receivers.of(config);
    if (working.isEmpty() && wanted.isEmpty()) {
      return;
    }
    List<Working> kept = new ArrayList<>();
    for (Working it : working) {
      if (wanted.contains(it.spec())) {
        kept.add(it);
      } else {
        it.delivery().end();
      }
    }
    for (Receivers.Spec spec : wanted) {
      if (kept.stream().noneMatch(it -> it.spec().equals(spec))) {
        kept.add(start(spec));
      }
    }
    Set<Notice.Subject> subjects = Receivers.subjects(config);
    kept.forEach(it -> it.delivery().configure(subjects));
    working = List.copyOf(kept);
    deliveries = working.stream().map(Working::delivery).toList();
  }

  private Working start(Receivers.Spec spec) {
    Delivery delivery = new Delivery(receivers.open(spec, clock), clock, journal);
    Thread thread = new Thread(delivery, "vipd-notify " + delivery.name());
    thread.setDaemon(true);
    thread.start();
    return new Working(spec, delivery, thread);
  }

  @Override
  public void publish(Notice notice) {
    if (!notice.isRepeated()) {
      followers.forEach(follower -> follower.accept(notice));
    }
    for (Delivery delivery : deliveries) {
      refused += delivery.submit(notice) ? 0 : 1;
    }
  }

  @Override
  public long refused() {
    return refused;
  }

  @Override
  public List<DeliveryStatus> deliveries() {
    return deliveries.stream().flatMap(delivery -> delivery.status().stream()).toList();
  }

  @Override
  public void stop(long graceNanos) {
    long end = clock.nanos() + graceNanos;
    working.forEach(it -> it.delivery().end());
    try {
      for (Working it : working) {
        long left = Math.max(1, (end - clock.nanos()) / NANOS_PER_MILLI);
        it.thread().join(left);
        if (it.thread().isAlive()) {
          journal.warn(it.delivery().name() + " did not take its last notices in time");
          it.thread().interrupt();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
