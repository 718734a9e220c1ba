package org.vipd.netlink.message;

import java.nio.ByteBuffer;

/**
 * Walks over the netlink messages of one datagram; malformed input ends the walk, it never throws.
 */
public final class MessageReader {

  private final ByteBuffer buffer;
  private int start;
  private int next;
  private boolean malformed;

  /**
   * Reads from offset 0 to the limit.
   *
   * @param datagram in native byte order; its position is neither used nor changed
   */
  public MessageReader(ByteBuffer datagram) {
    this.buffer = datagram;
  }

  /** Moves to the next message; false at the end and at malformed input. */
  public boolean next() {
    int available = buffer.limit() - next;
    if (malformed || available < MessageWriter.HEADER_LENGTH) {
      malformed |= available > 0;
      return false;
    }
    int length = buffer.getInt(next);
    if (length < MessageWriter.HEADER_LENGTH || length > available) {
      malformed = true;
      return false;
    }
    start = next;
    next = Math.min(start + Alignment.align(length), buffer.limit());
    return true;
  }

  /** Returns whether the walk ended because of malformed input. */
  public boolean malformed() {
    return malformed;
  }

  /** Returns the message type. */
  public int type() {
    return Short.toUnsignedInt(buffer.getShort(start + 4));
  }

  /** Returns the flags. */
  public int flags() {
    return Short.toUnsignedInt(buffer.getShort(start + 6));
  }

  /** Returns the sequence number of the request that this answers, or 0 for an event. */
  public int sequence() {
    return buffer.getInt(start + 8);
  }

  /** Returns the port of the socket that asked for what is reported, or 0 for nobody's. */
  public int port() {
    return buffer.getInt(start + 12);
  }

  /**
   * Returns whether this is the kernel's answer that all went well: the error number 0. A batch has
   * one for each of its requests, so nothing is made for it.
   */
  public boolean isAcknowledgement() {
    return type() == RouteMessageType.ERROR
        && buffer.getInt(start) >= MessageWriter.HEADER_LENGTH + Integer.BYTES
        && buffer.getInt(start + MessageWriter.HEADER_LENGTH) == 0;
  }

  /** Returns a view of what follows the header, in native byte order, from 0 to its limit. */
  public ByteBuffer payload() {
    int length = buffer.getInt(start) - MessageWriter.HEADER_LENGTH;
    return buffer.slice(start + MessageWriter.HEADER_LENGTH, length).order(buffer.order());
  }
}
