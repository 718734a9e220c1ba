package org.vipd.protocol.wire;

import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.AddressList;
import org.vipd.protocol.value.VrrpVersion;
import org.vipd.protocol.wire.authentication.HmacTrailer;

/** How many addresses fit one advertisement: it must never be fragmented. */
public final class MessageSize {
  private static final int IPV4_HEADER = 20;
  private static final int IPV6_HEADER = 40;

  private MessageSize() {}

  /**
   * The most virtual addresses of one router.
   *
   * @param mtu of the interface in bytes
   * @return 0 to 255
   */
  public static int maximumAddresses(
      VrrpVersion version, AddressFamily family, Authentication authentication, int mtu) {
    int room = mtu - MessageLayout.HEADER_LENGTH;
    room -= family == AddressFamily.IPV4 ? IPV4_HEADER : IPV6_HEADER;
    if (version == VrrpVersion.V2) {
      room -= MessageLayout.AUTHENTICATION_DATA_LENGTH;
    }
    if (authentication instanceof AuthenticationHeader) {
      room -= AuthenticationHeader.LENGTH;
    }
    if (authentication instanceof Hmac) {
      room -= HmacTrailer.LENGTH;
    }
    int count = Math.max(0, room) / family.addressLength();
    return Math.min(count, AddressList.MAXIMUM_SIZE);
  }
}
