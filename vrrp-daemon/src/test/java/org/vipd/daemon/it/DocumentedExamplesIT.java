package org.vipd.daemon.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.vipd.daemon.testkit.Packets;
import org.vipd.daemon.testkit.SecureMailServer;
import org.vipd.daemon.testkit.TlsIdentity;
import org.vipd.daemon.testkit.WebServer;
import org.vipd.protocol.wire.NoAuthentication;

/**
 * The examples in docs/health-checks.md, docs/built-in-checks.md and docs/notifications.md, run as
 * they stand by a daemon that finds there what they name.
 */
@Execution(ExecutionMode.CONCURRENT)
class DocumentedExamplesIT extends LabTest {

  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");
  private static final int SMTP = 25;
  private static final int BACKLOG = 10;

  /** Files of its own below /etc and /run. */
  private static final String MOUNTS =
      "cp -a /etc @HOME@/etc && mkdir @HOME@/etc/vip && mount --bind @HOME@/etc /etc"
          + " && mkdir @HOME@/var && mount --bind @HOME@/var /run && ip link set lo up";

  private static final Pattern CHECK = Pattern.compile("(?m)^  (\\w+):");

  private static List<String> examples(String page) throws IOException {
    return blocks(page, "").filter(it -> it.contains("{\n")).toList();
  }

  private static Stream<String> blocks(String page, String language) throws IOException {
    String text = Files.readString(Distribution.root().resolve("docs").resolve(page));
    return BLOCK
        .matcher(text)
        .results()
        .filter(it -> it.group(1).equals(language))
        .map(it -> it.group(2));
  }

  private Host prepared(String address) {
    Host host = lab().host("one", address);
    host.isolateProcesses(MOUNTS.replace("@HOME@", host.home().toString()));
    return host;
  }

  private static void awaitPriority(VipdNode vipd, int wanted) {
    Await.until(
        "MASTER with priority " + wanted,
        Await.GENEROUS,
        () ->
            vipd.state().equals("MASTER")
                && vipd.instance().orElseThrow().get("effectivePriority").getAsInt() == wanted,
        () -> vipd.status() + "\n" + vipd.log());
  }

  private static Launched haproxy(Host host) {
    return host.start(
        "haproxy", List.of(host.home().resolve("haproxy").toString(), "600"), Map.of());
  }

  /** Signals the daemon and not the shell around it; it must end well. */
  private static void stop(VipdNode vipd) {
    assertThat(vipd.stop()).as(vipd.log()).isZero();
  }

  @Test
  void eachKindOfHealthDecidesAsItsExampleSays() throws IOException {
    List<String> examples = examples("health-checks.md");
    assertThat(examples).hasSize(8);
    Host host = prepared("192.0.2.2/24");
    host.run("ip", "link", "add", "eth1", "type", "veth", "peer", "name", "far1");
    host.run("ip", "link", "set", "far1", "up");
    host.run("ip", "link", "set", "eth1", "up");
    host.run("ip", "address", "add", "198.51.100.2/24", "dev", "eth1");
    host.run("cp", "/bin/sleep", host.home().resolve("haproxy").toString());
    scripts(VipdNode.start(host, examples.get(0)));
    interfaces(VipdNode.start(host, examples.get(1)));
    files(VipdNode.start(host, examples.get(2)));
    processes(VipdNode.start(host, examples.get(3)));
    source(VipdNode.start(host, examples.get(4)));
    VipdNode sessions = VipdNode.start(host, examples.get(5));
    awaitPriority(sessions, 70);
    stop(sessions);
    groups(VipdNode.start(host, examples.get(6)));
    staying(VipdNode.start(host, examples.get(7)));
  }

  private static void scripts(VipdNode vipd) {
    vipd.awaitState("FAULT");
    Launched running = haproxy(vipd.host());
    awaitPriority(vipd, 100);
    running.kill();
    vipd.awaitState("FAULT");
    stop(vipd);
  }

  private static void interfaces(VipdNode vipd) {
    awaitPriority(vipd, 100);
    vipd.host().run("ip", "link", "set", "far1", "down");
    awaitPriority(vipd, 80);
    vipd.host().run("ip", "link", "set", "far1", "up");
    awaitPriority(vipd, 100);
    stop(vipd);
  }

  private static void files(VipdNode vipd) {
    awaitPriority(vipd, 100);
    vipd.host().file("var/load-hint", "30\n");
    awaitPriority(vipd, 70);
    stop(vipd);
  }

  private static void processes(VipdNode vipd) {
    awaitPriority(vipd, 70);
    Launched running = haproxy(vipd.host());
    awaitPriority(vipd, 100);
    running.kill();
    awaitPriority(vipd, 70);
    stop(vipd);
  }

  private static void source(VipdNode vipd) {
    awaitPriority(vipd, 100);
    vipd.host().run("ip", "address", "delete", "192.0.2.2/24", "dev", "eth0");
    vipd.awaitState("FAULT");
    assertThat(vipd.instance().orElseThrow().get("reason").getAsString())
        .contains("waiting for source address 192.0.2.2, which no interface has");
    vipd.host().addAddress("192.0.2.2/24");
    awaitPriority(vipd, 100);
    stop(vipd);
  }

