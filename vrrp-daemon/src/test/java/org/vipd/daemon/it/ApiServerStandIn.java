package org.vipd.daemon.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A stand-in for a Kubernetes API server: HTTPS that answers every path with 200 and its own name.
 * A program of its own, so that it can be killed.
 */
public final class ApiServerStandIn {

  /** Of the key store; protects nothing. */
  static final String PASSWORD = "changeit";

  /** Together longer than anybody waits. */
  private static final int LATE_STEPS = 100;

  private static final long LATE_STEP_MILLIS = 100;

  private ApiServerStandIn() {}

  /**
   * Serves until it is killed; arguments: key store, port, name to answer with, and a file: as long
   * as it exists, answers come late.
   */
  public static void main(String[] arguments) throws IOException, GeneralSecurityException {
    Path slowness = Path.of(arguments[3]);
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(Integer.parseInt(arguments[1])), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context(Path.of(arguments[0]))));
    byte[] body = ("stand-in on " + arguments[2] + "\n").getBytes(StandardCharsets.UTF_8);
    server.createContext("/", exchange -> answer(exchange, body, slowness));
    server.setExecutor(Executors.newCachedThreadPool());
    server.start();
    System.out.println("serving");
  }

  private static void answer(HttpExchange exchange, byte[] body, Path slowness) throws IOException {
    try (exchange) {
      for (int i = 0; i < LATE_STEPS && Files.exists(slowness); i++) {
        Await.pause(LATE_STEP_MILLIS);
      }
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static SSLContext context(Path keyStore) throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream stream = Files.newInputStream(keyStore)) {
      keys.load(stream, PASSWORD.toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }
}
