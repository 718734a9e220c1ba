package org.vipd.protocol.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/** The clear-text password of RFC 2338, version 2 only. Its text form does not show it. */
public final class SimplePassword implements Authentication {
  /** Bytes that the message has room for; a longer password is used cut, as keepalived does. */
  public static final int MAXIMUM_LENGTH = MessageLayout.AUTHENTICATION_DATA_LENGTH;

  /** Authentication type byte. */
  static final int TYPE = 1;

  private final byte[] padded;

  private SimplePassword(byte[] padded) {
    this.padded = padded;
  }

  /** The first 8 bytes of the UTF-8 text, filled up with zero bytes. */
  public static SimplePassword of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The first 8 bytes, filled up with zero bytes. */
  public static SimplePassword of(byte[] bytes) {
    return new SimplePassword(Arrays.copyOf(bytes, MAXIMUM_LENGTH));
  }

  @Override
  public int type() {
    return TYPE;
  }

  /** Compares in constant time with the 8 bytes at an absolute offset. */
  boolean standsIn(ByteBuffer message, int offset) {
    byte[] found = new byte[MAXIMUM_LENGTH];
    message.get(offset, found);
    return MessageDigest.isEqual(padded, found);
  }

  void writeTo(ByteBuffer message) {
    message.put(padded);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SimplePassword that && MessageDigest.isEqual(padded, that.padded);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(padded);
  }

  @Override
  public String toString() {
    return "SimplePassword[hidden]";
  }
}
