package org.vipd.daemon.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * A web server, perhaps over TLS, that answers as it is told, 200 without a text at first, and
 * remembers by which names it was asked.
 */
public final class WebServer implements AutoCloseable {

  private static final int OK = 200;

  private record Answer(int status, String text, long lateMillis) {}

  private final HttpServer server;
  private final BlockingQueue<List<String>> names = new LinkedBlockingQueue<>();
  private volatile Answer answer = new Answer(OK, "", 0);

  private WebServer(HttpServer server) {
    this.server = server;
    server.createContext("/", this::handle);
    server.setExecutor(
        Executors.newCachedThreadPool(
            work -> {
              Thread thread = new Thread(work, "web server under test");
              thread.setDaemon(true);
              return thread;
            }));
    server.start();
  }

  /** Starts one without TLS. */
  public static WebServer plain(InetSocketAddress address) throws IOException {
    return new WebServer(HttpServer.create(address, 0));
  }

  /**
   * Starts one with TLS.
   *
   * @param client whose certificate it wants; empty for nobody's
   */
  public static WebServer secure(
      InetSocketAddress address, TlsIdentity identity, Optional<TlsIdentity> client)
      throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(identity.keys(), client.isEmpty() ? null : client.get().trust(), null);
    HttpsServer server = HttpsServer.create(address, 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(context) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters wanted = context.getDefaultSSLParameters();
            wanted.setNeedClientAuth(client.isPresent());
            parameters.setSSLParameters(wanted);
          }
        });
    return new WebServer(server);
  }

  /** Starts one with TLS on a free port of the loopback interface. */
  public static WebServer secure(TlsIdentity identity, Optional<TlsIdentity> client)
      throws IOException, GeneralSecurityException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return secure(address, identity, client);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (exchange instanceof HttpsExchange secure) {
        ExtendedSSLSession session = (ExtendedSSLSession) secure.getSSLSession();
        names.add(session.getRequestedServerNames().stream().map(WebServer::text).toList());
      }
      Answer given = answer;
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(given.lateMillis()));
      byte[] body = given.text().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(given.status(), body.length == 0 ? -1 : body.length);
      if (body.length > 0) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  private static String text(SNIServerName name) {
    return new String(name.getEncoded(), StandardCharsets.US_ASCII);
  }

  /** What it answers from now on. */
  public void answer(int status, String text) {
    answer = new Answer(status, text, 0);
  }

  /** Answers 200 from now on, but late. */
  public void answerLate(long millis, String text) {
    answer = new Answer(OK, text, millis);
  }

  /** The names of the oldest question that was not looked at yet. */
  public List<String> asked() {
    return names.remove();
  }

  /** Where it is asked. */
  public String url(String host) {
    String scheme = server instanceof HttpsServer ? "https" : "http";
    return scheme + "://" + host + ":" + server.getAddress().getPort() + "/";
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
