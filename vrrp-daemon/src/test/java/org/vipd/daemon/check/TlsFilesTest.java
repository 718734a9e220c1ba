package org.vipd.daemon.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vipd.daemon.config.probe.Probe;
import org.vipd.daemon.testkit.FakeClock;

/** Files of TLS that change while the daemon runs count from the next question on. */
class TlsFilesTest {

  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir private Path folder;

  private void keytool(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(words));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }

  /** A key store and the certificate in it, as PEM. */
  private void identity(String name) throws IOException, InterruptedException {
    String store = folder.resolve(name + ".p12").toString();
    keytool(
        "-genkeypair -alias a -keyalg EC -dname CN=test -ext san=ip:127.0.0.1 -validity 2"
            .concat(" -storetype PKCS12 -storepass changeit -keystore " + store)
            .split(" ", -1));
    keytool(
        ("-exportcert -rfc -alias a -storepass changeit -keystore " + store + " -file ")
            .concat(folder.resolve(name + ".pem").toString())
            .split(" ", -1));
  }

  private HttpsServer server(String name) throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream stream = Files.newInputStream(folder.resolve(name + ".p12"))) {
      keys.load(stream, PASSWORD);
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    return server;
  }

  private void trust(String name) throws IOException {
    Files.copy(
        folder.resolve(name + ".pem"),
        folder.resolve("ca.pem"),
        StandardCopyOption.REPLACE_EXISTING);
  }

  @Test
  void authoritiesAreReadForEachQuestion() throws Exception {
    identity("ours");
    identity("other");
    HttpsServer server = server("ours");
    try {
      Probe.Tls tls =
          new Probe.Tls(
              true,
              Optional.of(folder.resolve("ca.pem").toString()),
              Optional.empty(),
              Optional.empty(),
              Duration.ZERO);
      String url = "https://127.0.0.1:" + server.getAddress().getPort() + "/";
      Prober prober =
          new Probers(folder, InstantSource.system(), new FakeClock())
              .of(new Probe.Http(url, List.of(), Optional.empty(), tls));
      Duration timeout = Duration.ofSeconds(20);
      trust("other");
      assertThatThrownBy(() -> prober.probe(timeout)).isInstanceOf(IOException.class);
      trust("ours");
      assertThat(prober.probe(timeout)).contains("200");
      Files.delete(folder.resolve("ca.pem"));
      assertThatThrownBy(() -> prober.probe(timeout))
          .isInstanceOf(IOException.class)
          .hasMessageEndingWith("ca.pem cannot be read: no such file or directory");
      Files.createDirectory(folder.resolve("ca.pem"));
      assertThatThrownBy(() -> prober.probe(timeout))
          .isInstanceOf(IOException.class)
          .hasMessageEndingWith("ca.pem is no regular file");
    } finally {
      server.stop(0);
    }
  }
}
