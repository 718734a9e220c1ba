package org.vipd.protocol.bfd;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes and reads control packets, byte by byte as RFC 5880 section 4.1 draws them. */
public final class ControlPacketCodec {

  /** Octets of a packet without authentication. */
  public static final int LENGTH = 24;

  private static final int VERSION = 1;
  private static final int VERSION_SHIFT = 5;
  private static final int DIAGNOSTIC_MASK = 0x1F;
  private static final int STATE_OFFSET = 1;
  private static final int STATE_SHIFT = 6;
  private static final int POLL = 0x20;
  private static final int FINAL = 0x10;
  private static final int AUTHENTICATION = 0x04;
  private static final int DEMAND = 0x02;
  private static final int MULTIPOINT = 0x01;
  private static final int MULTIPLIER_OFFSET = 2;
  private static final int LENGTH_OFFSET = 3;
  private static final int MY_DISCRIMINATOR_OFFSET = 4;
  private static final int YOUR_DISCRIMINATOR_OFFSET = 8;
  private static final int MIN_TX_OFFSET = 12;
  private static final int MIN_RX_OFFSET = 16;
  private static final int MIN_ECHO_RX_OFFSET = 20;
  private static final int SHORTEST_AUTHENTICATED = 26;

  private ControlPacketCodec() {}

  /** What became of a payload. */
  public sealed interface Decoded {

    /** It is a control packet. */
    record Packet(ControlPacket packet) implements Decoded {}

    /** It is none, or none that may be looked at. */
    record Refused(Malformation reason) implements Decoded {}
  }

  /**
   * Writes a packet at the position of the buffer and advances the position by {@link #LENGTH}.
   *
   * @throws java.nio.BufferOverflowException when the buffer is too short
   */
  public static void encode(ControlPacket packet, ByteBuffer into) {
    ByteOrder order = into.order();
    into.order(ByteOrder.BIG_ENDIAN);
    into.put((byte) (VERSION << VERSION_SHIFT | packet.diagnostic().code()));
    into.put(
        (byte)
            (packet.state().code() << STATE_SHIFT
                | (packet.isPoll() ? POLL : 0)
                | (packet.isFinal() ? FINAL : 0)
                | (packet.isDemand() ? DEMAND : 0)));
    into.put((byte) packet.multiplier()).put((byte) LENGTH);
    into.putInt(packet.myDiscriminator()).putInt(packet.yourDiscriminator());
    into.putInt((int) packet.desiredMinTxMicros());
    into.putInt((int) packet.requiredMinRxMicros());
    into.putInt((int) packet.requiredMinEchoRxMicros());
    into.order(order);
  }

  /**
   * Reads the payload between position and limit, which stay; octets behind the packet are no error
   * (RFC 5880 section 6.8.6).
   */
  public static Decoded decode(ByteBuffer payload) {
    ByteBuffer bytes = payload.slice().order(ByteOrder.BIG_ENDIAN);
    if (bytes.limit() < LENGTH) {
      return new Decoded.Refused(Malformation.TOO_SHORT);
    }
    int flags = unsigned(bytes, STATE_OFFSET);
    int length = unsigned(bytes, LENGTH_OFFSET);
    boolean isAuthenticated = (flags & AUTHENTICATION) != 0;
    SessionState state = SessionState.of(flags >>> STATE_SHIFT);
    int shortest = isAuthenticated ? SHORTEST_AUTHENTICATED : LENGTH;
    if (unsigned(bytes, 0) >>> VERSION_SHIFT != VERSION) {
      return new Decoded.Refused(Malformation.BAD_VERSION);
    } else if (length < shortest || length > bytes.limit()) {
      return new Decoded.Refused(Malformation.BAD_LENGTH);
    } else if (bytes.get(MULTIPLIER_OFFSET) == 0) {
      return new Decoded.Refused(Malformation.ZERO_MULTIPLIER);
    } else if ((flags & MULTIPOINT) != 0) {
      return new Decoded.Refused(Malformation.MULTIPOINT);
    } else if ((flags & POLL) != 0 && (flags & FINAL) != 0) {
      return new Decoded.Refused(Malformation.POLL_AND_FINAL);
    } else if (bytes.getInt(MY_DISCRIMINATOR_OFFSET) == 0) {
      return new Decoded.Refused(Malformation.ZERO_DISCRIMINATOR);
    } else if (bytes.getInt(YOUR_DISCRIMINATOR_OFFSET) == 0 && isAwake(state)) {
      return new Decoded.Refused(Malformation.LOST_DISCRIMINATOR);
    } else if (isAuthenticated) {
      return new Decoded.Refused(Malformation.AUTHENTICATED);
    }
    return new Decoded.Packet(read(bytes, flags, state));
  }

  private static boolean isAwake(SessionState state) {
    return state == SessionState.INIT || state == SessionState.UP;
  }

  private static ControlPacket read(ByteBuffer bytes, int flags, SessionState state) {
    return new ControlPacket(
        Diagnostic.of(unsigned(bytes, 0) & DIAGNOSTIC_MASK),
        state,
        (flags & POLL) != 0,
        (flags & FINAL) != 0,
        (flags & DEMAND) != 0,
        unsigned(bytes, MULTIPLIER_OFFSET),
        bytes.getInt(MY_DISCRIMINATOR_OFFSET),
        bytes.getInt(YOUR_DISCRIMINATOR_OFFSET),
        Integer.toUnsignedLong(bytes.getInt(MIN_TX_OFFSET)),
        Integer.toUnsignedLong(bytes.getInt(MIN_RX_OFFSET)),
        Integer.toUnsignedLong(bytes.getInt(MIN_ECHO_RX_OFFSET)));
  }

  private static int unsigned(ByteBuffer bytes, int offset) {
    return Byte.toUnsignedInt(bytes.get(offset));
  }
}
