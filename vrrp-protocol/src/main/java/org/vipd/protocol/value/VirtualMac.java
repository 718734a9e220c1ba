package org.vipd.protocol.value;

/**
 * The link-layer address that all routers of one virtual router share.
 *
 * @param family decides the fifth byte: 1 for IPv4, 2 for IPv6 (RFC 9568 section 7.3)
 * @param vrid the last byte
 */
public record VirtualMac(AddressFamily family, Vrid vrid) {

  /** The address of a virtual router. */
  public static VirtualMac of(AddressFamily family, Vrid vrid) {
    return new VirtualMac(family, vrid);
  }

  /** Six bytes, in the order of the wire. */
  public byte[] toBytes() {
    byte group = (byte) (family == AddressFamily.IPV4 ? 0x01 : 0x02);
    return new byte[] {0x00, 0x00, 0x5E, 0x00, group, (byte) vrid.value()};
  }

  @Override
  public String toString() {
    byte[] bytes = toBytes();
    return String.format("00:00:5e:00:%02x:%02x", bytes[4], bytes[5]);
  }
}
