package org.vipd.protocol.bfd;

/**
 * A control packet without authentication (RFC 5880 section 4.1).
 *
 * @param diagnostic why the sender last changed its state
 * @param state the sender's state
 * @param isPoll whether the sender wants an answer with {@code isFinal}
 * @param isFinal whether it is the answer to a poll
 * @param isDemand whether the sender wants no periodic packets while both sides are up
 * @param multiplier packets that may be missed, 1..255
 * @param myDiscriminator the sender's number of the session, not 0
 * @param yourDiscriminator the receiver's number of the session; 0 when the sender does not know it
 * @param desiredMinTxMicros how often the sender would like to send at most, microseconds,
 *     0..2^32-1
 * @param requiredMinRxMicros how often it is able to receive; 0 for not at all
 * @param requiredMinEchoRxMicros how often it is able to receive echoes; 0 for not at all
 */
public record ControlPacket(
    Diagnostic diagnostic,
    SessionState state,
    boolean isPoll,
    boolean isFinal,
    boolean isDemand,
    int multiplier,
    int myDiscriminator,
    int yourDiscriminator,
    long desiredMinTxMicros,
    long requiredMinRxMicros,
    long requiredMinEchoRxMicros) {

  private static final int MULTIPLIER_MAXIMUM = 255;
  private static final long MICROS_MAXIMUM = 0xFFFF_FFFFL;

  /** Refuses what must not be on the wire with {@link IllegalArgumentException}. */
  public ControlPacket {
    if (multiplier < 1 || multiplier > MULTIPLIER_MAXIMUM) {
      throw new IllegalArgumentException("multiplier must be 1..255, got " + multiplier);
    }
    if (myDiscriminator == 0) {
      throw new IllegalArgumentException("my discriminator must not be 0");
    }
    if (isPoll && isFinal) {
      throw new IllegalArgumentException("poll and final must not be together");
    }
    checkMicros(desiredMinTxMicros);
    checkMicros(requiredMinRxMicros);
    checkMicros(requiredMinEchoRxMicros);
  }

  private static void checkMicros(long micros) {
    if (micros < 0 || micros > MICROS_MAXIMUM) {
      throw new IllegalArgumentException("interval must be 0..2^32-1 microseconds, got " + micros);
    }
  }
}
