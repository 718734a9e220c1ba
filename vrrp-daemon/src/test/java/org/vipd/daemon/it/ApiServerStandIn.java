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
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A stand-in for a Kubernetes API server: HTTPS that answers every path with 200 and its own name,
 * or with 500 while it is told that it is not ready. A program of its own, so that it can be
 * killed.
 */
public final class ApiServerStandIn {

  /** Of the key store; protects nothing. */
  static final String PASSWORD = "changeit";

  /** As long as a file of this name is in the host's home, answers come late. */
  static final String SLOW = "slow";

  /** As long as a file of this name is in the host's home, answers say that it is not ready. */
  static final String UNREADY = "unready";

  private static final byte[] FAILURE =
      "[-]etcd failed: reason withheld\n".getBytes(StandardCharsets.UTF_8);

  /** Together longer than anybody waits. */
  private static final int LATE_STEPS = 100;

  private static final long LATE_STEP_MILLIS = 100;

  private ApiServerStandIn() {}

  /** Starts one on a host and waits until it serves. */
  static Launched start(Host host, Path keyStore, int port) {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx32m",
            "-cp",
            Distribution.target().resolve("test-classes").toString(),
            ApiServerStandIn.class.getName(),
            keyStore.toString(),
            Integer.toString(port),
            host.home().getFileName().toString(),
            host.home().toString());
    Launched process = host.start("api", command, Map.of());
    process.awaitOutput("serving");
    return process;
  }

  /**
   * Serves until it is killed; arguments: key store, port, name to answer with, and the host's
   * home.
   */
  public static void main(String[] arguments) throws IOException, GeneralSecurityException {
    Path home = Path.of(arguments[3]);
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(Integer.parseInt(arguments[1])), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context(Path.of(arguments[0]))));
    byte[] body = ("stand-in on " + arguments[2] + "\n").getBytes(StandardCharsets.UTF_8);
    server.createContext("/", exchange -> answer(exchange, body, home));
    server.setExecutor(Executors.newCachedThreadPool());
    server.start();
    System.out.println("serving");
  }

  private static void answer(HttpExchange exchange, byte[] good, Path home) throws IOException {
    try (exchange) {
      Path slowness = home.resolve(SLOW);
      for (int i = 0; i < LATE_STEPS && Files.exists(slowness); i++) {
        Await.pause(LATE_STEP_MILLIS);
      }
      boolean isReady = !Files.exists(home.resolve(UNREADY));
      byte[] body = isReady ? good : FAILURE;
      exchange.sendResponseHeaders(isReady ? 200 : 500, body.length);
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
