package org.vipd.daemon.port;

import java.nio.ByteBuffer;
import org.vipd.protocol.value.IpAddress;
import org.vipd.protocol.wire.IpEnvelope;

/** Sends advertisements on one interface in one family. Used on the loop thread only. */
public interface AdvertisementChannel extends AutoCloseable {

  /**
   * Sends one packet.
   *
   * @param payload direct buffer from its position to its limit
   * @param source address to send from
   * @param destination group or peer
   * @param header how the IP header has to look
   */
  void send(ByteBuffer payload, IpAddress source, IpAddress destination, Header header)
      throws PortException;

  /**
   * Gets ready to send from and to these addresses, so that the first packet, which ends an outage,
   * is not held up. Sending works without, too.
   */
  default void prepare(IpAddress source, IpAddress destination, Header header) {
    // nothing to prepare
  }

  /** Receives packets of IP protocol 51 too; repeatable. */
  void receiveAuthenticationHeader() throws PortException;

  @Override
  void close();

  /**
   * Fields of the IP header.
   *
   * @param ipProtocol 112, or 51 when the payload starts with an authentication header
   * @param hopLimit TTL or hop limit, 1..255
   * @param identification IPv4 identification that a digest covers, 1..65535; 0 leaves it to the
   *     channel
   */
  record Header(int ipProtocol, int hopLimit, int identification) {

    /** Plain VRRP with hop limit 255. */
    public static final Header VRRP = new Header(IpEnvelope.VRRP, 255, 0);
  }
}
