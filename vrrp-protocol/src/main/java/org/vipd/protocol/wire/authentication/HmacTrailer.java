package org.vipd.protocol.wire.authentication;

import java.nio.ByteBuffer;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.IpAddress;

/**
 * The 28 bytes that keepalived 2.4 appends to a message: type, key id, two reserved bytes, 64 bits
 * of sequence (UTC seconds, fraction in 1/65536 s, counter) and 16 bytes of HMAC-SHA-256.
 */
public final class HmacTrailer {
  /** Bytes of a trailer. */
  public static final int LENGTH = 28;

  /** The one type that exists. */
  public static final int TYPE = 1;

  private static final int KEY_OFFSET = 1;
  private static final int SEQUENCE_OFFSET = 4;
  private static final int DIGEST_OFFSET = 12;
  private static final int DIGEST_LENGTH = 16;
  private static final int MESSAGE_CHECKSUM_OFFSET = 6;
  private static final int PSEUDO_HEADER_LENGTH = 20;

  private HmacTrailer() {}

  /** Type and reserved bytes as one number; {@code TYPE << 16} when they are right. */
  public static int typeAndReserved(ByteBuffer buffer, int trailer) {
    return Byte.toUnsignedInt(buffer.get(trailer)) << 16
        | Byte.toUnsignedInt(buffer.get(trailer + 2)) << 8
        | Byte.toUnsignedInt(buffer.get(trailer + 3));
  }

  /** Number of the key, 0 to 255. */
  public static int keyId(ByteBuffer buffer, int trailer) {
    return Byte.toUnsignedInt(buffer.get(trailer + KEY_OFFSET));
  }

  /** The 64 bits of the sequence; the upper half counts UTC seconds. */
  public static long sequence(ByteBuffer buffer, int trailer) {
    long sequence = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      sequence = sequence << 8 | Byte.toUnsignedLong(buffer.get(trailer + SEQUENCE_OFFSET + i));
    }
    return sequence;
  }

  /**
   * Appends a trailer at the position of the buffer.
   *
   * @param start absolute offset of the message, which ends at the position
   */
  public static void append(
      ByteBuffer buffer, int start, IpAddress source, HmacKey key, long sequence) {
    int trailer = buffer.position();
    buffer.put((byte) TYPE).put((byte) key.id()).put((byte) 0).put((byte) 0);
    for (int shift = 56; shift >= 0; shift -= 8) {
      buffer.put((byte) (sequence >>> shift));
    }
    buffer.put(digest(buffer, start, trailer, source, key));
  }

  /** Compares the digest in constant time. */
  public static boolean isSigned(
      ByteBuffer buffer, int start, int trailer, IpAddress source, HmacKey key) {
    byte[] found = new byte[DIGEST_LENGTH];
    buffer.get(trailer + DIGEST_OFFSET, found);
    return MessageDigest.isEqual(digest(buffer, start, trailer, source, key), found);
  }

  private static byte[] digest(
      ByteBuffer buffer, int start, int trailer, IpAddress source, HmacKey key) {
    int signed = trailer + DIGEST_OFFSET - start;
    byte[] input = new byte[PSEUDO_HEADER_LENGTH + signed + DIGEST_LENGTH];
    input[0] = (byte) (source.family() == AddressFamily.IPV4 ? 4 : 6);
    input[1] = (byte) (Byte.toUnsignedInt(buffer.get(start)) >>> 4);
    input[2] = buffer.get(start + 1);
    source.writeTo(ByteBuffer.wrap(input, 4, PSEUDO_HEADER_LENGTH - 4));
    buffer.get(start, input, PSEUDO_HEADER_LENGTH, signed);
    input[PSEUDO_HEADER_LENGTH + MESSAGE_CHECKSUM_OFFSET] = 0;
    input[PSEUDO_HEADER_LENGTH + MESSAGE_CHECKSUM_OFFSET + 1] = 0;
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.secret(), "HmacSHA256"));
      return Arrays.copyOf(mac.doFinal(input), DIGEST_LENGTH);
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java runtime must offer HmacSHA256", e);
    }
  }
}
