package org.vipd.netlink.socket;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Reads the ancillary data of a received packet ({@code struct cmsghdr}, 64-bit layout). */
final class ControlMessages {

  private static final int HEADER_LENGTH = 16;
  private static final int LEVEL_OFFSET = 8;
  private static final int TYPE_OFFSET = 12;
  private static final int ALIGNMENT = 8;
  private static final int IPPROTO_IP = 0;
  private static final int IP_PKTINFO = 8;
  private static final int IP_PKTINFO_LENGTH = 12;
  private static final int IP_PKTINFO_DESTINATION_OFFSET = 8;
  private static final int IP_TTL = 2;
  private static final int IPPROTO_IPV6 = 41;
  private static final int IPV6_PKTINFO = 50;
  private static final int IPV6_PKTINFO_LENGTH = 20;
  private static final int IPV6_PKTINFO_INTERFACE_OFFSET = 16;
  private static final int IPV6_HOPLIMIT = 52;

  private final ByteBuffer control;
  private final ByteBuffer bigEndian;
  private int interfaceIndex;
  private int hopLimit;
  private long destinationHigh;
  private long destinationLow;

  ControlMessages(ByteBuffer control) {
    this.control = control;
    this.bigEndian = control.duplicate().order(ByteOrder.BIG_ENDIAN);
  }

  /** Reads what the kernel wrote, at most {@code length} octets. */
  void scan(int length) {
    interfaceIndex = 0;
    hopLimit = -1;
    destinationHigh = 0;
    destinationLow = 0;
    int offset = 0;
    while (length - offset >= HEADER_LENGTH) {
      long messageLength = control.getLong(offset);
      if (messageLength < HEADER_LENGTH || messageLength > length - offset) {
        return;
      }
      read(offset, (int) messageLength - HEADER_LENGTH);
      offset += ((int) messageLength + ALIGNMENT - 1) & -ALIGNMENT;
    }
  }

  /** Returns the index of the receiving interface, or 0. */
  int interfaceIndex() {
    return interfaceIndex;
  }

  /** Returns the TTL or hop limit, or -1. */
  int hopLimit() {
    return hopLimit;
  }

  /** Returns the first half of the destination; 0 for IPv4. */
  long destinationHigh() {
    return destinationHigh;
  }

  /** Returns the second half of the destination, or the IPv4 address as unsigned 32 bits. */
  long destinationLow() {
    return destinationLow;
  }

  private void read(int offset, int length) {
    int level = control.getInt(offset + LEVEL_OFFSET);
    int type = control.getInt(offset + TYPE_OFFSET);
    int data = offset + HEADER_LENGTH;
    if (level == IPPROTO_IP && type == IP_PKTINFO && length >= IP_PKTINFO_LENGTH) {
      interfaceIndex = control.getInt(data);
      destinationLow =
          Integer.toUnsignedLong(bigEndian.getInt(data + IP_PKTINFO_DESTINATION_OFFSET));
    } else if (level == IPPROTO_IP && type == IP_TTL && length >= Integer.BYTES) {
      hopLimit = control.getInt(data);
    } else if (level == IPPROTO_IPV6 && type == IPV6_PKTINFO && length >= IPV6_PKTINFO_LENGTH) {
      destinationHigh = bigEndian.getLong(data);
      destinationLow = bigEndian.getLong(data + Long.BYTES);
      interfaceIndex = control.getInt(data + IPV6_PKTINFO_INTERFACE_OFFSET);
    } else if (level == IPPROTO_IPV6 && type == IPV6_HOPLIMIT && length >= Integer.BYTES) {
      hopLimit = control.getInt(data);
    }
  }
}
