package org.vipd.daemon.bfd;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.vipd.daemon.config.track.BfdInstance;
import org.vipd.daemon.config.track.TrackKind;
import org.vipd.daemon.event.Event;
import org.vipd.daemon.event.EventSink;
import org.vipd.daemon.event.TrackerReading;
import org.vipd.daemon.port.SessionPort;
import org.vipd.daemon.status.SessionStatus;
import org.vipd.protocol.bfd.ControlPacketCodec;
import org.vipd.protocol.bfd.ControlPacketCodec.Decoded;
import org.vipd.protocol.bfd.Session;

/** Keeps BFD sessions on one thread; what their state means goes out as events. */
public final class SessionSupervisor implements Runnable, SessionPort.Receiver {

  private static final long SNAPSHOT_NANOS = 1_000_000_000L;
  private static final long RESEND_NANOS = 100_000_000L;
  private static final long FAILURE_PAUSE_NANOS = 100_000_000L;
  private static final long COMPLAINT_NANOS = 60_000_000_000L;

  private final Surroundings surroundings;
  private final EventSink events;
  private final RandomGenerator random;
  private final Queue<Runnable> requests = new ConcurrentLinkedQueue<>();
  private final Map<String, WatchedSession> sessions = new LinkedHashMap<>();
  private final Map<String, TrackerReading> reported = new HashMap<>();
  private long nextSnapshotNanos;
  private long resendNanos = Long.MAX_VALUE;
  private long nextComplaintNanos = Long.MIN_VALUE;
  private volatile List<SessionStatus> snapshot = List.of();
  private volatile boolean stopped;

  /**
   * A supervisor whose thread is not started yet.
   *
   * @param random chooses discriminators, which strangers must not guess, and jitter
   */
  public SessionSupervisor(Surroundings surroundings, EventSink events, RandomGenerator random) {
    this.surroundings = surroundings;
    this.events = events;
    this.random = random;
  }

  /** Replaces what is watched; a session whose path is the same stays up. From any thread. */
  public void replace(List<BfdInstance> configured) {
    requests.add(() -> adopt(configured));
    surroundings.port().wakeUp();
  }

  /** The sessions as they were at most a second ago. From any thread. */
  public List<SessionStatus> sessions() {
    return snapshot;
  }

  /** Says farewell to all neighbours and ends the thread. From any thread. */
  public void stop() {
    stopped = true;
    surroundings.port().wakeUp();
  }

  @Override
  public void run() {
    try {
      while (!stopped) {
        guardedTurn();
      }
      sessions.values().forEach(WatchedSession::close);
    } finally {
      surroundings.port().close();
    }
  }

  private void guardedTurn() {
    try {
      turn();
    } catch (RuntimeException e) {
      surroundings.journal().error("watching BFD sessions failed unexpectedly: " + e);
      LockSupport.parkNanos(FAILURE_PAUSE_NANOS);
    }
  }

  /** Waits once and does what is due. */
  void turn() {
    surroundings.port().await(deadlineNanos(), this);
    for (Runnable work = requests.poll(); work != null; work = requests.poll()) {
      work.run();
    }
    long now = surroundings.clock().nanos();
    if (now >= resendNanos) {
      resendNanos = Long.MAX_VALUE;
    }
    boolean isNew = false;
    for (WatchedSession session : sessions.values()) {
      session.advance(now);
      isNew |= report(session, now);
    }
    if (isNew || now >= nextSnapshotNanos) {
      nextSnapshotNanos = now + SNAPSHOT_NANOS;
      snapshot = sessions.values().stream().map(it -> it.status(now)).toList();
    }
  }

  private long deadlineNanos() {
    if (!requests.isEmpty()) {
      return surroundings.clock().nanos();
    }
    long earliest = Math.min(resendNanos, sessions.isEmpty() ? Long.MAX_VALUE : nextSnapshotNanos);
    for (WatchedSession session : sessions.values()) {
      earliest = Math.min(earliest, session.deadlineNanos());
    }
    return Math.max(0, earliest);
  }

  private void adopt(List<BfdInstance> configured) {
    Map<String, WatchedSession> before = new HashMap<>(sessions);
    sessions.clear();
    for (BfdInstance config : configured) {
      SessionPlan plan = SessionPlan.of(config);
      WatchedSession known = before.get(config.name());
      if (known != null && known.adopt(plan)) {
        before.remove(config.name());
        sessions.put(config.name(), known);
      }
    }
    // their neighbours must not take the last packet for one of the session that follows
    before.values().forEach(WatchedSession::close);
    reported.keySet().retainAll(sessions.keySet());
    for (BfdInstance config : configured) {
      sessions.computeIfAbsent(config.name(), name -> begin(name, SessionPlan.of(config)));
    }
    nextSnapshotNanos = surroundings.clock().nanos();
  }

  private WatchedSession begin(String name, SessionPlan plan) {
    long now = surroundings.clock().nanos();
    Session session = new Session(plan.settings(), freeDiscriminator(), random, now);
    return new WatchedSession(name, plan, session, surroundings);
  }

  private int freeDiscriminator() {
    while (true) {
      int candidate = random.nextInt();
      boolean isTaken = sessions.values().stream().anyMatch(it -> it.discriminator() == candidate);
      if (candidate != 0 && !isTaken) {
        return candidate;
      }
    }
  }

  /** An event that does not fit the queue is not lost: it is sent again later. */
  private boolean report(WatchedSession session, long now) {
    Optional<TrackerReading> reading = session.reading();
    if (reading.isEmpty() || reading.get().equals(reported.get(session.name()))) {
      return false;
    }
    Event event = new Event.TrackerReported(TrackKind.BFD, session.name(), reading.get());
    if (events.post(event)) {
      reported.put(session.name(), reading.get());
    } else {
      resendNanos = now + RESEND_NANOS;
    }
    return true;
  }

  @Override
  public void received(SessionPort.Arrival arrival, ByteBuffer payload) {
    Decoded decoded = ControlPacketCodec.decode(payload);
    int wanted = decoded instanceof Decoded.Packet it ? it.packet().yourDiscriminator() : 0;
    Optional<WatchedSession> session =
        sessions.values().stream()
            .filter(it -> it.carries(arrival))
            .filter(it -> wanted == 0 || wanted == it.discriminator())
            .findFirst();
    long now = surroundings.clock().nanos();
    if (session.isPresent()) {
      session.get().receive(arrival, decoded, now);
    } else if (now >= nextComplaintNanos && isStranger(arrival)) {
      nextComplaintNanos = now + COMPLAINT_NANOS;
      surroundings
          .journal()
          .warn(
              "BFD packet from "
                  + arrival.source()
                  + " to "
                  + arrival.destination()
                  + " port "
                  + arrival.port()
                  + ": no bfd_instance that is tracked has that neighbour"
                  + " (compare neighbor_ip, source_ip and multihop; said once a minute)");
    }
  }

  /** A neighbour that still uses the number of an earlier session will learn the new one. */
  private boolean isStranger(SessionPort.Arrival arrival) {
    return sessions.values().stream().noneMatch(it -> it.carries(arrival));
  }

  @Override
  public void failed(String reason) {
    surroundings.journal().error("BFD packets cannot be received: " + reason);
  }
}
