package org.vipd.daemon.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * A TCP connection between two hosts through a virtual address, whose far end repeats each byte. It
 * breaks when the address moves: the other host knows nothing of it and resets it.
 */
final class Conversation implements AutoCloseable {

  private final ServerSocket listener;
  private final Socket socket;
  private int said;

  /** Connects; the server listens on all addresses of its host. */
  Conversation(Host server, Host client, String address) {
    listener = server.namespace().call(() -> new ServerSocket(0, 1, InetAddress.getByName("::")));
    Thread echo = new Thread(this::repeat, "echo on " + address);
    echo.setDaemon(true);
    echo.start();
    socket = client.namespace().call(() -> connected(address));
  }

  private Socket connected(String address) throws IOException {
    Socket made = new Socket();
    int patienceMillis = (int) Await.GENEROUS.toMillis();
    made.connect(new InetSocketAddress(address, listener.getLocalPort()), patienceMillis);
    made.setSoTimeout(patienceMillis);
    made.setTcpNoDelay(true);
    return made;
  }

  private void repeat() {
    try (Socket accepted = listener.accept()) {
      accepted.setTcpNoDelay(true);
      for (int octet = read(accepted); octet >= 0; octet = read(accepted)) {
        accepted.getOutputStream().write(octet);
      }
    } catch (IOException e) {
      // the one who speaks meets it, too, and tells
    }
  }

  private static int read(Socket socket) throws IOException {
    return socket.getInputStream().read();
  }

  /** Says a byte and hears it again, or throws what the connection broke with. */
  void say() {
    try {
      said = (said + 1) % 128;
      socket.getOutputStream().write(said);
      int heard = read(socket);
      if (heard != said) {
        throw new AssertionError("said " + said + ", heard " + heard);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the connection did not survive", e);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
