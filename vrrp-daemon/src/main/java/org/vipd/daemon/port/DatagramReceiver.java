package org.vipd.daemon.port;

import java.nio.ByteBuffer;
import org.vipd.protocol.wire.IpEnvelope;

/** Takes the packets of a channel, on the loop thread. */
public interface DatagramReceiver {

  /**
   * A packet of IP protocol 112 or 51.
   *
   * @param payload what follows the IP header; valid only during the call
   */
  void received(IpEnvelope envelope, ByteBuffer payload);

  /** A packet whose IP header makes no sense, or which is longer than any advertisement. */
  void unreadable();

  /** The channel cannot receive any more, for instance because its interface went away. */
  void failed(String reason);
}
