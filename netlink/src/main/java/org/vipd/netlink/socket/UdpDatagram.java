package org.vipd.netlink.socket;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.vipd.netlink.address.IpFamily;
import org.vipd.netlink.libc.NativeMemory;

/**
 * What {@link UdpSocket#receive} received: one object for all packets, overwritten by the next one.
 */
public final class UdpDatagram {

  /** Octets of the longest payload that is received whole. */
  public static final int CAPACITY = 1024;

  private static final int CONTROL_CAPACITY = 256;
  private static final int NAME_CAPACITY = 28;
  private static final int IPV4_ADDRESS_OFFSET = 4;
  private static final int IPV6_ADDRESS_OFFSET = 8;

  private final NativeMemory payloadMemory = NativeMemory.kept(CAPACITY);
  private final NativeMemory controlMemory = NativeMemory.kept(CONTROL_CAPACITY);
  private final NativeMemory nameMemory = NativeMemory.kept(NAME_CAPACITY);
  private final ByteBuffer payload = payloadMemory.buffer().duplicate().order(ByteOrder.BIG_ENDIAN);
  private final ControlMessages control = new ControlMessages(controlMemory.buffer());
  private IpFamily family = IpFamily.IPV4;
  private boolean isUsable;

  /** Points a message header at the memory for address, payload and control data. */
  void attachTo(MessageHeader message) {
    message.setName(nameMemory.address(), NAME_CAPACITY);
    message.setData(payloadMemory.address(), CAPACITY);
    message.setControl(controlMemory.address(), CONTROL_CAPACITY);
  }

  /** Takes over what the kernel wrote. */
  void complete(MessageHeader message, int length, IpFamily itsFamily) {
    family = itsFamily;
    control.scan(message.controlLength());
    payload.position(0).limit(length);
    isUsable =
        !message.isTruncated()
            && !message.isControlTruncated()
            && control.interfaceIndex() != 0
            && control.hopLimit() >= 0;
  }

  /**
   * Returns whether it is complete and the kernel said where it came in and with which hop limit.
   */
  public boolean isUsable() {
    return isUsable;
  }

  /** Returns the payload: big-endian, position 0, limit at its end; do not keep it. */
  public ByteBuffer payload() {
    return payload;
  }

  /** Returns the TTL or hop limit on arrival, 0..255. */
  public int hopLimit() {
    return control.hopLimit();
  }

  /** Returns the index of the interface it came in on. */
  public int interfaceIndex() {
    return control.interfaceIndex();
  }

  /** Returns who sent it. */
  public InetAddress source() {
    byte[] octets = new byte[family.addressLength()];
    int offset = family == IpFamily.IPV4 ? IPV4_ADDRESS_OFFSET : IPV6_ADDRESS_OFFSET;
    nameMemory.buffer().get(offset, octets);
    return address(octets);
  }

  /** Returns the address it was sent to. */
  public InetAddress destination() {
    ByteBuffer octets = ByteBuffer.allocate(family.addressLength());
    if (family == IpFamily.IPV4) {
      octets.putInt((int) control.destinationLow());
    } else {
      octets.putLong(control.destinationHigh()).putLong(control.destinationLow());
    }
    return address(octets.array());
  }

  private static InetAddress address(byte[] octets) {
    try {
      return InetAddress.getByAddress(octets);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address has 4 or 16 octets, not " + octets.length, e);
    }
  }
}
