package org.vipd.netlink.message;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes netlink attributes (kernel header netlink.h, {@code struct nlattr}). */
public final class AttributeWriter {

  /** Octets of the attribute header. */
  static final int HEADER_LENGTH = 4;

  private final ByteBuffer buffer;

  AttributeWriter(ByteBuffer buffer) {
    this.buffer = buffer;
  }

  /** Appends an attribute of raw octets, at most 65531. */
  public AttributeWriter octets(int type, byte[] value) {
    int start = header(type, value.length);
    buffer.put(value);
    Alignment.pad(buffer, start);
    return this;
  }

  /** Appends an attribute of one 32-bit number in native byte order. */
  public AttributeWriter integer(int type, int value) {
    header(type, Integer.BYTES);
    buffer.putInt(value);
    return this;
  }

  /** Appends an attribute of several 32-bit numbers in native byte order. */
  public AttributeWriter integers(int type, int... values) {
    header(type, values.length * Integer.BYTES);
    for (int value : values) {
      buffer.putInt(value);
    }
    return this;
  }

  /**
   * Appends an attribute that holds attributes of one 32-bit number each.
   *
   * @param numbers types and values in turn
   */
  public AttributeWriter nestedIntegers(int type, int... numbers) {
    header(type, numbers.length / 2 * (HEADER_LENGTH + Integer.BYTES));
    for (int i = 0; i + 1 < numbers.length; i += 2) {
      integer(numbers[i], numbers[i + 1]);
    }
    return this;
  }

  /** Appends a text with its terminating zero. */
  public AttributeWriter text(int type, String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    int start = header(type, bytes.length + 1);
    buffer.put(bytes).put((byte) 0);
    Alignment.pad(buffer, start);
    return this;
  }

  private int header(int type, int length) {
    int start = buffer.position();
    buffer.putShort((short) (HEADER_LENGTH + length)).putShort((short) type);
    return start;
  }
}
