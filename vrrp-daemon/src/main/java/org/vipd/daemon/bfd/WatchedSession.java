package org.vipd.daemon.bfd;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.vipd.daemon.event.TrackerReading;
import org.vipd.daemon.port.Journal;
import org.vipd.daemon.port.PortException;
import org.vipd.daemon.port.SessionPort;
import org.vipd.daemon.status.SessionStatus;
import org.vipd.protocol.bfd.ControlPacket;
import org.vipd.protocol.bfd.ControlPacketCodec;
import org.vipd.protocol.bfd.Diagnostic;
import org.vipd.protocol.bfd.Malformation;
import org.vipd.protocol.bfd.Session;
import org.vipd.protocol.bfd.SessionState;

/**
 * One session with its socket, what it has counted, and what it says to those that depend on it.
 *
 * <p>It says nothing until it has been up or has had time enough: the multiplier times the idle
 * interval. A restart of this daemon would else cost an address for nothing.
 */
final class WatchedSession {

  private static final long NANOS_PER_MICRO = 1000;
  private static final long RETRY_NANOS = 1_000_000_000L;
  private static final double MICROS_PER_MILLI = 1000;
  private static final double MILLIS_PER_SECOND = 1000;
  private static final double NANOS_PER_MILLI = 1e6;

  private final String name;
  private final Session session;
  private final SessionPort port;
  private final Journal journal;
  private final SessionCounters counters = new SessionCounters();
  private final ByteBuffer buffer = ByteBuffer.allocate(ControlPacketCodec.LENGTH);
  private final long verdictNanos;
  private SessionPlan plan;
  private Optional<SessionPort.Sender> sender = Optional.empty();
  private Optional<TrackerReading> reading = Optional.empty();
  private SessionState lastState = SessionState.DOWN;
  private String obstacle = "";
  private long retryNanos;
  private long sinceNanos;
  private boolean complains = true;
  private boolean complainsOfHops = true;

  /** A session that is down; nothing is opened or sent before {@link #advance}. */
  WatchedSession(String name, SessionPlan plan, Session session, Surroundings surroundings) {
    this.name = name;
    this.plan = plan;
    this.session = session;
    this.port = surroundings.port();
    this.journal = surroundings.journal();
    long now = surroundings.clock().nanos();
    this.sinceNanos = now;
    this.retryNanos = now;
    this.verdictNanos =
        now + plan.settings().multiplier() * plan.settings().idleTxMicros() * NANOS_PER_MICRO;
  }

  String name() {
    return name;
  }

  int discriminator() {
    return session.discriminator();
  }

  /** Whether a packet that does not say our discriminator is for this session. */
  boolean carries(SessionPort.Arrival arrival) {
    return plan.path().carries(arrival);
  }

  /** Takes other intervals while it stays up; false when it has to begin anew. */
  boolean adopt(SessionPlan changed) {
    if (!changed.path().equals(plan.path())) {
      return false;
    }
    if (!changed.equals(plan)) {
      plan = changed;
      session.adopt(changed.settings());
    }
    return true;
  }

  /** Takes a packet of its neighbour. */
  void receive(SessionPort.Arrival arrival, ControlPacketCodec.Decoded decoded, long nowNanos) {
    if (arrival.hopLimit() < plan.path().lowestHopLimit()) {
      counters.count(SessionCounters.HOP_LIMIT);
      if (complainsOfHops) {
        complainsOfHops = false;
        journal.warn(label() + hopComplaint(arrival.hopLimit()));
      }
    } else if (decoded instanceof ControlPacketCodec.Decoded.Packet it) {
      counters.count(SessionCounters.RECEIVED);
      session.receive(it.packet(), nowNanos);
    } else if (decoded instanceof ControlPacketCodec.Decoded.Refused it) {
      refused(it.reason());
    }
  }

  private String hopComplaint(int found) {
    return " drops packets of "
        + plan.path().neighbour()
        + ": they arrive with hop limit "
        + found
        + ", and less than "
        + plan.path().lowestHopLimit()
        + " may come from elsewhere (RFC 5881 section 5); let the neighbour send with 255 (keepalived: "
        + "ttl 255, hoplimit 255), or allow for hops with max_hops";
  }

  private void refused(Malformation reason) {
    if (counters.count(reason.counter()) == 1) {
      journal.warn(
          label() + " drops packets of " + plan.path().neighbour() + ": " + reason.words());
    }
  }

