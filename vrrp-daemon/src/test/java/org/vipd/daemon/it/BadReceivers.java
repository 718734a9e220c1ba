package org.vipd.daemon.it;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Receivers of notifications as bad as they get, on a host: a full pipe that nobody reads, a mail
 * server that says nothing, a web address that redirects for ever.
 */
final class BadReceivers implements AutoCloseable {

  /** Linux, pipe(7). */
  private static final int PIPE_BYTES = 65536;

  private static final int BACKLOG = 50;
  private static final int REDIRECTED = 302;

  private final Path pipe;
  private final RandomAccessFile stopper;
  private final ServerSocket mailServer;
  private final HttpServer webServer;
  private final List<String> askedPaths = new CopyOnWriteArrayList<>();

  private BadReceivers(
      Path pipe, RandomAccessFile stopper, ServerSocket mailServer, HttpServer webServer) {
    this.pipe = pipe;
    this.stopper = stopper;
    this.mailServer = mailServer;
    this.webServer = webServer;
    webServer.createContext(
        "/",
        exchange -> {
          askedPaths.add(exchange.getRequestURI().getPath());
          exchange.getRequestBody().readAllBytes();
          exchange.getResponseHeaders().add("Location", address("/" + askedPaths.size()));
          exchange.sendResponseHeaders(REDIRECTED, -1);
          exchange.close();
        });
    webServer.start();
  }

  static BadReceivers on(Host host) throws IOException {
    host.run("ip", "link", "set", "lo", "up");
    Path pipe = host.home().resolve("vip.fifo");
    host.run("mkfifo", "-m", "600", pipe.toString());
    // open for reading, too, but nobody reads
    RandomAccessFile stopper = new RandomAccessFile(pipe.toFile(), "rw");
    stopper.write(new byte[PIPE_BYTES]);
    InetAddress loopback = InetAddress.getLoopbackAddress();
    return new BadReceivers(
        pipe,
        stopper,
        // the kernel takes the connections, and nobody answers
        host.namespace().call(() -> new ServerSocket(0, BACKLOG, loopback)),
        host.namespace()
            .call(() -> HttpServer.create(new InetSocketAddress(loopback, 0), BACKLOG)));
  }

  /** Lines of {@code global_defs} that name them all. */
  String globals() {
    return " notify_fifo %s\n vrrp_notify_priority_changes on\n".formatted(pipe)
        + " notification_email {\n  ops@example.org\n }\n smtp_server 127.0.0.1 %d\n"
            .formatted(mailServer.getLocalPort())
        + " smtp_connect_timeout 1\n smtp_alert on\n webhook %s\n".formatted(address("/hook"));
  }

  private String address(String path) {
    return "http://127.0.0.1:" + webServer.getAddress().getPort() + path;
  }

  /** What was asked of the web server, in order. */
  List<String> askedPaths() {
    return askedPaths;
  }

  @Override
  public void close() throws IOException {
    webServer.stop(0);
    mailServer.close();
    stopper.close();
  }
}
