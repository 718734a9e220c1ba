package org.vipd.daemon.notify;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import javax.net.SocketFactory;
import org.vipd.daemon.port.NanoClock;

/**
 * Connections over which a server can neither talk without end nor take its time byte by byte: the
 * mail library keeps a line of any length, and counts its time-out anew with each byte.
 */
final class BoundedSockets extends SocketFactory {

  /** More than any server says about one mail, its certificates included. */
  private static final int LIMIT_BYTES = 256 * 1024;

  private static final int BYTES_PER_KILOBYTE = 1024;

  private final NanoClock clock;
  private final Duration limit;

  /**
   * A factory.
   *
   * @param limit how long a connection may be read from, counted from its making
   */
  BoundedSockets(NanoClock clock, Duration limit) {
    this.clock = clock;
    this.limit = limit;
  }

  @Override
  public Socket createSocket() {
    return new BoundedSocket(clock, limit);
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    throw connectedOnly();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    throw connectedOnly();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    throw connectedOnly();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    throw connectedOnly();
  }

  private static IOException connectedOnly() {
    return new SocketException("only sockets that are still to be connected are made here");
  }

  private static final class BoundedSocket extends Socket {

    private final NanoClock clock;
    private final Duration limit;
    private final long startNanos;
    private int left = LIMIT_BYTES;

    BoundedSocket(NanoClock clock, Duration limit) {
      this.clock = clock;
      this.limit = limit;
      this.startNanos = clock.nanos();
    }

    @Override
    public InputStream getInputStream() throws IOException {
      return new FilterInputStream(super.getInputStream()) {
        @Override
        public int read() throws IOException {
          byte[] one = new byte[1];
          return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
          if (clock.nanos() - startNanos > limit.toNanos()) {
            throw new SocketTimeoutException(
                "the server has not come to an end for " + limit.toSeconds() + " s");
          }
          if (left == 0) {
            throw new SocketException(
                "the server sent more than " + LIMIT_BYTES / BYTES_PER_KILOBYTE + " kB");
          }
          int count = super.read(target, offset, Math.min(length, left));
          left -= Math.max(count, 0);
          return count;
        }
      };
    }
  }
}
