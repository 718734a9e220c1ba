package org.vipd.daemon.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.vipd.netlink.testkit.NetworkNamespace;

/** Two kubeadm masters with config B and a client; the first has the address. */
final class KubeadmMasters implements AutoCloseable {

  private static final String VIP = "10.146.48.90";
  private static final int PORT = 6443;
  private static final String SLOW = "slow";
  private static final String SCRIPT = "check_apiserver.sh";

  private final Lab lab;
  private final Path keyStore;
  private final VipdNode first;
  private final VipdNode second;
  private final HttpClient client;
  private Launched firstApiServer;

  /**
   * Builds and starts them all.
   *
   * @param name to recognise its namespaces by
   * @param change what is to be different from config B
   */
  KubeadmMasters(String name, UnaryOperator<String> change) throws Exception {
    NetworkNamespace.assumeAvailable();
    assumeTrue(Files.isDirectory(Path.of("/etc/keepalived")), "/etc/keepalived is not there");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/curl")), "curl is not installed");
    Distribution.makeArchive();
    lab = Lab.create(name);
    keyStore = makeKeyStore();
    Host one = master("cp1", "10.146.48.1/24");
    Host two = master("cp2", "10.146.48.2/24");
    firstApiServer = startApiServer(one);
    startApiServer(two);
    first = VipdNode.start(one, change.apply(configuration("MASTER", 101)));
    second = VipdNode.start(two, change.apply(configuration("BACKUP", 100)));
    first.awaitState("MASTER");
    second.awaitState("BACKUP");
    Host clientHost = lab.host("cpclient", "10.146.48.50/24");
    client =
        new HttpClient(clientHost, new InetSocketAddress(VIP, PORT), Optional.of(verifyingTls()));
    client.awaitAnswers();
  }

  VipdNode first() {
    return first;
  }

  VipdNode second() {
    return second;
  }

  HttpClient client() {
    return client;
  }

  /** The API server of the first master. */
  Launched firstApiServer() {
    return firstApiServer;
  }

  /** Starts the API server of the first master again. */
  void restartFirstApiServer() {
    firstApiServer = startApiServer(first.host());
  }

  /** Lets the API server of the first master answer late, or in time again. */
  void slowDown(boolean isSlow) throws IOException {
    Path file = first.host().home().resolve(SLOW);
    if (isSlow) {
      Files.createFile(file);
    } else {
      Files.delete(file);
    }
  }

  /** The check script of the first master. */
  Path script() {
    return first.host().home().resolve(SCRIPT);
  }

  @Override
  public void close() {
    client.close();
    lab.close();
  }

  private Host master(String name, String address) {
    Host host = lab.host(name, address);
    host.script(SCRIPT, ControlPlaneTexts.checkScript().replace("@VIP@", VIP));
    host.isolateProcesses("mount --bind " + host.home() + " /etc/keepalived");
    return host;
  }

  private static String configuration(String state, int priority) {
    return ControlPlaneTexts.configurationB()
        .replace("<state>", state)
        .replace("<interface>", Lab.INTERFACE)
        .replace("<priority>", Integer.toString(priority))
        .replace("<virtual ip>", VIP);
  }

  /** A certificate whose only name is the virtual address. */
  private Path makeKeyStore() {
    Path file = lab.directory().resolve("keys.p12");
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    Shell.run(
        keytool,
        "-genkeypair",
        "-keystore",
        file.toString(),
        "-storepass",
        ApiServerStandIn.PASSWORD,
        "-keyalg",
        "EC",
        "-dname",
        "CN=stand-in",
        "-ext",
        "SAN=IP:" + VIP);
    return file;
  }

  /** The client accepts this certificate only, and only under the virtual address. */
  private SocketFactory verifyingTls() throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream stream = Files.newInputStream(keyStore)) {
      keys.load(stream, ApiServerStandIn.PASSWORD.toCharArray());
    }
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("stand-in", keys.getCertificate("mykey"));
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context.getSocketFactory();
  }

  private Launched startApiServer(Host host) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Path classes = Distribution.target().resolve("test-classes");
    List<String> command =
        List.of(
            java,
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx32m",
            "-cp",
            classes.toString(),
            ApiServerStandIn.class.getName(),
            keyStore.toString(),
            Integer.toString(PORT),
            host.home().getFileName().toString(),
            host.home().resolve(SLOW).toString());
    Launched process = host.start("api", command, Map.of());
    process.awaitOutput("serving");
    return process;
  }
}
