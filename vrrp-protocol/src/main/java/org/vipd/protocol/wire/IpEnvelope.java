package org.vipd.protocol.wire;

import java.nio.ByteBuffer;
import org.vipd.protocol.value.IpAddress;

/**
 * What the receive checks need to know of the IP header.
 *
 * @param source sender
 * @param destination group or own address
 * @param hopLimit TTL or hop limit, 0 to 255
 * @param ipProtocol {@link #VRRP} or {@link #AUTHENTICATION_HEADER}
 * @param ipHeader view of the raw IPv4 header with options, needed for the authentication header
 *     only and valid only while the packet is decoded; else empty
 */
public record IpEnvelope(
    IpAddress source, IpAddress destination, int hopLimit, int ipProtocol, ByteBuffer ipHeader) {
  /** IP protocol number of VRRP. */
  public static final int VRRP = 112;

  /** IP protocol number of the authentication header (RFC 2402). */
  public static final int AUTHENTICATION_HEADER = 51;

  private static final ByteBuffer NO_HEADER = ByteBuffer.allocate(0).asReadOnlyBuffer();

  /** An envelope without the raw header, for everything but the authentication header. */
  public IpEnvelope(IpAddress source, IpAddress destination, int hopLimit, int ipProtocol) {
    this(source, destination, hopLimit, ipProtocol, NO_HEADER);
  }
}
