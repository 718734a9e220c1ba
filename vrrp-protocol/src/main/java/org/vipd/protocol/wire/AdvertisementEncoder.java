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
   * Writes one IP payload at the position of the buffer and advances the position: the message, and
   * what the authentication puts in front of or behind it.
   *
   * <p>The check value of an {@link AuthenticationHeader} covers the IPv4 header as {@link
   * #encodeDatagram} writes it; send such packets with that header only.
   *
   * @param source the sender's address, for pseudo-header and digests
   * @param destination group or peer, for pseudo-header and digests
   * @return number of bytes written
   * @throws IllegalArgumentException when the version cannot carry the interval, the family or the
   *     authentication
   * @throws java.nio.BufferOverflowException when the buffer is too short
   */
  public static int encode(
      Advertisement advertisement,
      SendPolicy policy,
      IpAddress source,
      IpAddress destination,
      ByteBuffer into) {
    checkCarried(advertisement, policy.authentication());
    int start = into.position();
    if (policy.authentication() instanceof AuthenticationHeader header) {
      header.begin(source, into);
      writeMessage(advertisement, policy, source, destination, into);
      header.finish(source, destination, into, start);
    } else {
      writeMessage(advertisement, policy, source, destination, into);
    }
    return into.position() - start;
  }

  /**
   * Like {@link #encode}, with an IPv4 header in front: TTL 255, no options, and an identification
   * that is not 0 when the check value of an authentication header covers it.
   */
  public static int encodeDatagram(
      Advertisement advertisement,
      SendPolicy policy,
      IpAddress source,
      IpAddress destination,
      ByteBuffer into) {
    if (advertisement.addresses().family() != AddressFamily.IPV4) {
      throw new IllegalArgumentException("only IPv4 headers are written here, got IPV6 addresses");
    }
    int start = into.position();
    into.position(start + Ipv4Header.LENGTH);
    int length = encode(advertisement, policy, source, destination, into);
    int end = into.position();
    into.position(start);
    Ipv4Header.write(into, source, destination, policy.authentication(), length);
    into.position(end);
    return Ipv4Header.LENGTH + length;
  }

  private static void writeMessage(
      Advertisement advertisement,
      SendPolicy policy,
      IpAddress source,
      IpAddress destination,
      ByteBuffer into) {
    int start = into.position();
    writeHeader(advertisement, policy.authentication(), into);
    advertisement.addresses().writeTo(into);
    if (advertisement.version() == VrrpVersion.V2) {
      writeAuthenticationData(policy.authentication(), into);
    }
    int length = into.position() - start;
    if (policy.authentication() instanceof Hmac hmac && hmac.signs()) {
      hmac.append(into, start, source);
    }
    // keepalived leaves the checksum of IPv6 to the kernel, which then covers the trailer as well.
    if (advertisement.addresses().family() == AddressFamily.IPV6) {
      length = into.position() - start;
    }
    long sum = Checksum.sum(into, start, length);
    if (hasPseudoHeader(advertisement, policy)) {
      sum += Checksum.pseudoHeader(source, destination, length);
    }
    writeChecksum(into, start, Checksum.complement(sum));
  }

  private static void checkCarried(Advertisement advertisement, Authentication authentication) {
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
    if (version == VrrpVersion.V3 && authentication.type() != NoAuthentication.TYPE) {
      throw new IllegalArgumentException(
          "VRRP version 3 has no password or authentication header: use none or the HMAC trailer");
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
