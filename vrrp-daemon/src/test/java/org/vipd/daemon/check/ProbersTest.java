package org.vipd.daemon.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.vipd.daemon.config.probe.Probe;
import org.vipd.daemon.testkit.FakeClock;
import org.vipd.netlink.process.NamedPipe;

class ProbersTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private static final String ROUTES =
      """
      Iface Destination Gateway Flags RefCnt Use Metric Mask MTU Window IRTT
      eth0 00000000 0100000A 0003 0 0 0 00000000 0 0 0
      eth1 0000A8C0 00000000 0001 0 0 0 0000FFFF 0 0 0
      """;
  private static final String USED =
      "00000000000000000000000000000000 00000400 00000001 00000000 %s %s";

  @TempDir private Path root;
  private Instant now = Instant.EPOCH;
  private Probers probers = new Probers(Path.of("/"), () -> now, new FakeClock());
  private HttpServer server;
  private int status = 200;
  private String body = "ok";

  @BeforeEach
  void start() throws IOException {
    probers = new Probers(root, () -> now, new FakeClock());
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Location", "/");
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private String ask(Probe probe) throws IOException {
    return probers.of(probe).probe(TIMEOUT);
  }

  private void assertFails(Probe probe, String... words) {
    assertThatThrownBy(() -> ask(probe)).isInstanceOf(IOException.class).message().contains(words);
  }

  private String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/readyz";
  }

  private Probe.Http http(String contains, Integer... statuses) {
    Optional<String> text = contains.isEmpty() ? Optional.empty() : Optional.of(contains);
    return new Probe.Http(url(), List.of(statuses), text, Probe.Tls.USUAL);
  }

  @Test
  void tcpConnectsOrSaysWhyNot() throws IOException {
    int port = server.getAddress().getPort();
    assertThat(ask(new Probe.Tcp("127.0.0.1", port))).startsWith("connected to");
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    assertFails(new Probe.Tcp("127.0.0.1", port), "no connection to 127.0.0.1:" + port, "refused");
    assertFails(new Probe.Tcp("no-such-host.invalid", 1), "no-such-host.invalid");
  }

  @Test
  void httpSaysThatANameIsNotKnown() {
    assertFails(
        new Probe.Http(
            "http://no-such-host.invalid/", List.of(), Optional.empty(), Probe.Tls.USUAL),
        "http://no-such-host.invalid/: the name no-such-host.invalid cannot be resolved");
  }

  @Test
  void httpJudgesTheStatus() throws IOException {
    assertThat(ask(http(""))).isEqualTo("status 200");
    status = 307;
    assertThat(ask(http(""))).isEqualTo("status 307");
    assertFails(http("", 200), "answers 307, expected [200]");
    status = 503;
    body = "etcd is not ready";
    assertFails(http(""), "answers 503, expected 200 to 399; it says: etcd is not ready");
    assertThat(ask(http("", 503))).isEqualTo("status 503");
  }

  @Test
  void httpJudgesTheText() throws IOException {
    body = "all good";
    assertThat(ask(http("good"))).isEqualTo("status 200");
    assertFails(http("bad"), "the answer does not contain 'bad': all good");
  }

  @Test
  void etcdMustSayThatItIsHealthy() throws IOException {
    Probe.Etcd etcd = new Probe.Etcd(http(""));
    body = "{\"health\":\"true\",\"reason\":\"\"}";
    assertThat(ask(etcd)).isEqualTo("status 200");
    body = "{\"health\":\"false\",\"reason\":\"NO LEADER\"}";
    assertFails(etcd, "not healthy", "NO LEADER");
    body = "<html>";
    assertFails(etcd, "expected what etcd says on /health, found: <html>");
  }

  @Test
  void theApiServerMustBeReady() throws IOException {
    Probe.KubeApiserver api = new Probe.KubeApiserver(http("", 200));
    assertThat(ask(api)).isEqualTo("status 200");
    status = 500;
    assertFails(api, "answers 500");
  }

  @Test
  void aServerThatNeverAnswersIsATimeOut() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Probe.Http probe =
          new Probe.Http(
              "http://127.0.0.1:" + silent.getLocalPort() + "/",
              List.of(),
              Optional.empty(),
              Probe.Tls.USUAL);
      assertThatThrownBy(() -> probers.of(probe).probe(Duration.ofMillis(50)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("timed out");
    }
  }

  /** A stats socket that answers once with these lines and closes, as HAProxy does. */
  private Path haproxy(String... lines) throws IOException {
    Path socket = root.resolve("haproxy.sock");
    Files.deleteIfExists(socket);
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    channel.bind(UnixDomainSocketAddress.of(socket));
    Thread thread =
        new Thread(
            () -> {
              try (channel;
                  SocketChannel client = channel.accept()) {
                client.read(ByteBuffer.allocate(100));
                String text = String.join("\n", lines) + "\n\n";
                client.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
              } catch (IOException e) {
                Thread.currentThread().interrupt();
              }
            },
            "stats socket under test");
    thread.setDaemon(true);
    thread.start();
    return socket;
  }

  private static String server(String backend, String name, String state) {
    return backend + "," + name + ",0,0,0,1,,0,0,0,,0,,0,0,0,0," + state + ",1,1,0";
  }

  @Test
  void countsTheServersOfTheBackEndThatAreUp() throws IOException {
    String[] lines = {
      "# pxname,svname,qcur,qmax,scur,smax,slim,stot,bin,bout,dreq,dresp,ereq,econ,eresp,wretr,wredis,status",
      server("apiserver", "FRONTEND", "OPEN"),
      server("apiserver", "api0", "UP"),
      server("apiserver", "api1", "UP 1/3"),
      server("apiserver", "api2", "DOWN"),
      server("apiserver", "BACKEND", "UP"),
      server("other", "web", "UP")
    };
    String socket = haproxy(lines).toString();
    assertThat(ask(new Probe.Haproxy(socket, "apiserver", 2))).startsWith("2 of 3 servers are up");
    haproxy(lines);
    assertFails(
        new Probe.Haproxy(socket, "apiserver", 3),
        "2 of 3 servers are up (api0 UP, api1 UP 1/3, api2 DOWN), expected at least 3");
    haproxy(lines);
    assertFails(new Probe.Haproxy(socket, "nothing", 1), "no back end nothing with servers");
    Files.delete(Path.of(socket));
    assertFails(new Probe.Haproxy(socket, "apiserver", 1), "stats socket " + socket);
  }

  private void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private void writeProcess(int pid, String name, String state) throws IOException {
    write("proc/" + pid + "/comm", name + "\n");
    write("proc/" + pid + "/stat", pid + " (" + name + ") " + state + " 1 1 1 0");
  }

  @Test
  void countsProcessesByName() throws IOException {
    writeProcess(10, "haproxy", "S");
    writeProcess(11, "haproxy", "R");
    writeProcess(12, "a-very-long-nam", "S");
    write("proc/12/cmdline", "/usr/bin/a-very-long-name-indeed\0-x");
    write("proc/self/comm", "haproxy\n");
    assertThat(ask(new Probe.Processes("haproxy", 2))).isEqualTo("at least 2 run");
    assertThat(ask(new Probe.Processes("a-very-long-name-indeed", 1))).isEqualTo("at least 1 run");
    assertFails(
        new Probe.Processes("haproxy", 3), "2 processes named haproxy run, expected at least 3");
    assertFails(new Probe.Processes("haprox", 1), "0 processes named haprox run");
    assertFails(new Probe.Processes("a-very-long-name", 1), "0 processes");
  }

  @Test
  void aProcessThatEndedDoesNotCountEvenIfNobodyHasAskedForItsEnd() throws IOException {
    writeProcess(10, "haproxy", "Z");
    writeProcess(11, "haproxy", "X");
    assertFails(
        new Probe.Processes("haproxy", 1), "0 processes named haproxy run, expected at least 1");
    writeProcess(12, "Z (haproxy", "S");
    assertThat(ask(new Probe.Processes("Z (haproxy", 1))).isEqualTo("at least 1 run");
  }

  @Test
  @Timeout(20)
  void aPipeHasNoTextAndNobodyWaitsForIt() {
    Path pipe = root.resolve("pipe");
    NamedPipe.create(pipe.toString(), 0644);
    assertFails(
        new Probe.File(pipe.toString(), Optional.empty(), Optional.of("serving")),
        pipe + " is a pipe, expected a regular file with text");
  }

  @Test
  void looksAtAFile() throws IOException {
    write("flag", "state: serving\n");
    String file = root.resolve("flag").toString();
    Optional<String> any = Optional.empty();
    now = Files.getLastModifiedTime(root.resolve("flag")).toInstant().plusSeconds(60);
    assertThat(
            ask(new Probe.File(file, Optional.of(Duration.ofSeconds(60)), Optional.of("serving"))))
        .contains("as expected");
    assertFails(
        new Probe.File(file, Optional.of(Duration.ofSeconds(59)), any),
        "was last changed 60 s ago, expected at most 59 s");
    assertFails(
        new Probe.File(file, Optional.empty(), Optional.of("draining")), "does not contain");
    assertFails(new Probe.File(file + "2", Optional.empty(), any), "flag2 does not exist");
  }

  @Test
  void looksAtAnInterface() throws IOException {
    write("sys/class/net/eth0/operstate", "up\n");
    write("sys/class/net/eth1/operstate", "down\n");
    write("sys/class/net/tun0/operstate", "unknown\n");
    write("sys/class/net/tun0/carrier", "1\n");
    assertThat(ask(new Probe.Interface("eth0"))).isEqualTo("eth0 is up");
    assertThat(ask(new Probe.Interface("tun0"))).isEqualTo("tun0 is unknown");
    assertFails(new Probe.Interface("eth1"), "interface eth1 is down, expected up");
    assertFails(new Probe.Interface("eth2"), "there is no interface eth2");
  }

  @Test
  void looksForARoute() throws IOException {
    String none = "00000000000000000000000000000000 00 ";
    write("proc/net/route", ROUTES);
    write(
        "proc/net/ipv6_route",
        String.join(
            "\n",
            "20010db8000000000000000000000000 20 " + none + USED.formatted("00000001", "eth1"),
            none + none + USED.formatted("00200200", "lo")));
    assertThat(ask(new Probe.Route("default", Optional.empty()))).endsWith("over eth0");
    assertThat(ask(new Probe.Route("192.168.0.0/16", Optional.of("eth1")))).endsWith("over eth1");
    assertThat(ask(new Probe.Route("2001:db8::/32", Optional.empty()))).endsWith("over eth1");
    assertFails(new Probe.Route("192.168.0.0/16", Optional.of("eth0")), "over eth1, expected eth0");
    assertFails(new Probe.Route("192.168.0.0/24", Optional.empty()), "there is no route to");
  }

  @Test
  void pingNeedsItsQuorum() throws IOException {
    assertThat(ask(new Probe.Ping(List.of("127.0.0.1", "no-such-host.invalid"), 1)))
        .isEqualTo("1 of 2 hosts answered");
    assertFails(
        new Probe.Ping(List.of("127.0.0.1", "no-such-host.invalid"), 2),
        "1 of 2 hosts answered, expected at least 2;"
            + " the name no-such-host.invalid cannot be resolved");
    assertThatThrownBy(() -> new Probe.Ping(List.of("127.0.0.1"), 2))
        .hasMessage("quorum must be 1..1, got 2");
  }
}
