package org.vipd.protocol.bfd;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * One session in asynchronous mode (RFC 5880 section 6.8): what was heard and what time it is go
 * in, packets come out. Without echo function and authentication; demand mode is honoured when the
 * neighbour asks for it, never asked for.
 *
 * <p>Not thread-safe. Times are nanoseconds of one monotonic clock.
 */
public final class Session {

  private static final long NEVER = Long.MAX_VALUE;

  private final int discriminator;
  private final Pace pace;
  private final Detection detection = new Detection();
  private SessionSettings settings;
  private SessionState state = SessionState.DOWN;
  private Diagnostic diagnostic = Diagnostic.NONE;
  private SessionState neighbourState = SessionState.DOWN;
  private Diagnostic neighbourDiagnostic = Diagnostic.NONE;
  private int neighbourDiscriminator;
  private boolean isNeighbourOnDemand;
  private boolean owesFinal;
  private boolean owesNews;

  /**
   * A session that is down and has heard nothing.
   *
   * @param discriminator our number of it, not 0 and of no other session
   * @param random decides how early packets are sent
   */
  public Session(
      SessionSettings settings, int discriminator, RandomGenerator random, long nowNanos) {
    if (discriminator == 0) {
      throw new IllegalArgumentException("discriminator must not be 0");
    }
    this.settings = settings;
    this.discriminator = discriminator;
    this.pace = new Pace(settings, random, nowNanos);
  }

  /**
   * Takes a packet of the neighbour: one that {@link ControlPacketCodec#decode} accepted and whose
   * discriminator, if it has one, is ours (RFC 5880 section 6.8.6). Ask {@link #due} afterwards.
   */
  public void receive(ControlPacket packet, long nowNanos) {
    neighbourDiscriminator = packet.myDiscriminator();
    neighbourState = packet.state();
    neighbourDiagnostic = packet.diagnostic();
    isNeighbourOnDemand = packet.isDemand();
    if (packet.isFinal()) {
      pace.answered();
    }
    pace.neighbourTakes(packet.requiredMinRxMicros(), settings.multiplier());
    if (state == SessionState.ADMIN_DOWN) {
      return;
    }
    detection.heard(packet.multiplier(), packet.desiredMinTxMicros(), nowNanos);
    follow(packet.state());
    owesFinal |= packet.isPoll();
  }

  /** The table of RFC 5880 section 6.2. */
  private void follow(SessionState heard) {
    switch (heard) {
      case ADMIN_DOWN -> {
        if (state != SessionState.DOWN) {
          change(SessionState.DOWN, Diagnostic.NEIGHBOUR_SIGNALED_DOWN);
        }
      }
      case DOWN -> {
        if (state == SessionState.DOWN) {
          change(SessionState.INIT, Diagnostic.NONE);
        } else if (state == SessionState.UP) {
          change(SessionState.DOWN, Diagnostic.NEIGHBOUR_SIGNALED_DOWN);
        }
      }
      case INIT -> {
        if (state != SessionState.UP) {
          change(SessionState.UP, Diagnostic.NONE);
        }
      }
      case UP -> {
        if (state == SessionState.INIT) {
          change(SessionState.UP, Diagnostic.NONE);
        }
      }
    }
  }

  private void change(SessionState next, Diagnostic because) {
    state = next;
    diagnostic = because;
    owesNews = true;
    pace.adopt(settings, next);
  }

  /** Changes intervals and multiplier; a session that is up stays up (RFC 5880 section 6.8.3). */
  public void adopt(SessionSettings changed) {
    settings = changed;
    owesNews = true;
    pace.adopt(settings, state);
  }

  /** Looks at the time and answers what has to be sent now, in this order. */
  public List<ControlPacket> due(long nowNanos) {
    if (nowNanos >= detectionDeadlineNanos()) {
      lose();
    }
    List<ControlPacket> packets = new ArrayList<>();
    if (owesFinal) {
      owesFinal = false;
      packets.add(packet(false, true));
    }
    boolean isTime = nowNanos >= periodicDeadlineNanos();
    if (isTime || (owesNews && maySpeak())) {
      packets.add(packet(pace.isPolling(), false));
      pace.sent(nowNanos, settings.multiplier());
    }
    owesNews = false;
    return packets;
  }

  private void lose() {
    detection.forget();
    neighbourDiscriminator = 0;
    neighbourState = SessionState.DOWN;
    isNeighbourOnDemand = false;
    pace.forgetNeighbour();
    if (state == SessionState.INIT || state == SessionState.UP) {
      change(SessionState.DOWN, Diagnostic.DETECTION_TIME_EXPIRED);
    }
  }

  /** When {@link #due} has to be asked next; {@link Long#MAX_VALUE} when only a packet matters. */
  public long deadlineNanos() {
    if (owesFinal || (owesNews && maySpeak())) {
      return Long.MIN_VALUE;
    }
    return Math.min(periodicDeadlineNanos(), detectionDeadlineNanos());
  }

  private long detectionDeadlineNanos() {
    return detection.deadlineNanos(pace.effectiveMinRxMicros());
  }

  private long periodicDeadlineNanos() {
    boolean isHushed =
        isNeighbourOnDemand
            && state == SessionState.UP
            && neighbourState == SessionState.UP
            && !pace.isPolling();
    return maySpeak() && !isHushed ? pace.nextNanos() : NEVER;
  }

  private boolean maySpeak() {
    boolean waitsForNeighbour = settings.isPassive() && neighbourDiscriminator == 0;
    return !waitsForNeighbour && state != SessionState.ADMIN_DOWN && pace.isWanted();
  }

  /**
   * Ends the session on purpose and answers the packet that says so (RFC 5880 section 6.8.16);
   * nothing is due afterwards.
   */
  public ControlPacket farewell() {
    change(SessionState.ADMIN_DOWN, Diagnostic.ADMINISTRATIVELY_DOWN);
    owesNews = false;
    owesFinal = false;
    detection.forget();
    return packet(false, false);
  }

  private ControlPacket packet(boolean isPoll, boolean isFinal) {
    return new ControlPacket(
        diagnostic,
        state,
        isPoll,
        isFinal,
        false,
        settings.multiplier(),
        discriminator,
        neighbourDiscriminator,
        pace.announcedMinTxMicros(),
        pace.announcedMinRxMicros(),
        0);
  }

  /** Our number of the session. */
  public int discriminator() {
    return discriminator;
  }

  /** The neighbour's number of it; 0 while unknown. */
  public int neighbourDiscriminator() {
    return neighbourDiscriminator;
  }

  /** Our state. */
  public SessionState state() {
    return state;
  }

  /** Why it was last changed. */
  public Diagnostic diagnostic() {
    return diagnostic;
  }

  /** The state that the neighbour said last; down while nothing is heard. */
  public SessionState neighbourState() {
    return neighbourState;
  }

  /** Why the neighbour last changed its state, as it says itself. */
  public Diagnostic neighbourDiagnostic() {
    return neighbourDiagnostic;
  }

  /**
   * How long between two packets of ours at most, microseconds; 0 when the neighbour wants none.
   */
  public long transmitMicros() {
    return pace.transmitMicros();
  }

  /** After how long without a packet the neighbour is lost, microseconds; 0 before the first. */
  public long detectionMicros() {
    return detection.micros(pace.effectiveMinRxMicros());
  }
}
