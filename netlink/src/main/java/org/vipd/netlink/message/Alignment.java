package org.vipd.netlink.message;

import java.nio.ByteBuffer;

/** The four-octet alignment of netlink messages and attributes. */
final class Alignment {

  private static final int UNIT = 4;

  private Alignment() {}

  static int align(int length) {
    return (length + UNIT - 1) & -UNIT;
  }

  /** Appends zeros until the distance from {@code start} is aligned. */
  static void pad(ByteBuffer buffer, int start) {
    int length = buffer.position() - start;
    for (int i = length; i < align(length); i++) {
      buffer.put((byte) 0);
    }
  }
}
