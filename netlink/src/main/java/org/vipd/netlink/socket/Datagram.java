package org.vipd.netlink.socket;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.vipd.netlink.libc.NativeMemory;

/**
 * What {@link RawIpSocket#receive} received: one object for all packets, overwritten by the next
 * one.
 *
 * <p>When {@link #problem()} is not {@link Problem#NONE}, the payload is empty and the other values
 * are those that could still be told, else 0.
 */
public final class Datagram {

  /** Octets of the longest packet that is received whole. */
  public static final int CAPACITY = 9216;

  /** Why a packet cannot be used. */
  public enum Problem {
    /** It can. */
    NONE,
    /** Longer than {@link Datagram#CAPACITY}. */
    TRUNCATED,
    /** Shorter than its IPv4 header says, or the header contradicts itself. */
    MALFORMED_HEADER,
    /**
     * The kernel did not say on which interface, to which address or with which hop limit it came.
     */
    NO_PACKET_INFORMATION
  }

  private static final int CONTROL_CAPACITY = 256;
  private static final int HEADER_UNIT = 4;
  private static final int MINIMUM_HEADER = 20;
  private static final int LONGEST_HEADER = 60;
  private static final int TOTAL_LENGTH_OFFSET = 2;
  private static final int TTL_OFFSET = 8;
  private static final int PROTOCOL_OFFSET = 9;
  private static final int SOURCE_OFFSET = 12;
  private static final int DESTINATION_OFFSET = 16;

  private final NativeMemory packetMemory = NativeMemory.kept(CAPACITY);
  private final NativeMemory controlMemory = NativeMemory.kept(CONTROL_CAPACITY);
  private final ByteBuffer packet = packetMemory.buffer().duplicate().order(ByteOrder.BIG_ENDIAN);
  private final ByteBuffer header = packet.duplicate().order(ByteOrder.BIG_ENDIAN);
  private final ByteBuffer[] payloadByHeaderLength = payloads(packet);
  private final ControlMessages control = new ControlMessages(controlMemory.buffer());
  private ByteBuffer payload = payloadByHeaderLength[0];
  private Problem problem = Problem.NONE;
  private boolean isIpv6;
  private int hopLimit;
  private int ipProtocol;
  private int interfaceIndex;
  private long sourceHigh;
  private long sourceLow;
  private long destinationHigh;
  private long destinationLow;

  /** Allocates about 10 KiB outside the heap. */
  public Datagram() {
    clear(false);
  }

  /**
   * Returns what follows the IP header: big-endian, position 0, limit at its end; do not keep it.
   */
  public ByteBuffer payload() {
    return payload;
  }

  /** Returns the IPv4 header with its options, position 0; empty for IPv6. Do not keep it. */
  public ByteBuffer header() {
    return header;
  }

  /** Returns the TTL or hop limit on arrival, 0..255. */
  public int hopLimit() {
    return hopLimit;
  }

  /** Returns the protocol of the payload, 0..255. */
  public int ipProtocol() {
    return ipProtocol;
  }

  /** Returns the index of the interface it came in on. */
  public int interfaceIndex() {
    return interfaceIndex;
  }

  /** Returns whether it came over IPv6. */
  public boolean isIpv6() {
    return isIpv6;
  }

  /** Returns the first half of the source, big-endian; 0 for IPv4. */
  public long sourceHigh() {
    return sourceHigh;
  }

  /** Returns the second half of the source, or the IPv4 address as unsigned 32 bits. */
  public long sourceLow() {
    return sourceLow;
  }

  /** Returns the first half of the destination, big-endian; 0 for IPv4. */
  public long destinationHigh() {
    return destinationHigh;
  }

  /** Returns the second half of the destination, or the IPv4 address as unsigned 32 bits. */
  public long destinationLow() {
    return destinationLow;
  }

  /** Returns why the packet cannot be used. */
  public Problem problem() {
    return problem;
  }

  /** Points a message header at the memory for packet and control data. */
  void attachTo(MessageHeader message) {
    message.setData(packetMemory.address(), CAPACITY);
    message.setControl(controlMemory.address(), CONTROL_CAPACITY);
  }

  /** Takes over an IPv4 packet of a raw socket, which comes with its header. */
  void completeIpv4(MessageHeader message, int length) {
    clear(false);
    if (length < MINIMUM_HEADER) {
      problem = Problem.MALFORMED_HEADER;
      return;
    }
    sourceLow = Integer.toUnsignedLong(packet.getInt(SOURCE_OFFSET));
    destinationLow = Integer.toUnsignedLong(packet.getInt(DESTINATION_OFFSET));
    hopLimit = Byte.toUnsignedInt(packet.get(TTL_OFFSET));
    ipProtocol = Byte.toUnsignedInt(packet.get(PROTOCOL_OFFSET));
    control.scan(message.controlLength());
    interfaceIndex = control.interfaceIndex();
    int headerLength = (packet.get(0) & 0xF) * HEADER_UNIT;
    int totalLength = Short.toUnsignedInt(packet.getShort(TOTAL_LENGTH_OFFSET));
    if (message.isTruncated()) {
      problem = Problem.TRUNCATED;
    } else if (headerLength < MINIMUM_HEADER
        || headerLength > totalLength
        || totalLength > length) {
      problem = Problem.MALFORMED_HEADER;
    } else if (message.isControlTruncated() || interfaceIndex == 0) {
      problem = Problem.NO_PACKET_INFORMATION;
    } else {
      header.limit(headerLength);
      payload = payloadByHeaderLength[headerLength / HEADER_UNIT];
      payload.position(0).limit(totalLength - headerLength);
    }
  }

  /** Takes over an IPv6 payload of a raw socket, which comes without its header. */
  void completeIpv6(MessageHeader message, int length, ByteBuffer sourceAddress, int protocol) {
    clear(true);
    sourceHigh = sourceAddress.getLong(0);
    sourceLow = sourceAddress.getLong(Long.BYTES);
    ipProtocol = protocol;
    control.scan(message.controlLength());
    hopLimit = Math.max(0, control.hopLimit());
    interfaceIndex = control.interfaceIndex();
    destinationHigh = control.destinationHigh();
    destinationLow = control.destinationLow();
    if (message.isTruncated()) {
      problem = Problem.TRUNCATED;
    } else if (message.isControlTruncated() || interfaceIndex == 0 || control.hopLimit() < 0) {
      problem = Problem.NO_PACKET_INFORMATION;
    } else {
      payload.limit(length);
    }
  }

  private void clear(boolean ipv6) {
    problem = Problem.NONE;
    isIpv6 = ipv6;
    hopLimit = 0;
    ipProtocol = 0;
    interfaceIndex = 0;
    sourceHigh = 0;
    sourceLow = 0;
    destinationHigh = 0;
    destinationLow = 0;
    header.position(0).limit(0);
    payload = payloadByHeaderLength[0];
    payload.position(0).limit(0);
  }

  /** Slices once for each possible header length, because slicing allocates. */
  private static ByteBuffer[] payloads(ByteBuffer packet) {
    ByteBuffer[] payloads = new ByteBuffer[LONGEST_HEADER / HEADER_UNIT + 1];
    for (int i = 0; i < payloads.length; i++) {
      int offset = i * HEADER_UNIT;
      payloads[i] = packet.slice(offset, CAPACITY - offset).order(ByteOrder.BIG_ENDIAN);
    }
    return payloads;
  }
}
