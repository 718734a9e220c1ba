package org.vipd.daemon.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A mail server that speaks TLS at some point, and may go silent there. */
public final class SecureMailServer implements AutoCloseable {

  private static final int BACKLOG = 10;
  private static final int DRIP_MILLIS = 20;
  private static final byte HANDSHAKE = 22;

  /** How it goes about TLS. */
  public enum Manner {
    /** Offers STARTTLS. */
    OFFERS,
    /** Offers none. */
    PLAIN,
    /** Says that STARTTLS may begin, and then nothing. */
    HANGS_AFTER_STARTTLS,
    /** Answers STARTTLS with a byte of a handshake now and then, for ever. */
    DRIPS_AFTER_STARTTLS,
    /** TLS from the first byte. */
    TLS,
    /** Takes the first words of a handshake and says nothing. */
    TLS_HANGS
  }

  private final Manner manner;
  private final SSLContext context;
  private final ServerSocket server;
  private final List<String> plain = new CopyOnWriteArrayList<>();
  private final List<String> secured = new CopyOnWriteArrayList<>();

  /** Starts one on the loopback interface. */
  public SecureMailServer(Manner manner, TlsIdentity identity)
      throws IOException, GeneralSecurityException {
    this(manner, identity, new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()));
  }

  /** Starts one on a socket that listens already, which it closes at its end. */
  public SecureMailServer(Manner manner, TlsIdentity identity, ServerSocket server)
      throws IOException, GeneralSecurityException {
    this.manner = manner;
    context = SSLContext.getInstance("TLS");
    context.init(identity.keys(), null, null);
    this.server = server;
    Thread thread = new Thread(this::serve, "secure mail server under test");
    thread.setDaemon(true);
    thread.start();
  }

  /** Where it listens. */
  public int port() {
    return server.getLocalPort();
  }

  /** Lines that anybody on the way could read. */
  public List<String> plain() {
    return plain;
  }

  /** Lines that came through TLS. */
  public List<String> secured() {
    return secured;
  }

  private void serve() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        switch (manner) {
          case TLS -> talk(wrapped(socket), secured, "220 test\r\n");
          case TLS_HANGS -> hang(socket);
          default -> talk(socket, plain, "220 test\r\n");
        }
      } catch (IOException e) {
        // whoever asked has given up, or does not trust this server
      }
    }
  }

  private Socket wrapped(Socket socket) throws IOException {
    SSLSocket wrapped =
        (SSLSocket) context.getSocketFactory().createSocket(socket, "client", 0, true);
    wrapped.setUseClientMode(false);
    return wrapped;
  }

  /** Until the other side gives up. */
  private static void hang(Socket socket) throws IOException {
    while (socket.getInputStream().read() >= 0) {
      // it may say what it likes
    }
  }

  private static void drip(Socket socket) throws IOException {
    OutputStream out = socket.getOutputStream();
    // a record of 16 kB that never comes to its end
    out.write(new byte[] {HANDSHAKE, 3, 3, 0x40, 0});
    socket.setSoTimeout(DRIP_MILLIS);
    while (true) {
      out.write(2);
      try {
        socket.getInputStream().read();
      } catch (SocketTimeoutException e) {
        // it waits for the rest
      }
    }
  }

  private void talk(Socket socket, List<String> heard, String greeting) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    say(socket, greeting);
    boolean inData = false;
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      heard.add(line);
      if (line.equals("STARTTLS") && manner != Manner.PLAIN) {
        say(socket, "220 go on\r\n");
        goOnSecured(socket);
        return;
      }
      inData = inData ? !line.equals(".") : line.equals("DATA");
      say(socket, inData ? (line.equals("DATA") ? "354 go on\r\n" : "") : answer(line, heard));
    }
  }

  private String answer(String line, List<String> heard) {
    boolean offers = line.startsWith("EHLO") && manner != Manner.PLAIN && heard == plain;
    return offers ? "250-here\r\n250 STARTTLS\r\n" : "250 ok\r\n";
  }

  private void goOnSecured(Socket socket) throws IOException {
    switch (manner) {
      case HANGS_AFTER_STARTTLS -> hang(socket);
      case DRIPS_AFTER_STARTTLS -> drip(socket);
      default -> talk(wrapped(socket), secured, "");
    }
  }

  private static void say(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
