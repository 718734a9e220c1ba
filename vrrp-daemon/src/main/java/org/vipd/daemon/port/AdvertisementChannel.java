package org.vipd.daemon.port;

import java.nio.ByteBuffer;
import org.vipd.protocol.value.IpAddress;

/** Sends advertisements on one interface in one family. Used on the loop thread only. */
public interface AdvertisementChannel extends AutoCloseable {

  /**
   * Sends one message with hop limit 255.
   *
   * @param message direct buffer from its position to its limit
   */
  void send(ByteBuffer message, IpAddress source, IpAddress destination) throws PortException;

  @Override
  void close();
}
