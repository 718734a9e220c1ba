package org.vipd.daemon.port;

import java.nio.ByteBuffer;
import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.IpAddress;

/** Carries BFD control packets over UDP. Used by one thread, except {@link #wakeUp}. */
public interface SessionPort extends AutoCloseable {

  /** Takes what arrives, while {@link SessionPort#await} runs. */
  interface Receiver {

    /** A packet; the payload is valid only during the call. */
    void received(Arrival arrival, ByteBuffer payload);

    /** Packets cannot be received any more, for the reason given. */
    void failed(String reason);
  }

  /** Sends the packets of one session. */
  interface Sender extends AutoCloseable {

    /** Sends one packet. */
    void send(ByteBuffer payload) throws PortException;

    @Override
    void close();
  }

  /**
   * Where a packet came from and to, and with what.
   *
   * @param source who sent it
   * @param destination own address it was sent to
   * @param port own port it was sent to
   * @param hopLimit TTL or hop limit on arrival, 0..255
   */
  record Arrival(IpAddress source, IpAddress destination, int port, int hopLimit) {}

  /** Hears what is sent to a port of this host from now on; repeatable. */
  void listen(AddressFamily family, int port) throws PortException;

  /** Opens a sender with a source port of its own, 49152..65535 (RFC 5881 section 4). */
  Sender open(SessionPath path) throws PortException;

  /** Waits until the deadline, a wake-up or a packet, and delivers what arrived. */
  void await(long deadlineNanos, Receiver receiver);

  /** Ends a current or the next {@link #await}; may be called from any thread. */
  void wakeUp();

  @Override
  void close();
}
