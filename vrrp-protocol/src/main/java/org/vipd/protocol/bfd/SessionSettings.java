package org.vipd.protocol.bfd;

/**
 * What an operator chooses for a session.
 *
 * @param minTxMicros how often to send at most while up, microseconds, 1000..2^32-1
 * @param minRxMicros how often the neighbour may send at most, microseconds, 1000..2^32-1
 * @param idleTxMicros how often to send at most while not up, microseconds, 1 s or more (RFC 5880
 *     section 6.8.3)
 * @param multiplier packets that the neighbour may miss, 1..255
 * @param isPassive whether to be silent until the neighbour has spoken (RFC 5880 section 6.1)
 */
public record SessionSettings(
    long minTxMicros, long minRxMicros, long idleTxMicros, int multiplier, boolean isPassive) {

  /** The shortest interval while a session is not up, microseconds. */
  public static final long SLOWEST_START_MICROS = 1_000_000;

  private static final long SHORTEST_MICROS = 1000;
  private static final long LONGEST_MICROS = 0xFFFF_FFFFL;

  /** Refuses values out of their ranges with {@link IllegalArgumentException}. */
  public SessionSettings {
    check("min_tx", minTxMicros, SHORTEST_MICROS);
    check("min_rx", minRxMicros, SHORTEST_MICROS);
    check("idle_tx", idleTxMicros, SLOWEST_START_MICROS);
    if (multiplier < 1 || multiplier > 255) {
      throw new IllegalArgumentException("multiplier must be 1..255, got " + multiplier);
    }
  }

  private static void check(String name, long micros, long shortest) {
    if (micros < shortest || micros > LONGEST_MICROS) {
      throw new IllegalArgumentException(
          name + " must be " + shortest + "..2^32-1 microseconds, got " + micros);
    }
  }
}
