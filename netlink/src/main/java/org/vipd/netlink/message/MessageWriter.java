package org.vipd.netlink.message;

import java.nio.ByteBuffer;

/**
 * Writes netlink messages one after the other into a buffer (kernel header netlink.h, {@code struct
 * nlmsghdr}). Lengths and padding are filled in by {@link #end()}.
 */
public final class MessageWriter {

  /** Octets of the message header. */
  public static final int HEADER_LENGTH = 16;

  private final ByteBuffer buffer;
  private int start = -1;

  /**
   * Writes at the position of a buffer.
   *
   * @param buffer in native byte order; too small a buffer raises {@code BufferOverflowException}
   */
  public MessageWriter(ByteBuffer buffer) {
    this.buffer = buffer;
  }

  /**
   * Starts a message.
   *
   * @param type for example {@link RouteMessageType#NEW_ADDRESS}
   * @param flags of {@link MessageFlag}
   * @param sequence repeated by the kernel in its answer
   */
  public MessageWriter begin(int type, int flags, int sequence) {
    if (start >= 0) {
      throw new IllegalStateException("begin inside a message that started at offset " + start);
    }
    start = buffer.position();
    buffer.putInt(0).putShort((short) type).putShort((short) flags).putInt(sequence).putInt(0);
    return this;
  }

  /** Appends one octet of the fixed part. */
  public MessageWriter octet(int value) {
    buffer.put((byte) value);
    return this;
  }

  /** Appends two octets of the fixed part. */
  public MessageWriter word(int value) {
    buffer.putShort((short) value);
    return this;
  }

  /** Appends four octets of the fixed part. */
  public MessageWriter integer(int value) {
    buffer.putInt(value);
    return this;
  }

  /** Returns a writer of attributes that follow the fixed part. */
  public AttributeWriter attributes() {
    return new AttributeWriter(buffer);
  }

  /** Finishes the message. */
  public void end() {
    if (start < 0) {
      throw new IllegalStateException("end without begin at offset " + buffer.position());
    }
    buffer.putInt(start, buffer.position() - start);
    Alignment.pad(buffer, start);
    start = -1;
  }
}
