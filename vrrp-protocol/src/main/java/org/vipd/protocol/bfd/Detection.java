package org.vipd.protocol.bfd;

/** When a neighbour that says nothing is lost (RFC 5880 section 6.8.4). */
final class Detection {

  private static final long NANOS_PER_MICRO = 1000;

  private long multiplier;
  private long neighbourMinTxMicros;
  private long heardNanos;

  /** A packet came. */
  void heard(int itsMultiplier, long itsMinTxMicros, long nowNanos) {
    multiplier = itsMultiplier;
    neighbourMinTxMicros = itsMinTxMicros;
    heardNanos = nowNanos;
  }

  /** Nothing counts as heard. */
  void forget() {
    multiplier = 0;
  }

  /** The detection time in microseconds; 0 when nothing was heard. */
  long micros(long minRxMicros) {
    return multiplier * Math.max(minRxMicros, neighbourMinTxMicros);
  }

  /** When it ends; {@link Long#MAX_VALUE} when nothing was heard. */
  long deadlineNanos(long minRxMicros) {
    return multiplier == 0 ? Long.MAX_VALUE : heardNanos + micros(minRxMicros) * NANOS_PER_MICRO;
  }
}
