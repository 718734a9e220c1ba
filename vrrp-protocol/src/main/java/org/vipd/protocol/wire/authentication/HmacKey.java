package org.vipd.protocol.wire.authentication;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/** A shared secret with its number. Its text form does not show the secret. */
public final class HmacKey {
  /** Shortest secret in bytes. */
  public static final int MINIMUM_LENGTH = 32;

  /** Longest secret in bytes: the block of SHA-256. */
  public static final int MAXIMUM_LENGTH = 64;

  private static final String HEXADECIMAL_PREFIX = "hex:";

  private final int id;
  private final byte[] secret;

  private HmacKey(int id, byte[] secret) {
    this.id = id;
    this.secret = secret;
  }

  /**
   * A key from its bytes.
   *
   * @param id 1 to 255
   * @param secret 32 to 64 bytes, copied
   * @throws IllegalArgumentException when a number is outside its range
   */
  public static HmacKey of(int id, byte[] secret) {
    if (id < 1 || id > 255) {
      throw new IllegalArgumentException("HMAC key id must be 1..255, got " + id);
    }
    if (secret.length < MINIMUM_LENGTH || secret.length > MAXIMUM_LENGTH) {
      throw new IllegalArgumentException(
          "HMAC key " + id + " must have 32..64 bytes, got " + secret.length);
    }
    return new HmacKey(id, secret.clone());
  }

  /**
   * A key from text, or from the content of a key file: plain characters, or {@code hex:} and
   * hexadecimal digits. Line ends behind the text are dropped.
   *
   * @throws IllegalArgumentException when the text is not hexadecimal or the length is wrong; the
   *     message does not contain the secret
   */
  public static HmacKey parse(int id, String text) {
    String stripped = stripLineEnds(text);
    if (!stripped.startsWith(HEXADECIMAL_PREFIX)) {
      return of(id, stripped.getBytes(StandardCharsets.UTF_8));
    }
    String digits = stripped.substring(HEXADECIMAL_PREFIX.length());
    boolean isHexadecimal =
        digits.length() % 2 == 0 && digits.chars().allMatch(HexFormat::isHexDigit);
    if (!isHexadecimal) {
      throw new IllegalArgumentException(
          "HMAC key " + id + " must have pairs of hexadecimal digits after hex:");
    }
    return of(id, HexFormat.of().parseHex(digits));
  }

  /** Number of the key, 1 to 255. */
  public int id() {
    return id;
  }

  /** The key as a configuration has it. It shows the secret: for writing configurations only. */
  public String configuredText() {
    return HEXADECIMAL_PREFIX + HexFormat.of().formatHex(secret);
  }

  byte[] secret() {
    return secret.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HmacKey that
        && id == that.id
        && MessageDigest.isEqual(secret, that.secret);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(secret) * 31 + id;
  }

  @Override
  public String toString() {
    return "HmacKey[" + id + ", hidden]";
  }

  private static String stripLineEnds(String text) {
    int end = text.length();
    while (end > 0 && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
      end--;
    }
    return text.substring(0, end);
  }
}
