package org.vipd.daemon.notify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  /** A receiver at work, named by its identity. */
  private record Working(Receivers.Spec identity, Delivery delivery, Thread thread) {}

  private final Receivers receivers;
  private final NanoClock clock;
  private final Journal journal;
  private final List<Consumer<Notice>> followers;
  private List<Working> working = List.of();
  private final List<Working> ending = new ArrayList<>();
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
    ending.removeIf(it -> !it.thread().isAlive());
    Set<Notice.Subject> subjects = Receivers.subjects(config);
    Map<Receivers.Spec, Working> before = new LinkedHashMap<>();
    working.forEach(it -> before.put(it.identity(), it));
    Map<Receivers.Spec, Receivers.Spec> after = new LinkedHashMap<>();
    wanted.forEach(it -> after.putIfAbsent(it.identity(), it));
    before.forEach((identity, it) -> endUnless(after.containsKey(identity), it));
    List<Working> now = new ArrayList<>();
    after.forEach(
        (identity, spec) -> {
          Working it = before.containsKey(identity) ? before.get(identity) : start(spec);
          it.delivery().configure(spec, subjects);
          now.add(it);
        });
    working = List.copyOf(now);
    deliveries = working.stream().map(Working::delivery).toList();
  }

  private void endUnless(boolean isWanted, Working it) {
    if (!isWanted) {
      it.delivery().end();
      ending.add(it);
    }
  }

  private Working start(Receivers.Spec spec) {
    List<Thread> predecessors =
        ending.stream()
            .filter(it -> it.identity() instanceof Receivers.PipeSpec pipe && pipe.hasPathOf(spec))
            .map(Working::thread)
            .toList();
    Delivery delivery = new Delivery(receivers.open(spec, clock), clock, journal);
    Thread thread =
        new Thread(() -> runAfter(predecessors, delivery), "vipd-notify " + delivery.name());
    thread.setDaemon(true);
    thread.start();
    return new Working(spec.identity(), delivery, thread);
  }

  /** Who used the same pipe removes it when it ends, and must not remove the next one. */
  private static void runAfter(List<Thread> predecessors, Delivery delivery) {
    try {
      for (Thread thread : predecessors) {
        thread.join();
      }
      delivery.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
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
