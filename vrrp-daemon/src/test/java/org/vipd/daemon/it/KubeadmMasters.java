package org.vipd.daemon.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
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
  private static final String SCRIPT = "check_apiserver.sh";

  private final Lab lab;
  private final Path keyStore;
  private final LogDisk logDisk;
  private final VipdNode first;
  private final VipdNode second;
  private final HttpClient client;
  private Launched firstApiServer;

  /**
   * Builds and starts them all.
   *
   * @param name to recognise its namespaces by
   * @param change what is to be different from config B
   * @param hasLogDisk whether the first one's log is on a small disk, in the place of {@link
   *     VipdNode#log}
   */
  KubeadmMasters(String name, UnaryOperator<String> change, boolean hasLogDisk) throws Exception {
    NetworkNamespace.assumeAvailable();
    assumeTrue(Files.isDirectory(Path.of("/etc/keepalived")), "/etc/keepalived is not there");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/curl")), "curl is not installed");
    Distribution.makeArchive();
    lab = Lab.create(name);
    keyStore = makeKeyStore();
    Host one = master("cp1", "10.146.48.1/24");
    Host two = master("cp2", "10.146.48.2/24");
    firstApiServer = ApiServerStandIn.start(one, keyStore, PORT);
    ApiServerStandIn.start(two, keyStore, PORT);
    logDisk = new LogDisk(one);
    String text = change.apply(configuration("MASTER", 101));
    first = hasLogDisk ? logDisk.startVipd("keepalived.conf", text) : VipdNode.start(one, text);
    second = VipdNode.start(two, change.apply(configuration("BACKUP", 100)));
    first.awaitState("MASTER");
    second.awaitState("BACKUP");
    Host clientHost = lab.host("cpclient", "10.146.48.50/24");
    client =
        new HttpClient(clientHost, new InetSocketAddress(VIP, PORT), Optional.of(verifyingTls()));
    awaitHealthyFirst();
    client.awaitAnswerWith("stand-in on cp1");
    client.awaitAnswers();
  }

  /** The first run of the check may have been too slow: an API server that just started is. */
  private void awaitHealthyFirst() {
    Await.until(
        "the check of the first master is good, and it has the address",
        Await.GENEROUS,
        () -> firstCheck().get("state").getAsString().equals("good") && isHeldByFirst(),
        () -> first.status() + "\n" + first.log());
  }

  private boolean isHeldByFirst() {
    return first.state().equals("MASTER") && second.state().equals("BACKUP");
  }

  /** The check of the first master, as status shows it. */
  JsonObject firstCheck() {
    JsonObject instance = first.instance().orElseThrow();
    return instance.getAsJsonArray("checks").get(0).getAsJsonObject();
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
    firstApiServer = ApiServerStandIn.start(first.host(), keyStore, PORT);
  }

  /** Lets the API server of the first master answer late, or in time again. */
  void slowDown(boolean isSlow) throws IOException {
    Path file = first.host().home().resolve(ApiServerStandIn.SLOW);
    if (isSlow) {
      Files.createFile(file);
    } else {
      Files.delete(file);
    }
  }

  /** The small disk of the first master. */
  LogDisk logDisk() {
    return logDisk;
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
    host.isolateProcesses(
        LogDisk.mounting(host) + " && mount --bind " + host.home() + " /etc/keepalived");
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
}
