package org.vipd.protocol.wire;

/**
 * Which TTL (IPv4) or hop limit (IPv6) a received packet may have.
 *
 * @param lowest 0 to 255, not above the highest
 * @param highest 0 to 255
 */
public record HopRange(int lowest, int highest) {

  /** The hop limit that no forwarded packet can have (RFC 9568 section 5.1.1.3). */
  public static final int UNFORWARDED = 255;

  /** Anything. */
  public static final HopRange ANY = new HopRange(0, UNFORWARDED);

  /** From the same link. */
  public static final HopRange ONLY_UNFORWARDED = new HopRange(UNFORWARDED, UNFORWARDED);

  /** Refuses an empty or impossible range. */
  public HopRange {
    if (lowest < 0 || highest > UNFORWARDED || lowest > highest) {
      throw new IllegalArgumentException(
          "hop limit range must lie in 0..255, got " + lowest + ".." + highest);
    }
  }
}
