package org.vipd.protocol.wire.authentication;

import java.nio.ByteBuffer;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC-MD5-96 over an IPv4 datagram with the fields that routers change counted as 0 (RFC 2402, RFC
 * 2403).
 */
public final class IntegrityCheckValue {
  /** Bytes of the value on the wire. */
  public static final int LENGTH = 12;

  private static final int TOS_OFFSET = 1;
  private static final int FRAGMENT_OFFSET = 6;
  private static final int HOP_LIMIT_OFFSET = 8;
  private static final int HEADER_CHECKSUM_OFFSET = 10;

  private IntegrityCheckValue() {}

  /**
   * Computes the value.
   *
   * @param header IPv4 header with options, 20 bytes or more
   * @param keepsHopLimit keepalived counts the TTL of multicast packets; the RFC counts it as 0
   * @param payload authentication header and message; the value inside counts as 0
   * @param valueOffset where in the payload the value stands
   * @param key 1 byte or more
   */
  public static byte[] of(
      byte[] header, boolean keepsHopLimit, byte[] payload, int valueOffset, byte[] key) {
    byte[] zeroed = header.clone();
    zeroed[TOS_OFFSET] = 0;
    zeroed[FRAGMENT_OFFSET] = 0;
    zeroed[FRAGMENT_OFFSET + 1] = 0;
    zeroed[HEADER_CHECKSUM_OFFSET] = 0;
    zeroed[HEADER_CHECKSUM_OFFSET + 1] = 0;
    if (!keepsHopLimit) {
      zeroed[HOP_LIMIT_OFFSET] = 0;
    }
    byte[] body = payload.clone();
    Arrays.fill(body, valueOffset, valueOffset + LENGTH, (byte) 0);
    try {
      Mac mac = Mac.getInstance("HmacMD5");
      mac.init(new SecretKeySpec(key, "HmacMD5"));
      mac.update(zeroed);
      return Arrays.copyOf(mac.doFinal(body), LENGTH);
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("this Java runtime must offer HmacMD5", e);
    }
  }

  /** Compares in constant time with the bytes at an absolute offset. */
  public static boolean standsIn(byte[] value, ByteBuffer buffer, int offset) {
    byte[] found = new byte[LENGTH];
    buffer.get(offset, found);
    return MessageDigest.isEqual(value, found);
  }
}
