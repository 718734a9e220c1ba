package org.vipd.daemon.check;

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
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.vipd.daemon.testkit.TlsIdentity;

/** A web server over TLS that remembers by which names it was asked. */
final class TlsServer implements AutoCloseable {

  private final HttpsServer server;
  private final BlockingQueue<List<String>> names = new LinkedBlockingQueue<>();

  /**
   * Starts it.
   *
   * @param client whose certificate it wants; empty for nobody's
   */
  TlsServer(TlsIdentity identity, Optional<TlsIdentity> client)
      throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(identity.keys(), client.isEmpty() ? null : client.get().trust(), null);
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(context) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters wanted = context.getDefaultSSLParameters();
            wanted.setNeedClientAuth(client.isPresent());
            parameters.setSSLParameters(wanted);
          }
        });
    server.createContext(
        "/",
        exchange -> {
          ExtendedSSLSession session =
              (ExtendedSSLSession) ((HttpsExchange) exchange).getSSLSession();
          names.add(session.getRequestedServerNames().stream().map(TlsServer::text).toList());
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
  }

  private static String text(SNIServerName name) {
    return new String(name.getEncoded(), StandardCharsets.US_ASCII);
  }

  /** The names of the oldest question that was not looked at yet. */
  List<String> asked() {
    return names.remove();
  }

  String url(String host) {
    return "https://" + host + ":" + server.getAddress().getPort() + "/";
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
