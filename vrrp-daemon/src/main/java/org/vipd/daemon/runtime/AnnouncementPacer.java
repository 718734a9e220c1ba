package org.vipd.daemon.runtime;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.vipd.daemon.port.AnnouncePort;
import org.vipd.daemon.port.LinkState;
import org.vipd.daemon.port.NanoClock;
import org.vipd.daemon.port.PortException;
import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.IpAddress;

/**
 * Sends announcements, with the configured pause between two on the same interface. Without a pause
 * they go out at once. At most {@value #CAPACITY} wait per interface and family; more are dropped,
 * because hosts hear the address again soon enough.
 */
final class AnnouncementPacer {

  private static final int CAPACITY = 20_000;

  /** Told about each announcement that was sent or could not be. */
  interface Owner {

    void announced();

    void announcementFailed(String cause);
  }

  private record Lane(int interfaceIndex, AddressFamily family) {}

  private record Waiting(Owner owner, LinkState link, IpAddress address, long pauseNanos) {}

  private static final class Queue {
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private long nextNanos = Long.MIN_VALUE;
  }

  private final AnnouncePort port;
  private final NanoClock clock;
  private final Map<Lane, Queue> queues = new HashMap<>();
  private long dropped;

  AnnouncementPacer(AnnouncePort port, NanoClock clock) {
    this.port = port;
    this.clock = clock;
  }

  /** Announces an address now, or in its turn when there is a pause. */
  void announce(Owner owner, LinkState link, IpAddress address, long pauseNanos) {
    if (pauseNanos == 0) {
      send(owner, link, address);
      return;
    }
    Queue queue =
        queues.computeIfAbsent(new Lane(link.index(), address.family()), lane -> new Queue());
    if (queue.waiting.size() < CAPACITY) {
      queue.waiting.add(new Waiting(owner, link, address, pauseNanos));
    } else {
      dropped++;
    }
    advance(queue, clock.nanos());
  }

  /** How many found no room. */
  long dropped() {
    return dropped;
  }

  /** Drops what waits for somebody who no longer holds the addresses. */
  void cancel(Owner owner) {
    for (Queue queue : queues.values()) {
      queue.waiting.removeIf(waiting -> waiting.owner() == owner);
    }
  }

  /** When the next waiting announcement is due. */
  long deadlineNanos() {
    long earliest = Long.MAX_VALUE;
    if (queues.isEmpty()) {
      return earliest;
    }
    for (Queue queue : queues.values()) {
      if (!queue.waiting.isEmpty()) {
        earliest = Math.min(earliest, queue.nextNanos);
      }
    }
    return earliest;
  }

  /** Sends what is due. */
  void tick(long nowNanos) {
    if (queues.isEmpty()) {
      return;
    }
    for (Queue queue : queues.values()) {
      advance(queue, nowNanos);
    }
  }

  private void advance(Queue queue, long nowNanos) {
    while (!queue.waiting.isEmpty() && nowNanos >= queue.nextNanos) {
      Waiting next = queue.waiting.remove();
      send(next.owner(), next.link(), next.address());
      queue.nextNanos = nowNanos + next.pauseNanos();
    }
  }

  private void send(Owner owner, LinkState link, IpAddress address) {
    try {
      port.announce(link, address);
      owner.announced();
    } catch (PortException e) {
      owner.announcementFailed(e.getMessage());
    }
  }
}
