package org.vipd.daemon.linux;

/**
 * Decides when to let packets gather before they are read, as network cards do with their
 * interrupts. With hundreds of virtual routers on a LAN a thread that is woken for each packet
 * spends most of its time on waking up. The price is that a packet counts up to {@value
 * #REST_MILLIS} ms later than it came, and only where there are many.
 */
final class ReceiveModeration {

  /** How long packets may gather, milliseconds. */
  static final int REST_MILLIS = 2;

  /** Packets that come closer together than this, on average, are many. */
  static final long MANY_GAP_NANOS = 1_000_000L;

  /** How much earlier than the next deadline a rest must end. */
  private static final long MARGIN_NANOS = 1_000_000L;

  private static final long NANOS_PER_MILLI = 1_000_000L;

  /** Packets after which the average has mostly forgotten what was before. */
  private static final int MEMORY_PACKETS = 16;

  /** No longer silence counts, so that the sum stays far from overflow. */
  private static final long LONGEST_GAP_NANOS = 10_000_000_000L;

  private long averageGapNanos = LONGEST_GAP_NANOS;
  private long lastNanos = -LONGEST_GAP_NANOS;

  /** Takes note of packets read at a time; none is no news. */
  void received(int packets, long nowNanos) {
    if (packets == 0) {
      return;
    }
    long gapNanos = Math.min(LONGEST_GAP_NANOS, nowNanos - lastNanos) / packets;
    int weight = Math.min(MEMORY_PACKETS, packets);
    averageGapNanos += (gapNanos - averageGapNanos) * weight / MEMORY_PACKETS;
    lastNanos = nowNanos;
  }

  /** Milliseconds to rest before reading; 0 for not at all. */
  int restMillis(long nowNanos, long deadlineNanos) {
    boolean isMany = averageGapNanos < MANY_GAP_NANOS;
    long spareNanos = deadlineNanos - nowNanos;
    return isMany && spareNanos > REST_MILLIS * NANOS_PER_MILLI + MARGIN_NANOS ? REST_MILLIS : 0;
  }
}
