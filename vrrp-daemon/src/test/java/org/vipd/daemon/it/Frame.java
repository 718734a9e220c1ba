package org.vipd.daemon.it;

import java.util.Optional;

/** One captured Ethernet frame with an IPv4 packet or ARP. */
public final class Frame {

  private static final int TYPE_OFFSET = 12;
  private static final int IPV4_TYPE = 0x0800;
  private static final int ARP_TYPE = 0x0806;
  private static final int NETWORK_OFFSET = 14;
  private static final int IP_PROTOCOL_OFFSET = NETWORK_OFFSET + 9;
  private static final int IP_SOURCE_OFFSET = NETWORK_OFFSET + 12;
  private static final int IP_DESTINATION_OFFSET = NETWORK_OFFSET + 16;
  private static final int VRRP = 112;
  private static final int PRIORITY_OFFSET = 2;
  private static final int ARP_SENDER_OFFSET = NETWORK_OFFSET + 14;
  private static final int ARP_TARGET_OFFSET = NETWORK_OFFSET + 24;

  private final long timeNanos;
  private final byte[] bytes;

  /**
   * A frame.
   *
   * @param timeNanos when the kernel saw it, nanoseconds since 1970
   * @param bytes from the Ethernet header on
   */
  Frame(long timeNanos, byte[] bytes) {
    this.timeNanos = timeNanos;
    this.bytes = bytes.clone();
  }

  /** When the kernel saw it, nanoseconds since 1970. */
  public long timeNanos() {
    return timeNanos;
  }

  /** All of it, from the Ethernet header on. */
  byte[] bytes() {
    return bytes.clone();
  }

  /** Whether it is an advertisement. */
  public boolean isAdvertisement() {
    return number(TYPE_OFFSET, 2) == IPV4_TYPE && number(IP_PROTOCOL_OFFSET, 1) == VRRP;
  }

  /** Whether it is an advertisement from an address. */
  public boolean isAdvertisementFrom(String address) {
    return isAdvertisement() && address(IP_SOURCE_OFFSET).equals(address);
  }

  /** Whether it is an advertisement to an address. */
  boolean isAdvertisementTo(String address) {
    return isAdvertisement() && address(IP_DESTINATION_OFFSET).equals(address);
  }

  /** The priority of an advertisement, 0..255. */
  public int priority() {
    int headerBytes = (bytes[NETWORK_OFFSET] & 0x0f) * 4;
    return number(NETWORK_OFFSET + headerBytes + PRIORITY_OFFSET, 1);
  }

  /** Whether it is ARP that announces an address. */
  public boolean isAnnouncementOf(String address) {
    return number(TYPE_OFFSET, 2) == ARP_TYPE
        && address(ARP_SENDER_OFFSET).equals(address)
        && address(ARP_TARGET_OFFSET).equals(address);
  }

  /** The address that it announces, when it is ARP that does so. */
  public Optional<String> announced() {
    String sender = address(ARP_SENDER_OFFSET);
    return isAnnouncementOf(sender) ? Optional.of(sender) : Optional.empty();
  }

  /** One octet, or -1 behind its end. */
  public int octet(int offset) {
    return number(offset, 1);
  }

  private String address(int offset) {
    return number(offset, 1)
        + "."
        + number(offset + 1, 1)
        + "."
        + number(offset + 2, 1)
        + "."
        + number(offset + 3, 1);
  }

  private int number(int offset, int length) {
    if (offset + length > bytes.length) {
      return -1;
    }
    int number = 0;
    for (int i = 0; i < length; i++) {
      number = (number << 8) | Byte.toUnsignedInt(bytes[offset + i]);
    }
    return number;
  }
}