  private static void staying(VipdNode vipd) throws IOException {
    awaitPriority(vipd, 1);
    vipd.host().file("var/healthy", "");
    awaitPriority(vipd, 100);
    Files.delete(vipd.host().home().resolve("var/healthy"));
    awaitPriority(vipd, 1);
    stop(vipd);
  }

  private static void groups(VipdNode vipd) {
    awaitStates(vipd, "MASTER");
    vipd.host().run("ip", "link", "set", "far1", "down");
    awaitStates(vipd, "FAULT");
    stop(vipd);
  }

  private static void awaitStates(VipdNode vipd, String wanted) {
    Await.until(
        "both are " + wanted,
        Await.GENEROUS,
        () -> states(vipd).equals(List.of(wanted, wanted)),
        vipd::log);
  }

  private static List<String> states(VipdNode vipd) {
    return vipd.status().stream()
        .flatMap(it -> StreamSupport.stream(it.getAsJsonArray("instances").spliterator(), false))
        .map(JsonElement::getAsJsonObject)
        .map(it -> it.get("state").getAsString())
        .toList();
  }

  private final Map<Integer, WebServer> servers = new HashMap<>();

  @AfterEach
  void closeServers() {
    servers.values().forEach(WebServer::close);
  }

  private WebServer open(Host host, int port, Optional<TlsIdentity> identity) {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    WebServer server =
        host.namespace()
            .call(
                () ->
                    identity.isPresent()
                        ? WebServer.secure(address, identity.get(), Optional.empty())
                        : WebServer.plain(address));
    servers.put(port, server);
    return server;
  }