  /** Opens what is not open, sends what is due and decides what the session says. */
  void advance(long nowNanos) {
    if (sender.isEmpty() && nowNanos >= retryNanos) {
      open(nowNanos);
    }
    if (sender.isPresent()) {
      for (ControlPacket packet : session.due(nowNanos)) {
        send(packet);
      }
    }
    if (session.state() != lastState) {
      lastState = session.state();
      sinceNanos = nowNanos;
      if (lastState == SessionState.UP) {
        counters.count(SessionCounters.UPS);
        complainsOfHops = true;
      }
    }
    judge(nowNanos);
  }

  private void open(long nowNanos) {
    try {
      port.listen(plan.path().neighbour().family(), plan.path().port());
      sender = Optional.of(port.open(plan.path()));
      obstacle = "";
    } catch (PortException e) {
      retryNanos = nowNanos + RETRY_NANOS;
      obstacle = "cannot be watched: " + e.getMessage();
    }
  }

  private void send(ControlPacket packet) {
    buffer.clear();
    ControlPacketCodec.encode(packet, buffer);
    try {
      sender.orElseThrow().send(buffer.flip());
      counters.count(SessionCounters.SENT);
      complains = true;
    } catch (PortException e) {
      counters.count(SessionCounters.SEND_FAILURES);
      if (complains) {
        complains = false;
        journal.warn(label() + " cannot send: " + e.getMessage());
      }
    }
  }

  private void judge(long nowNanos) {
    boolean isUp = session.state() == SessionState.UP;
    boolean saysGood = reading.isPresent() && reading.get().value() == 0;
    boolean saysBad = reading.isPresent() && !saysGood;
    if (isUp && !saysGood) {
      reading = Optional.of(TrackerReading.of(true, plan.path().neighbour() + " is up"));
    } else if (!isUp && (saysGood || (!saysBad && nowNanos >= verdictNanos))) {
      String text = obstacle.isEmpty() ? plan.path().neighbour() + " is down: " + why() : obstacle;
      reading = Optional.of(TrackerReading.of(false, text));
    }
  }

  /** Why it is not up. */
  private String why() {
    if (session.diagnostic() == Diagnostic.NEIGHBOUR_SIGNALED_DOWN) {
      Diagnostic itsReason = session.neighbourDiagnostic();
      if (session.neighbourState() == SessionState.ADMIN_DOWN) {
        itsReason = Diagnostic.ADMINISTRATIVELY_DOWN;
      }
      return session.diagnostic().words()
          + (itsReason == Diagnostic.NONE ? "" : ", because of: " + itsReason.words());
    }
    if (session.diagnostic() == Diagnostic.DETECTION_TIME_EXPIRED) {
      return session.diagnostic().words();
    }
    if (counters.of(SessionCounters.RECEIVED) > 0) {
      return "it is heard, but does not hear this node";
    }
    return "nothing was heard of it; is BFD running there with this node as its neighbour, and is UDP "
        + plan.path().port()
        + " let through?";
  }

  /** What it says; empty before it can tell. */
  Optional<TrackerReading> reading() {
    return reading;
  }

  /** When {@link #advance} is needed next. */
  long deadlineNanos() {
    long verdict = reading.isEmpty() ? verdictNanos : Long.MAX_VALUE;
    return Math.min(verdict, sender.isEmpty() ? retryNanos : session.deadlineNanos());
  }

  /** Says farewell and closes the socket. */
  void close() {
    if (sender.isPresent()) {
      send(session.farewell());
      sender.get().close();
      sender = Optional.empty();
    }
  }

  SessionStatus status(long nowNanos) {
    boolean isUp = session.state() == SessionState.UP;
    return new SessionStatus(
        name,
        plan.path().neighbour().toString(),
        session.state().word(),
        Math.round((nowNanos - sinceNanos) / NANOS_PER_MILLI) / MILLIS_PER_SECOND,
        isUp ? "" : obstacle.isEmpty() ? why() : obstacle,
        session.neighbourState().word(),
        session.transmitMicros() / MICROS_PER_MILLI,
        session.detectionMicros() / MICROS_PER_MILLI,
        counters.toMap());
  }

  private String label() {
    return "bfd_instance " + name;
  }
}
