package org.vipd.protocol.wire;

import java.nio.ByteBuffer;

/** Entry to the receive checks: any content is answered with a result, nothing is thrown. */
public final class AdvertisementDecoder {
  private AdvertisementDecoder() {}

  /**
   * The virtual router id of a message that starts at the position, to find its policy.
   *
   * @return 0 to 255, or -1 when there are fewer than 2 bytes
   */
  public static int peekVrid(ByteBuffer payload) {
    return payload.remaining() > MessageLayout.VRID_OFFSET
        ? Byte.toUnsignedInt(payload.get(payload.position() + MessageLayout.VRID_OFFSET))
        : -1;
  }

  /** Like {@link #peekVrid(ByteBuffer)}, looking behind an authentication header. */
  public static int peekVrid(IpEnvelope envelope, ByteBuffer payload) {
    int offset = ReceiveLadder.messageOffset(envelope) + MessageLayout.VRID_OFFSET;
    return payload.remaining() > offset
        ? Byte.toUnsignedInt(payload.get(payload.position() + offset))
        : -1;
  }

  /** Checks and decodes the IP payload between position and limit; neither is moved. */
  public static DecodeResult decode(IpEnvelope envelope, ByteBuffer payload, ReceivePolicy policy) {
    return new ReceiveLadder(envelope, payload, policy).decode();
  }
}