  @Test
  void apiServerAndBalancerDecideAsTheirExampleSaysInBothLanguages() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/sbin/haproxy")), "haproxy is not installed");
    List<String> yaml = blocks("built-in-checks.md", "yaml").toList();
    List<String> keepalived = examples("built-in-checks.md");
    assertThat(yaml).hasSize(2);
    assertThat(keepalived).hasSize(1);
    Host host = prepared("10.0.0.2/24");
    TlsIdentity api = TlsIdentity.make(host.home(), "api", "dns:kubernetes");
    Path trusted = Files.createDirectories(host.home().resolve("etc/kubernetes/pki"));
    Files.copy(api.certificate(), trusted.resolve("ca.crt"));
    Files.createDirectory(host.home().resolve("var/haproxy"));
    String balancer = ControlPlaneTexts.balancer("/run/haproxy/admin.sock", "127.0.0.1");
    String file = host.file("haproxy.cfg", balancer).toString();
    host.start("balancer", List.of("haproxy", "-db", "-f", file), Map.of());
    open(host, 7001, Optional.empty());
    open(host, 7002, Optional.empty());
    Launched server = ApiServerStandIn.start(host, api.store(), 6443);
    server = balances(VipdNode.start(host, "vipd.yaml", yaml.get(0)), server, api);
    balances(VipdNode.start(host, keepalived.get(0)), server, api);
  }

  /** Breaks and mends both; answers the API server that runs then. */
  private Launched balances(VipdNode vipd, Launched server, TlsIdentity api) throws IOException {
    awaitPriority(vipd, 100);
    servers.remove(7001).close();
    awaitPriority(vipd, 80);
    open(vipd.host(), 7001, Optional.empty());
    awaitPriority(vipd, 100);
    server.kill();
    vipd.awaitState("FAULT");
    assertThat(vipd.instance().orElseThrow().get("reason").getAsString())
        .contains("check api fails");
    Launched next = ApiServerStandIn.start(vipd.host(), api.store(), 6443);
    awaitPriority(vipd, 100);
    stop(vipd);
    return next;
  }

  @Test
  void eachKindIsBadWithoutAndGoodWithWhatItsExampleNames() throws Exception {
    String example = blocks("built-in-checks.md", "yaml").toList().get(1);
    List<String> names = CHECK.matcher(example).results().map(it -> it.group(1)).toList();
    assertThat(names).hasSize(9);
    Host host = prepared("10.0.0.5/24");
    TlsIdentity authority = TlsIdentity.authority(host.home(), "authority");
    String vip =
        "vips:\n  VI_9: {interface: eth0, vrid: 9, addresses: [10.0.0.109/24], checks: [%s]}\n"
            .formatted(String.join(", ", names));
    VipdNode vipd = VipdNode.startWith(authority.trustedByJava(), host, "vipd.yaml", example + vip);
    awaitResults(vipd, "bad", names.size());
    assertThat(vipd.state()).isEqualTo("FAULT");
    open(host, 6443, Optional.empty());
    open(host, 8080, Optional.empty());
    open(host, 8443, Optional.of(authority.issue("picky", "ip:127.0.0.1", "-validity 9")))
        .answer(200, "ready");
    open(host, 2379, Optional.empty()).answer(200, "{\"health\":\"true\"}");
    host.run("cp", "/bin/sleep", host.home().resolve("haproxy").toString());
    haproxy(host);
    host.run("ip", "link", "add", "eth1", "type", "veth", "peer", "name", "far1");
    host.run("ip", "link", "set", "far1", "up");
    host.run("ip", "link", "set", "eth1", "up");
    lab().host("two", "10.0.0.1/24");
    host.run("ip", "route", "add", "default", "via", "10.0.0.1");
    awaitResults(vipd, "good", names.size());
    awaitPriority(vipd, 100);
    stop(vipd);
  }

  private static void awaitResults(VipdNode vipd, String state, int count) {
    Await.until(
        "all checks are " + state,
        Await.GENEROUS,
        () -> {
          if (state.equals("good")) {
            // it must not be older than 30 s
            vipd.host().file("var/ok", "serving\n");
          }
          return states(vipd, state) == count;
        },
        () -> vipd.status() + "\n" + vipd.log());
  }

  private static long states(VipdNode vipd, String state) {
    return vipd.instance().stream()
        .flatMap(it -> StreamSupport.stream(it.getAsJsonArray("checks").spliterator(), false))
        .filter(it -> it.getAsJsonObject().get("state").getAsString().equals(state))
        .count();
  }

  @Test
  void everyReceiverOfTheExamplesIsToldWhatItsExampleSays() throws Exception {
    List<String> examples = examples("notifications.md");
    assertThat(examples).hasSize(4);
    String all = String.join("\n", examples);
    Host host = prepared("10.0.0.2/24");
    for (String name :
        List.of("master", "backup", "fault", "stop", "deleted", "rival", "drain", "any")) {
      host.script("etc/vip/" + name + ".sh", "#!/bin/sh\necho \"${0##*/} $*\" >> /etc/vip/told\n");
    }
    host.script("etc/vip/reader.sh", "#!/bin/sh\nexec cat \"$2\" >> /etc/vip/lines\n");
    try (SecureMailServer mail = mailServer(host)) {
      VipdNode vipd = VipdNode.start(host, all);
      vipd.awaitState("MASTER");
      rival(vipd);
      lab().connect("one", false);
      awaitTold(vipd, "fault.sh ");
      lab().connect("one", true);
      vipd.awaitState("MASTER");
      awaitText(vipd, () -> host.read("etc/vip/lines"), "INSTANCE \"VI_1\" FAULT 100");
      awaitText(vipd, () -> mail.plain().toString(), "Subject: [lb1] VI_1 is now FAULT");
      assertThat(mail.plain()).contains("EHLO lb1.example.org", "RCPT TO:<ops@example.org>");
      awaitText(vipd, () -> vipd.ask("status"), "webhook https://alerts.example.org about VI_1");
      assertThat(vipd.ask("status") + vipd.log()).doesNotContain("secret");
      vipd.reload(
          all.replace("VI_1", "VI_2")
              .replace("virtual_router_id 51", "virtual_router_id 52")
              .replace("10.0.0.100", "10.0.0.101"));
      awaitTold(vipd, "deleted.sh ");
      awaitTold(vipd, "any.sh --log INSTANCE VI_2 MASTER 100");
      stop(vipd);
      assertThat(host.read("etc/vip/told").lines())
          .startsWith(
              "backup.sh ",
              "any.sh --log INSTANCE VI_1 BACKUP 100",
              "master.sh --quiet",
              "any.sh --log INSTANCE VI_1 MASTER 100")
          .endsWith("drain.sh ", "stop.sh ", "any.sh --log INSTANCE VI_2 STOP 100");
    }
  }

  /** Where the example's server is. */
  private static SecureMailServer mailServer(Host host) throws Exception {
    TlsIdentity unused = TlsIdentity.make(host.home(), "unused", "ip:127.0.0.1");
    ServerSocket socket =
        host.namespace()
            .call(() -> new ServerSocket(SMTP, BACKLOG, InetAddress.getLoopbackAddress()));
    return new SecureMailServer(SecureMailServer.Manner.PLAIN, unused, socket);
  }

  /** A router with less priority that thinks it is MASTER, until somebody is told of it. */
  private void rival(VipdNode vipd) {
    try (RawSender sender = RawSender.open(lab().host("two", "10.0.0.3/24"), "10.0.0.3")) {
      byte[] packet = Packets.version2(50, "10.0.0.3", NoAuthentication.INSTANCE);
      ByteBuffer message = ByteBuffer.allocateDirect(packet.length).put(packet).flip();
      Await.until(
          "the rival is told of",
          Await.GENEROUS,
          () -> {
            sender.send(message);
            Await.pause(500);
            return vipd.host().read("etc/vip/told").contains("rival.sh \n");
          },
          vipd::log);
    }
  }

  private static void awaitTold(VipdNode vipd, String line) {
    awaitText(vipd, () -> vipd.host().read("etc/vip/told"), line + "\n");
  }

  private static void awaitText(VipdNode vipd, Supplier<String> text, String wanted) {
    Await.until(
        wanted.strip() + " is there",
        Await.GENEROUS,
        () -> text.get().contains(wanted),
        () -> text.get() + "\n" + vipd.log());
  }
}
