package org.vipd.netlink.address;

/**
 * A 48-bit link-layer address (IEEE 802 MAC).
 *
 * @param bits the address in the low 48 bits, first octet highest; the high 16 bits are zero
 */
public record MacAddress(long bits) {

  /** Octets of the address. */
  public static final int LENGTH = 6;

  /** ff:ff:ff:ff:ff:ff. */
  public static final MacAddress BROADCAST = new MacAddress(0xFFFF_FFFF_FFFFL);

  /** 00:00:00:00:00:00, also what an interface without a 48-bit address reports here. */
  public static final MacAddress ZERO = new MacAddress(0);

  /** Checks that only the low 48 bits are used. */
  public MacAddress {
    if (bits >>> 48 != 0) {
      throw new IllegalArgumentException(
          "MAC address 0x" + Long.toHexString(bits) + ": must fit in 48 bits");
    }
  }

  /**
   * Builds an address from its octets.
   *
   * @param octets exactly 6 octets in transmission order
   */
  public static MacAddress of(byte[] octets) {
    if (octets.length != LENGTH) {
      throw new IllegalArgumentException(
          "MAC address of " + octets.length + " octets: must be " + LENGTH);
    }
    long bits = 0;
    for (byte octet : octets) {
      bits = (bits << Byte.SIZE) | Byte.toUnsignedLong(octet);
    }
    return new MacAddress(bits);
  }

  /** Returns the 6 octets in transmission order. */
  public byte[] toBytes() {
    byte[] octets = new byte[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      octets[i] = (byte) (bits >>> (Byte.SIZE * (LENGTH - 1 - i)));
    }
    return octets;
  }

  /** Returns the usual text, for example {@code 00:00:5e:00:01:33}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(17);
    for (byte octet : toBytes()) {
      if (text.length() > 0) {
        text.append(':');
      }
      text.append(Character.forDigit((octet >> 4) & 0xF, 16))
          .append(Character.forDigit(octet & 0xF, 16));
    }
    return text.toString();
  }
}
