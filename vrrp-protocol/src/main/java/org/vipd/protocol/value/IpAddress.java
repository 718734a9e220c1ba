package org.vipd.protocol.value;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * An IPv4 or IPv6 address as an unsigned number.
 *
 * @param family tells how many bits count
 * @param high the first 8 bytes of an IPv6 address; 0 for IPv4
 * @param low the last 8 bytes of an IPv6 address; 0 to 2^32 - 1 for IPv4
 */
public record IpAddress(AddressFamily family, long high, long low)
    implements Comparable<IpAddress> {
  private static final IpAddress GROUP_IPV4 = new IpAddress(AddressFamily.IPV4, 0, 0xE000_0012L);
  private static final IpAddress GROUP_IPV6 =
      new IpAddress(AddressFamily.IPV6, 0xFF02_0000_0000_0000L, 0x12L);

  /** Refuses an IPv4 address of more than 32 bits with {@link IllegalArgumentException}. */
  public IpAddress {
    if (family == AddressFamily.IPV4 && (high != 0 || low >>> 32 != 0)) {
      throw new IllegalArgumentException(
          "IPv4 address must fit 32 bits, got 0x" + Long.toHexString(low));
    }
  }

  /** The multicast group of VRRP: 224.0.0.18 or ff02::12 (RFC 9568 section 5.1). */
  public static IpAddress vrrpGroup(AddressFamily family) {
    return family == AddressFamily.IPV4 ? GROUP_IPV4 : GROUP_IPV6;
  }

  /** Reads an address literal; never asks a name service. Empty for anything else. */
  public static Optional<IpAddress> parse(String literal) {
    return IpAddressText.parse(literal);
  }

  /** The address in 4 or 16 bytes, most significant first. */
  public static IpAddress of(byte[] bytes) {
    if (bytes.length == AddressFamily.IPV4.addressLength()) {
      return read(AddressFamily.IPV4, ByteBuffer.wrap(bytes), 0);
    }
    if (bytes.length == AddressFamily.IPV6.addressLength()) {
      return read(AddressFamily.IPV6, ByteBuffer.wrap(bytes), 0);
    }
    throw new IllegalArgumentException("address must have 4 or 16 bytes, got " + bytes.length);
  }

  /** The address at an absolute offset of the buffer, whatever the byte order of the buffer. */
  public static IpAddress read(AddressFamily family, ByteBuffer buffer, int offset) {
    if (family == AddressFamily.IPV4) {
      return new IpAddress(family, 0, readNumber(buffer, offset, 4));
    }
    return new IpAddress(family, readNumber(buffer, offset, 8), readNumber(buffer, offset + 8, 8));
  }

  /** 4 or 16 bytes, most significant first. */
  public byte[] toBytes() {
    byte[] bytes = new byte[family.addressLength()];
    writeTo(ByteBuffer.wrap(bytes));
    return bytes;
  }

  /** Writes 4 or 16 bytes at the position of the buffer, most significant first. */
  public void writeTo(ByteBuffer buffer) {
    if (family == AddressFamily.IPV6) {
      writeNumber(buffer, high, 8);
      writeNumber(buffer, low, 8);
    } else {
      writeNumber(buffer, low, 4);
    }
  }

  /** True in 169.254.0.0/16 or fe80::/10. */
  public boolean isLinkLocal() {
    return family == AddressFamily.IPV4 ? low >>> 16 == 0xA9FEL : high >>> 54 == 0x3FAL;
  }

  /** True in 224.0.0.0/4 or ff00::/8. */
  public boolean isMulticast() {
    return family == AddressFamily.IPV4 ? low >>> 28 == 0xEL : high >>> 56 == 0xFFL;
  }

  /**
   * The first address of the network that this one is in, with all bits behind the prefix 0.
   *
   * @param prefixLength 0..32 or 0..128
   */
  public IpAddress first(int prefixLength) {
    return new IpAddress(family, high & highMask(prefixLength), low & lowMask(prefixLength));
  }

  /**
   * The last address of the network that this one is in, with all bits behind the prefix 1.
   *
   * @param prefixLength 0..32 or 0..128
   */
  public IpAddress last(int prefixLength) {
    long all = family == AddressFamily.IPV4 ? 0xFFFF_FFFFL : -1L;
    return new IpAddress(
        family, high | ~highMask(prefixLength), low | (~lowMask(prefixLength) & all));
  }

  /**
   * Whether another address is of the same family and has the same first bits.
   *
   * @param prefixLength 0..32 or 0..128
   */
  public boolean sharesPrefix(IpAddress other, int prefixLength) {
    return family == other.family
        && ((high ^ other.high) & highMask(prefixLength)) == 0
        && ((low ^ other.low) & lowMask(prefixLength)) == 0;
  }

  /** All ones for IPv4, where these bits are always 0. */
  private long highMask(int prefixLength) {
    return family == AddressFamily.IPV4 ? -1L : leadingOnes(Math.min(prefixLength, Long.SIZE));
  }

  private long lowMask(int prefixLength) {
    int ahead = family == AddressFamily.IPV4 ? -Integer.SIZE : Long.SIZE;
    return leadingOnes(Math.max(0, prefixLength - ahead));
  }

  private static long leadingOnes(int count) {
    return count == 0 ? 0 : -1L << (Long.SIZE - count);
  }

  /** IPv4 before IPv6, then as unsigned numbers (RFC 9568 section 6.4.3). */
  @Override
  public int compareTo(IpAddress other) {
    int byFamily = family.compareTo(other.family);
    if (byFamily != 0) {
      return byFamily;
    }
    int byHigh = Long.compareUnsigned(high, other.high);
    return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof IpAddress that
        && low == that.low
        && high == that.high
        && family == that.family;
  }

  @Override
  public int hashCode() {
    return (Long.hashCode(high) * 31 + Long.hashCode(low)) * 31 + family.addressLength();
  }

  /** Dotted decimal, or the canonical text of RFC 5952. */
  @Override
  public String toString() {
    return IpAddressText.format(this);
  }

  private static long readNumber(ByteBuffer buffer, int offset, int length) {
    long number = 0;
    for (int i = 0; i < length; i++) {
      number = number << 8 | Byte.toUnsignedLong(buffer.get(offset + i));
    }
    return number;
  }

  private static void writeNumber(ByteBuffer buffer, long number, int length) {
    for (int shift = (length - 1) * 8; shift >= 0; shift -= 8) {
      buffer.put((byte) (number >>> shift));
    }
  }
}
