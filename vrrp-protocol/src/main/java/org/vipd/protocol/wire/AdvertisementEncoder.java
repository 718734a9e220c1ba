package org.vipd.protocol.wire;

import java.nio.ByteBuffer;
import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.IpAddress;
import org.vipd.protocol.value.VrrpVersion;

/**
 * Writes advertisements, byte by byte as RFC 9568 section 5.2 and RFC 3768 section 5.3 draw them.
 */
public final class AdvertisementEncoder {
  private AdvertisementEncoder() {}

  /**
   * Writes one message at the position of the buffer and advances the position.
   *
   * @param source the sender's address, for the pseudo-header
   * @param destination group or peer, for the pseudo-header
   * @return number of bytes written
   * @throws IllegalArgumentException when the version cannot carry the interval or the family
   * @throws java.nio.BufferOverflowException when the buffer is too short
   */
  public static int encode(
      Advertisement advertisement,
      SendPolicy policy,
      IpAddress source,
      IpAddress destination,
      ByteBuffer into) {
    checkCarried(advertisement);
    int start = into.position();
    writeHeader(advertisement, policy.authentication(), into);
    advertisement.addresses().writeTo(into);
    if (advertisement.version() == VrrpVersion.V2) {
      writeAuthenticationData(policy.authentication(), into);
    }
    int length = into.position() - start;
    long sum = Checksum.sum(into, start, length);
    if (hasPseudoHeader(advertisement, policy)) {
      sum += Checksum.pseudoHeader(source, destination, length);
    }
    writeChecksum(into, start, Checksum.complement(sum));
    return length;
  }

  private static void checkCarried(Advertisement advertisement) {
    VrrpVersion version = advertisement.version();
    if (!version.carries(advertisement.interval())) {
      throw new IllegalArgumentException(
          "VRRP version "
              + version.number()
              + " cannot carry an interval of "
              + advertisement.interval()
              + ": use "
              + (version == VrrpVersion.V2 ? "1..255 whole seconds" : "1..4095 centiseconds"));
    }
    if (version == VrrpVersion.V2 && advertisement.addresses().family() == AddressFamily.IPV6) {
      throw new IllegalArgumentException("VRRP version 2 cannot carry IPv6 addresses");
    }
  }

  private static void writeHeader(
      Advertisement advertisement, Authentication authentication, ByteBuffer into) {
    VrrpVersion version = advertisement.version();
    into.put((byte) (version.number() << 4 | MessageLayout.ADVERTISEMENT_TYPE));
    into.put((byte) advertisement.vrid().value());
    into.put((byte) advertisement.priority().value());
    into.put((byte) advertisement.addresses().size());
    if (version == VrrpVersion.V2) {
      into.put((byte) authentication.type());
      into.put((byte) advertisement.interval().wholeSeconds());
    } else {
      into.put((byte) (advertisement.interval().centiseconds() >>> 8));
      into.put((byte) advertisement.interval().centiseconds());
    }
    into.put((byte) 0);
    into.put((byte) 0);
  }

  private static void writeAuthenticationData(Authentication authentication, ByteBuffer into) {
    if (authentication instanceof SimplePassword password) {
      password.writeTo(into);
    } else {
      for (int i = 0; i < MessageLayout.AUTHENTICATION_DATA_LENGTH; i++) {
        into.put((byte) 0);
      }
    }
  }

  private static boolean hasPseudoHeader(Advertisement advertisement, SendPolicy policy) {
    return advertisement.version() == VrrpVersion.V3
        && (advertisement.addresses().family() == AddressFamily.IPV6
            || policy.form() == ChecksumForm.PSEUDO_HEADER);
  }

  private static void writeChecksum(ByteBuffer into, int start, int checksum) {
    into.put(start + MessageLayout.CHECKSUM_OFFSET, (byte) (checksum >>> 8));
    into.put(start + MessageLayout.CHECKSUM_OFFSET + 1, (byte) checksum);
  }
}
