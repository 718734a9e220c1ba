package org.vipd.daemon.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.vipd.netlink.testkit.NetworkNamespace;

/**
 * Two kubeadm masters with config B. The check runs every 3 s and must fail 10 times, so the move
 * takes half a minute: that is the configuration as people have it.
 */
@Execution(ExecutionMode.CONCURRENT)
class ControlPlaneBIT {

  private static final String VIP = "10.146.48.90";
  private static final int PORT = 6443;
  private static final Duration FALL = Duration.ofMinutes(2);

  private final Outages outages = new Outages("config B");
  private Lab lab;
  private Path keyStore;
  private VipdNode first;
  private VipdNode second;
  private Launched firstApiServer;
  private HttpClient client;

  @BeforeEach
  void buildControlPlane() throws Exception {
    NetworkNamespace.assumeAvailable();
    assumeTrue(Files.isDirectory(Path.of("/etc/keepalived")), "/etc/keepalived is not there");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/curl")), "curl is not installed");
    Distribution.makeArchive();
    lab = Lab.create("cpb");
    keyStore = makeKeyStore();
    Host one = master("cp1", "10.146.48.1/24");
    Host two = master("cp2", "10.146.48.2/24");
    firstApiServer = startApiServer(one);
    startApiServer(two);
    first = VipdNode.start(one, configuration("MASTER", 101));
    second = VipdNode.start(two, configuration("BACKUP", 100));
    first.awaitState("MASTER");
    second.awaitState("BACKUP");
    Host clientHost = lab.host("cpclient", "10.146.48.50/24");
    client =
        new HttpClient(clientHost, new InetSocketAddress(VIP, PORT), Optional.of(verifyingTls()));
    client.awaitAnswers();
  }

  @AfterEach
  void tearDown() {
    if (client != null) {
      client.close();
    }
    if (lab != null) {
      lab.close();
    }
  }

  private Host master(String name, String address) {
    Host host = lab.host(name, address);
    host.script("check_apiserver.sh", ControlPlaneTexts.checkScript().replace("@VIP@", VIP));
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
            host.home().getFileName().toString());
    Launched process = host.start("api", command, Map.of());
    process.awaitOutput("serving");
    return process;
  }

  @Test
  void movesTheAddressWhenTheApiServerDiesAndBackWhenItReturns() {
    long start = System.nanoTime();
    firstApiServer.kill();
    Await.until(
        "the second master takes over",
        FALL,
        () -> second.state().equals("MASTER"),
        () -> first.log() + second.log());
    client.awaitAnswerWith("stand-in on cp2");
    client.awaitAnswers();
    outages.report(
        "API server killed on the holder (fall 10 x 3 s)", client.longestGapSince(start));
    first.awaitState("BACKUP");
    assertThat(arithmetic(first)).isEqualTo("99 = 101 - 2 check_apiserver");
    assertThat(first.log()).contains("check_apiserver is now bad", "no answer from https://");
    long restored = System.nanoTime();
    startApiServer(first.host());
    Await.until("the first master is back", FALL, () -> first.state().equals("MASTER"), first::log);
    client.awaitAnswerWith("stand-in on cp1");
    client.awaitAnswers();
    outages.report("API server back (rise 2 x 3 s)", client.longestGapSince(restored));
    second.awaitState("BACKUP");
    assertThat(arithmetic(first)).startsWith("101");
    assertThat(Counters.rejects(first)).isEmpty();
    assertThat(Counters.rejects(second)).isEmpty();
  }

  @Test
  void keepsTheAddressWhileEachMasterIsLost() {
    for (String signal : List.of("KILL", "TERM")) {
      lose(first, signal, "the holder");
      second.awaitState("MASTER");
      client.awaitAnswerWith("stand-in on cp2");
      first.restart();
      first.awaitState("MASTER");
      client.awaitAnswerWith("stand-in on cp1");
      second.awaitState("BACKUP");
      lose(second, signal, "the backup");
      second.restart();
      second.awaitState("BACKUP");
      assertThat(first.state()).isEqualTo("MASTER");
    }
    assertThat(Counters.rejects(first)).isEmpty();
    assertThat(Counters.rejects(second)).isEmpty();
  }

  private void lose(VipdNode victim, String signal, String role) {
    final long start = System.nanoTime();
    if (signal.equals("KILL")) {
      victim.process().kill();
      victim.process().awaitExit();
    } else {
      assertThat(victim.stop()).isZero();
    }
    VipdNode other = victim.equals(first) ? second : first;
    other.awaitState("MASTER");
    client.awaitAnswers();
    outages.report("SIG" + signal + " " + role, client.longestGapSince(start));
  }

  private static String arithmetic(VipdNode node) {
    return node.instance().orElseThrow().get("priorityArithmetic").getAsString();
  }
}
