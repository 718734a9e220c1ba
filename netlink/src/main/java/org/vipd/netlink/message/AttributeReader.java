package org.vipd.netlink.message;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Walks over netlink attributes; malformed input ends the walk, it never throws.
 *
 * <p>Values are views of the buffer and valid as long as it is.
 */
public final class AttributeReader {

  private static final int TYPE_MASK = 0x3FFF;

  private final ByteBuffer buffer;
  private int next;
  private int valueStart;
  private int valueEnd;
  private int type;
  private boolean malformed;

  /**
   * Reads from an absolute offset to the limit.
   *
   * @param buffer in native byte order; its position is neither used nor changed
   * @param offset where the first attribute starts; beyond the limit counts as malformed
   */
  public AttributeReader(ByteBuffer buffer, int offset) {
    this.buffer = buffer;
    this.next = offset;
    this.malformed = offset > buffer.limit();
  }

  /** Moves to the next attribute; false at the end and at malformed input. */
  public boolean next() {
    if (malformed || buffer.limit() - next < AttributeWriter.HEADER_LENGTH) {
      malformed |= next < buffer.limit();
      return false;
    }
    int length = Short.toUnsignedInt(buffer.getShort(next));
    if (length < AttributeWriter.HEADER_LENGTH || length > buffer.limit() - next) {
      malformed = true;
      return false;
    }
    type = buffer.getShort(next + 2) & TYPE_MASK;
    valueStart = next + AttributeWriter.HEADER_LENGTH;
    valueEnd = next + length;
    next = Math.min(next + Alignment.align(length), buffer.limit());
    return true;
  }

  /** Returns whether the walk ended because of malformed input. */
  public boolean malformed() {
    return malformed;
  }

  /** Returns the type without the nested and byte-order bits. */
  public int type() {
    return type;
  }

  /** Returns the length of the value in octets. */
  public int length() {
    return valueEnd - valueStart;
  }

  /** Returns a copy of the value. */
  public byte[] octets() {
    byte[] copy = new byte[length()];
    buffer.get(valueStart, copy);
    return copy;
  }

  /** Returns a 32-bit number in native byte order, or the given one when the value is shorter. */
  public int integer(int otherwise) {
    return length() < Integer.BYTES ? otherwise : buffer.getInt(valueStart);
  }

  /** Returns the value as text up to its first zero. */
  public String text() {
    int end = valueStart;
    while (end < valueEnd && buffer.get(end) != 0) {
      end++;
    }
    byte[] bytes = new byte[end - valueStart];
    buffer.get(valueStart, bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Returns a reader of the attributes inside the value. */
  public AttributeReader nested() {
    ByteBuffer inner = buffer.duplicate().order(buffer.order());
    inner.limit(valueEnd);
    return new AttributeReader(inner, valueStart);
  }
}
