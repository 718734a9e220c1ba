package org.vipd.daemon.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.vipd.daemon.testkit.TlsIdentity;
import org.vipd.daemon.testkit.WebServer;

/**
 * Every kind of built-in check in one daemon, without a process of its own ten times a second. What
 * it asks about breaks and is mended, on this host or on another, and the effective priority and
 * the status follow. Check number n has weight -n, so that the priority tells which one is bad.
 */
@Execution(ExecutionMode.CONCURRENT)
class BuiltInChecksIT extends LabTest {

  private static final int PRIORITY = 200;
  private static final int RUNS = 20;
  private static final String QUICK = "interval: 100ms, timeout: 3s";

  /** A busy machine does not answer all questions of a second in time. */
  private static final String PATIENT = "interval: 300ms, timeout: 3s, fall: 3";

  private static final String PEER = "10.66.0.2";
  private static final String ADDRESS = "ip:" + PEER;
  private static final Optional<TlsIdentity> NOBODY = Optional.empty();

  private final Map<String, String> questions = new LinkedHashMap<>();
  private final List<Step> steps = new ArrayList<>();
  private final Map<Integer, WebServer> servers = new LinkedHashMap<>();
  private Host host;
  private Host peer;
  private Host third;
  private VipdNode vipd;
  private Launched api;
  private Launched program;

  /** Breaks or mends something. */
  private interface Deed {

    void run() throws Exception;
  }

  /** What happens to the thing that a check asks about, and what status says then. */
  private record Step(String check, Deed breaks, Pattern text, Deed mends) {}

  private void kind(String name, String question) {
    questions.put(name, question);
  }

  private void step(String check, Deed breaks, String text, Deed mends) {
    steps.add(new Step(check, breaks, Pattern.compile(Pattern.quote(text)), mends));
  }

  /**
   * All questions in one instance.
   *
   * @param script command line of one more check; empty for none
   */
  private String configuration(String rhythm, String script) {
    StringBuilder text = new StringBuilder("scripts: {user: root}\nchecks:\n");
    int weight = 0;
    for (Map.Entry<String, String> question : questions.entrySet()) {
      weight++;
      text.append(
          "  %s: {%s, %s, weight: -%d}\n"
              .formatted(question.getKey(), question.getValue(), rhythm, weight));
    }
    Path gate = host.home().resolve("gate");
    text.append("  gate: {file: {path: %s}, %s}\n".formatted(gate, rhythm));
    List<String> names = new ArrayList<>(questions.keySet());
    names.add("gate");
    if (!script.isEmpty()) {
      text.append("  script: {command: \"%s\", %s}\n".formatted(script, rhythm));
      names.add("script");
    }
    String address = "interval: 100ms, addresses: [10.66.0.100/24]";
    text.append(
        "vips:\n  lab:\n    {interface: eth0, vrid: 66, priority: %d, %s,\n     checks: [%s]}\n"
            .formatted(PRIORITY, address, String.join(", ", names)));
    return text.toString();
  }

  private JsonObject check(String name) {
    for (JsonElement element : vipd.instance().orElseThrow().getAsJsonArray("checks")) {
      if (element.getAsJsonObject().get("name").getAsString().equals(name)) {
        return element.getAsJsonObject();
      }
    }
    throw new AssertionError("no check " + name + ": " + vipd.status());
  }

  private String text(String field) {
    return vipd.instance().orElseThrow().get(field).getAsString();
  }

  private void awaitAllGood() {
    Await.until(
        "all checks are good",
        Await.GENEROUS,
        () ->
            vipd.state().equals("MASTER")
                && text("effectivePriority").equals(Integer.toString(PRIORITY)),
        () -> vipd.status() + "\n" + vipd.log());
  }

  private void awaitBad(Step step) {
    int weight = List.copyOf(questions.keySet()).indexOf(step.check()) + 1;
    String arithmetic =
        "%d = %d - %d %s".formatted(PRIORITY - weight, PRIORITY, weight, step.check());
    Await.until(
        step.check() + " is bad, alone, because of: " + step.text(),
        Await.GENEROUS,
        () ->
            check(step.check()).get("state").getAsString().equals("bad")
                && step.text().matcher(check(step.check()).get("lastResult").getAsString()).find()
                && text("priorityArithmetic").equals(arithmetic),
        () -> vipd.status() + "\n" + vipd.log());
  }

  /** Lets each check run a number of times. */
  private void awaitRuns() {
    Map<String, Long> before = new LinkedHashMap<>();
    questions.keySet().forEach(it -> before.put(it, check(it).get("runs").getAsLong()));
    Await.until(
        "each check has run " + RUNS + " times",
        Await.GENEROUS.multipliedBy(2),
        () ->
            before.entrySet().stream()
                .allMatch(it -> check(it.getKey()).get("runs").getAsLong() >= it.getValue() + RUNS),
        () -> vipd.status() + "\n" + vipd.log());
  }

