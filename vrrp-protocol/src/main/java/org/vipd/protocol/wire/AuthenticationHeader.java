package org.vipd.protocol.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.vipd.protocol.value.IpAddress;
import org.vipd.protocol.wire.DecodeResult.Rejected;
import org.vipd.protocol.wire.authentication.IntegrityCheckValue;

/**
 * The IP authentication header of RFC 2338 in keepalived's variant: the sender's address as SPI,
 * and one sequence per virtual router, which a new Active continues. Holds that sequence; owned by
 * one thread, one object per virtual router.
 */
public final class AuthenticationHeader implements Authentication {
  /** Bytes of the header in front of the message. */
  public static final int LENGTH = 24;

  /** Authentication type byte. */
  static final int TYPE = 2;

  private static final int PAYLOAD_LENGTH_FIELD = 4;
  private static final int SPI_OFFSET = 4;
  private static final int SEQUENCE_OFFSET = 8;
  private static final int VALUE_OFFSET = 12;
  private static final int MINIMUM_IP_HEADER = 20;
  private static final long LARGEST_SEQUENCE = 0xFFFF_FFFFL;

  private final byte[] key;
  private long sequence;
  private long skipped;

  private AuthenticationHeader(byte[] key, long sequence, long skipped) {
    this.key = key;
    this.sequence = sequence;
    this.skipped = skipped;
  }

  /** A sequence that starts at 1, with the first 8 bytes of the text as key. */
  public static AuthenticationHeader of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A sequence that starts at 1, with the first 8 bytes as key. */
  public static AuthenticationHeader of(byte[] key) {
    return resumed(key, 0, 0);
  }

  /**
   * A sequence that goes on where an earlier process stopped: peers drop numbers that do not grow.
   *
   * <p>What the earlier process sent after the number was noted is skipped when this one speaks
   * first. It is not asked of others: an Active that took over meanwhile goes on from the last
   * number it heard.
   *
   * @param key the first 8 bytes count
   * @param sequence the last number known to have been sent, 0 to 2^32 - 1
   * @param skipped how many may have been sent after that, 0 or more
   */
  public static AuthenticationHeader resumed(byte[] key, long sequence, long skipped) {
    if (sequence < 0 || sequence > LARGEST_SEQUENCE || skipped < 0) {
      throw new IllegalArgumentException(
          "AH sequence must be 0..4294967295 and skip 0 or more, got "
              + sequence
              + " and "
              + skipped);
    }
    return new AuthenticationHeader(
        Arrays.copyOf(key, MessageLayout.AUTHENTICATION_DATA_LENGTH), sequence, skipped);
  }

  @Override
  public int type() {
    return TYPE;
  }

  /** The highest sequence number sent or accepted, 0 to 2^32 - 1. */
  public long sequence() {
    return sequence;
  }

  /** What speaks against the packet; {@link Verdict#PASSED} when nothing does. */
  Verdict check(IpEnvelope envelope, ByteBuffer payload) {
    int start = payload.position();
    boolean isWellFormed =
        Byte.toUnsignedInt(payload.get(start)) == IpEnvelope.VRRP
            && Byte.toUnsignedInt(payload.get(start + 1)) == PAYLOAD_LENGTH_FIELD
            && envelope.ipHeader().remaining() >= MINIMUM_IP_HEADER;
    long spi = readUnsignedInt(payload, start + SPI_OFFSET);
    if (!isWellFormed || spi != envelope.source().low()) {
      return Verdict.failed(Rejected.of(RejectReason.AUTHENTICATION_FAILURE));
    }
    byte[] header = copy(envelope.ipHeader());
    byte[] value = value(header, envelope.destination(), copy(payload));
    if (!IntegrityCheckValue.standsIn(value, payload, start + VALUE_OFFSET)) {
      return Verdict.failed(Rejected.of(RejectReason.AUTHENTICATION_FAILURE));
    }
    long found = readUnsignedInt(payload, start + SEQUENCE_OFFSET);
    return found > sequence
        ? Verdict.PASSED
        : Verdict.failed(new Rejected(RejectReason.AUTHENTICATION_REPLAY, sequence + 1, found));
  }

  /** Remembers the sequence of a packet that passed every check. */
  void accept(ByteBuffer payload) {
    sequence = readUnsignedInt(payload, payload.position() + SEQUENCE_OFFSET);
    skipped = 0;
  }

  /** Writes the header with an empty check value at the position. */
  void begin(IpAddress source, ByteBuffer into) {
    sequence = (sequence + skipped + 1) & LARGEST_SEQUENCE;
    skipped = 0;
    into.put((byte) IpEnvelope.VRRP).put((byte) PAYLOAD_LENGTH_FIELD).put((byte) 0).put((byte) 0);
    source.writeTo(into);
    for (int shift = 24; shift >= 0; shift -= 8) {
      into.put((byte) (sequence >>> shift));
    }
    into.put(new byte[IntegrityCheckValue.LENGTH]);
  }

  /** Fills in the check value of the packet from start to the position. */
  void finish(IpAddress source, IpAddress destination, ByteBuffer into, int start) {
    byte[] payload = new byte[into.position() - start];
    into.get(start, payload);
    byte[] header = new byte[Ipv4Header.LENGTH];
    Ipv4Header.write(ByteBuffer.wrap(header), source, destination, this, payload.length);
    into.put(start + VALUE_OFFSET, value(header, destination, payload));
  }

  /** Identification field of the IPv4 header, which the check value covers; never 0. */
  public int identification() {
    int low = (int) (sequence & 0xFFFF);
    return low == 0 ? 1 : low;
  }

  @Override
  public String toString() {
    return "AuthenticationHeader[hidden, sequence " + sequence + "]";
  }

  private byte[] value(byte[] header, IpAddress destination, byte[] payload) {
    return IntegrityCheckValue.of(header, destination.isMulticast(), payload, VALUE_OFFSET, key);
  }

  private static byte[] copy(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(buffer.position(), bytes);
    return bytes;
  }

  private static long readUnsignedInt(ByteBuffer buffer, int offset) {
    long number = 0;
    for (int i = 0; i < Integer.BYTES; i++) {
      number = number << 8 | Byte.toUnsignedLong(buffer.get(offset + i));
    }
    return number;
  }
}
