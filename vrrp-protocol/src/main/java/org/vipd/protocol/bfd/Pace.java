package org.vipd.protocol.bfd;

import java.util.random.RandomGenerator;

/**
 * How often one side of a session sends: its own wish, the neighbour's limit, the jitter, and the
 * poll that announces another wish (RFC 5880 sections 6.8.2, 6.8.3 and 6.8.7).
 */
final class Pace {

  private static final long NANOS_PER_MICRO = 1000;

  /** Packets come 75 to 100 percent of the interval after the last one. */
  private static final double EARLIEST = 0.75;

  /** With a multiplier of 1 the neighbour could miss one that comes later than this. */
  private static final double LATEST_OF_ONE = 0.90;

  private final RandomGenerator random;
  private long announcedMinTxMicros;
  private long announcedMinRxMicros;
  private long effectiveMinTxMicros;
  private long effectiveMinRxMicros;
  private long neighbourMinRxMicros = 1;
  private boolean isPolling;
  private long sentNanos;
  private long nextNanos;

  /** The first packet is due now. */
  Pace(SessionSettings settings, RandomGenerator random, long nowNanos) {
    this.random = random;
    this.sentNanos = nowNanos;
    adopt(settings, SessionState.DOWN);
    this.nextNanos = nowNanos;
  }

  /**
   * Announces what settings and state ask for. While up, a slower pace and a shorter detection time
   * wait until the neighbour has answered a poll.
   */
  void adopt(SessionSettings settings, SessionState state) {
    boolean isUp = state == SessionState.UP;
    long minTx = isUp ? settings.minTxMicros() : settings.idleTxMicros();
    long minRx = settings.minRxMicros();
    boolean isNew = minTx != announcedMinTxMicros || minRx != announcedMinRxMicros;
    announcedMinTxMicros = minTx;
    announcedMinRxMicros = minRx;
    isPolling = isUp && (isNew || isPolling);
    long before = effectiveMinTxMicros;
    if (!isPolling || minTx < effectiveMinTxMicros) {
      effectiveMinTxMicros = minTx;
    }
    if (!isPolling || minRx > effectiveMinRxMicros) {
      effectiveMinRxMicros = minRx;
    }
    if (effectiveMinTxMicros != before) {
      plan(settings.multiplier());
    }
  }

  /** The neighbour has answered a poll. */
  void answered() {
    isPolling = false;
    effectiveMinTxMicros = announcedMinTxMicros;
    effectiveMinRxMicros = announcedMinRxMicros;
  }

  /** The neighbour has said how often it can receive. */
  void neighbourTakes(long minRxMicros, int multiplier) {
    if (minRxMicros != neighbourMinRxMicros) {
      neighbourMinRxMicros = minRxMicros;
      plan(multiplier);
    }
  }

  /** Nothing is known of the neighbour any more. */
  void forgetNeighbour() {
    neighbourMinRxMicros = 1;
  }

  /** A packet has been sent. */
  void sent(long nowNanos, int multiplier) {
    sentNanos = nowNanos;
    plan(multiplier);
  }

  private void plan(int multiplier) {
    double latest = multiplier == 1 ? LATEST_OF_ONE : 1;
    double part = EARLIEST + (latest - EARLIEST) * random.nextDouble();
    nextNanos = sentNanos + (long) (transmitMicros() * NANOS_PER_MICRO * part);
  }

  /** Whether the neighbour wants packets at all. */
  boolean isWanted() {
    return neighbourMinRxMicros != 0;
  }

  boolean isPolling() {
    return isPolling;
  }

  long nextNanos() {
    return nextNanos;
  }

  long transmitMicros() {
    return isWanted() ? Math.max(effectiveMinTxMicros, neighbourMinRxMicros) : 0;
  }

  long announcedMinTxMicros() {
    return announcedMinTxMicros;
  }

  long announcedMinRxMicros() {
    return announcedMinRxMicros;
  }

  long effectiveMinRxMicros() {
    return effectiveMinRxMicros;
  }
}
