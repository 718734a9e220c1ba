package org.vipd.protocol.machine;

/**
 * Choices where RFCs differ or leave freedom.
 *
 * @param downTimerAdverts advertisements missed until the Active router is dead, 1 to 100; 3 by RFC
 * @param answersLosing an Active answers a losing advertisement at once (RFC 9568 section 6.4.3);
 *     false is the silent discard of RFC 5798 and RFC 3768
 * @param ownerYields an owner runs the tie break against another owner (RFC 9568 erratum 8298);
 *     false discards every advertisement as RFC 5798 section 7.1 says
 * @param answerSpacingNanos least time between two immediate answers, 0 for no limit
 */
public record Behaviour(
    int downTimerAdverts, boolean answersLosing, boolean ownerYields, long answerSpacingNanos) {
  /** Three advertisements, answers at most every 10 ms, owners yield. */
  public static final Behaviour DEFAULT = new Behaviour(3, true, true, 10_000_000L);

  /** Refuses numbers outside their range with {@link IllegalArgumentException}. */
  public Behaviour {
    if (downTimerAdverts < 1 || downTimerAdverts > 100 || answerSpacingNanos < 0) {
      throw new IllegalArgumentException(
          "missed advertisements must be 1..100 and answer spacing 0 or more, got "
              + downTimerAdverts
              + " and "
              + answerSpacingNanos
              + " ns");
    }
  }
}