  @Test
  void eachKindFollowsWhatItAsksAboutAndMakesNoProcess() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/sbin/haproxy")), "haproxy is not installed");
    ForkTrace.assumeAvailable();
    host = host();
    peer = lab().host("two", PEER + "/24");
    third = lab().host("three", "10.66.0.3/24");
    try {
      network();
      local();
      certificates();
      vipd = VipdNode.start(host, "vipd.yaml", configuration(QUICK, ""));
      vipd.awaitState("MASTER");
      assertThat(ForkTrace.during(vipd, this::awaitRuns)).isEmpty();
      String script = "/usr/bin/test -e " + host.file("script", "");
      vipd.reload(configuration(PATIENT, script));
      awaitAllGood();
      assertThat(ForkTrace.during(vipd, this::awaitRuns))
          .as("those of the script")
          .anyMatch(it -> it.contains("execve(\"/usr/bin/test\""));
      for (Step step : steps) {
        step.breaks().run();
        awaitBad(step);
        step.mends().run();
        awaitAllGood();
      }
      gates();
      assertThat(vipd.stop()).isZero();
    } finally {
      servers.values().forEach(WebServer::close);
    }
  }

  /** What has no weight decides alone, a script as much as a question. */
  private void gates() throws IOException {
    for (String name : List.of("gate", "script")) {
      Files.delete(host.home().resolve(name));
      vipd.awaitState("FAULT");
      assertThat(text("reason")).contains("check " + name + " fails");
      host.file(name, "");
      awaitAllGood();
    }
  }

  /** Opens a server on the peer, in place of the one that was there. */
  private void open(int port, Callable<WebServer> server) {
    close(port);
    servers.put(port, peer.namespace().call(server));
  }

  private void close(int port) {
    Optional.ofNullable(servers.remove(port)).ifPresent(WebServer::close);
  }

  private void openPlain(int port) {
    open(port, () -> WebServer.plain(address(port)));
  }

  private static InetSocketAddress address(int port) throws IOException {
    return new InetSocketAddress(InetAddress.getByName(PEER), port);
  }

  private void network() {
    openPlain(7000);
    kind("port", "tcp: \"10.66.0.2:7000\"");
    step("port", () -> close(7000), "no connection to 10.66.0.2:7000", () -> openPlain(7000));

    openPlain(8080);
    servers.get(8080).answer(200, "it is ready");
    kind("page", "http: {url: \"http://10.66.0.2:8080/\", status: [200], contains: ready}");
    step(
        "page",
        () -> servers.get(8080).answer(503, "no server is available"),
        "it answers 503, expected [200]; it says: no server is available",
        () -> servers.get(8080).answer(200, "it is ready"));
    step(
        "page",
        () -> servers.get(8080).answer(200, "it starts"),
        "the answer does not contain 'ready': it starts",
        () -> servers.get(8080).answer(200, "it is ready"));
    // whichever of the two waits notices first
    steps.add(
        new Step(
            "page",
            () -> servers.get(8080).answerLate(20_000, "it is ready"),
            Pattern.compile("Read timed out|no result after 3.0 s"),
            () -> servers.get(8080).answer(200, "it is ready")));

    openPlain(2379);
    servers.get(2379).answer(200, "{\"health\":\"true\"}");
    kind("store", "etcd: \"http://10.66.0.2:2379/health\"");
    step(
        "store",
        () -> servers.get(2379).answer(200, "{\"health\":\"false\",\"reason\":\"NO LEADER\"}"),
        "NO LEADER",
        () -> servers.get(2379).answer(200, "{\"health\":\"true\"}"));

    kind("others", "ping: {hosts: [10.66.0.2, 10.66.0.3], at-least: 2}");
    step(
        "others",
        () -> echo(false),
        "1 of 2 hosts answered, expected at least 2; 10.66.0.3 did not answer within",
        () -> echo(true));

    openPlain(7001);
    openPlain(7002);
    String balancer = ControlPlaneTexts.balancer(host.home() + "/haproxy.sock", PEER);
    String file = host.file("haproxy.cfg", balancer).toString();
    host.start("haproxy", List.of("haproxy", "-db", "-f", file), Map.of());
    kind(
        "balancer",
        "haproxy: {socket: %s/haproxy.sock, backend: apiserver, at-least: 2}"
            .formatted(host.home()));
    step(
        "balancer",
        () -> close(7001),
        "1 of 2 servers are up (api0 DOWN, api1 UP), expected at least 2",
        () -> openPlain(7001));
  }

  private void echo(boolean isAnswered) {
    third.run("sysctl", "-q", "-w", "net.ipv4.icmp_echo_ignore_all=" + (isAnswered ? 0 : 1));
  }

  private void local() {
    String name = RunningPrograms.name(host.home(), "run");
    host.run("cp", "/bin/sleep", host.home().resolve(name).toString());
    program = startProgram(name);
    kind("proxy", "process: " + name);
    step(
        "proxy",
        () -> program.kill(),
        "0 processes named " + name + " run, expected at least 1",
        () -> program = startProgram(name));

    host.file("gate", "");
    host.file("mark", "serving\n");
    kind("mark", "file: {path: %s, contains: serving}".formatted(host.home().resolve("mark")));
    step(
        "mark",
        () -> host.file("mark", "draining\n"),
        "mark does not contain 'serving'",
        () -> host.file("mark", "serving\n"));

    host.run("ip", "link", "add", "side0", "type", "veth", "peer", "name", "side1");
    host.run("ip", "link", "set", "side0", "up");
    host.run("ip", "link", "set", "side1", "up");
    kind("link", "interface: side0");
    step(
        "link",
        () -> host.run("ip", "link", "set", "side1", "down"),
        "interface side0 is lowerlayerdown, expected up",
        () -> host.run("ip", "link", "set", "side1", "up"));

    host.run("ip", "route", "add", "203.0.113.0/24", "via", PEER);
    kind("way", "route: {network: 203.0.113.0/24, device: eth0}");
    step(
        "way",
        () -> host.run("ip", "route", "delete", "203.0.113.0/24"),
        "there is no route to 203.0.113.0/24",
        () -> host.run("ip", "route", "add", "203.0.113.0/24", "via", PEER));
  }

  private Launched startProgram(String name) {
    return host.start("program", List.of(host.home().resolve(name).toString(), "3600"), Map.of());
  }

  private void certificates() throws Exception {
    Path folder = host.home();
    TlsIdentity foreign = TlsIdentity.make(folder, "foreign", ADDRESS + ",dns:kubernetes");
    TlsIdentity authority = TlsIdentity.authority(folder, "authority");
    final TlsIdentity good = authority.issue("good", ADDRESS + ",dns:kubernetes", "-validity 9");
    final TlsIdentity brief = authority.issue("brief", ADDRESS + ",dns:other", "-validity 1");
    final TlsIdentity past = authority.issue("past", ADDRESS, "-startdate -3d -validity 1");

    apiServer(foreign);
    https("trusted", 8441, authority, "");
    step("trusted", () -> show(8441, foreign), "certification path", () -> show(8441, good));
    https("valid", 8442, authority, "");
    step("valid", () -> show(8442, past), "validity check failed", () -> show(8442, good));
    https("lasting", 8443, authority, ", valid-for: 48h");
    step("lasting", () -> show(8443, brief), "expected at least 48 h left", () -> show(8443, good));
    https("named", 8444, authority, ", server-name: kubernetes");
    step("named", () -> show(8444, brief), "matching kubernetes found", () -> show(8444, good));
    for (int port = 8441; port <= 8444; port++) {
      show(port, good);
    }
    client(authority, good, foreign);
  }

  private void show(int port, TlsIdentity identity) {
    open(port, () -> WebServer.secure(address(port), identity, NOBODY));
  }

  private void https(String name, int port, TlsIdentity authority, String more) {
    kind(
        name,
        "http: {url: \"https://10.66.0.2:%d/\", ca: %s%s}"
            .formatted(port, authority.certificate(), more));
  }

  /** The file with our certificate holds another one, which the server does not know. */
  private void client(TlsIdentity authority, TlsIdentity good, TlsIdentity foreign)
      throws Exception {
    Path own = host.home().resolve("own.pem");
    Path known = good.withKey();
    Path unknown = foreign.withKey();
    Files.copy(known, own);
    open(8445, () -> WebServer.secure(address(8445), good, Optional.of(authority)));
    https("mutual", 8445, authority, ", certificate: " + own);
    step(
        "mutual",
        () -> replace(unknown, own),
        "https://10.66.0.2:8445/",
        () -> replace(known, own));
  }

  private static void replace(Path by, Path file) throws IOException {
    Path fresh = Files.copy(by, file.resolveSibling("fresh.pem"));
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private void apiServer(TlsIdentity identity) {
    api = ApiServerStandIn.start(host, identity.store(), 6443);
    kind(
        "api",
        "kube-apiserver: {url: \"https://127.0.0.1:6443/readyz\", ca: %s, server-name: kubernetes}"
            .formatted(identity.certificate()));
    step(
        "api",
        () -> api.kill(),
        "https://127.0.0.1:6443/readyz: Connection refused",
        () -> api = ApiServerStandIn.start(host, identity.store(), 6443));
    step(
        "api",
        () -> host.file(ApiServerStandIn.UNREADY, ""),
        "it answers 500, expected 200 to 399; it says: [-]etcd failed",
        () -> Files.delete(host.home().resolve(ApiServerStandIn.UNREADY)));
  }
}
