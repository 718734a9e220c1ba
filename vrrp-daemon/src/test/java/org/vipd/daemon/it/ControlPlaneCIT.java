package org.vipd.daemon.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.vipd.daemon.testkit.WebServer;
import org.vipd.netlink.testkit.NetworkNamespace;

/**
 * Three masters with etcd and HAProxy, and two addresses that prefer different nodes, so that
 * clients that know one address spread over two nodes. The built-in checks ask both programs.
 */
@Execution(ExecutionMode.CONCURRENT)
class ControlPlaneCIT {

  private static final List<String> VIPS = List.of("10.146.48.91", "10.146.48.92");
  private static final int PORT = 18080;
  private static final String NETWORK = "10.146.48";

  private static final InetSocketAddress ETCD_CLIENTS =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 2379);

  /** Whichever of the two waits notices first. */
  private static final String LATE = "no result after 2.0 s|Read timed out";

  /** Longer than the check waits. */
  private static final long SLOW_MILLIS = 3_000;

  /** Resets every connection from a master to an API server, its own as well. */
  private static final String NO_API_SERVER =
      """
      table inet lost {
        chain output {
          type filter hook output priority 0;
          tcp dport 8080 reject with tcp reset
        }
      }
      """;

  private static final String VIPD =
      """
      checks:
        store: {etcd: "http://127.0.0.1:2379/health", interval: 500ms, timeout: 2s, fall: 3, rise: 2}
        balancer:
          haproxy: {socket: "@HOME@/haproxy.sock", backend: apiserver}
          interval: 500ms
          timeout: 2s
          fall: 3
          rise: 2
      vips:
        first:
          {interface: eth0, vrid: 61, priority: @FIRST@, interval: 500ms, addresses: [10.146.48.91/24],
           checks: [store, balancer]}
        second:
          {interface: eth0, vrid: 62, priority: @SECOND@, interval: 500ms, addresses: [10.146.48.92/24],
           checks: [store, balancer]}
      """;

  private final Outages outages = new Outages("K5");
  private final List<Master> masters = new ArrayList<>();
  private final List<HttpClient> clients = new ArrayList<>();
  private Lab lab;

  /** A master with the programs that its checks ask. */
  private static final class Master {
    private final Host host;
    private final LogDisk disk;
    private final VipdNode vipd;
    private Launched etcd;
    private Launched haproxy;

    Master(Host host, int number) {
      this.host = host;
      this.disk = new LogDisk(host);
      host.isolateProcesses("ip link set lo up && " + LogDisk.mounting(host));
      this.etcd = launchEtcd();
      this.haproxy = launchHaproxy();
      String text =
          filledIn(VIPD)
              .replace("@FIRST@", String.valueOf(150 - 10 * number))
              .replace("@SECOND@", String.valueOf(150 - 10 * ((number + 2) % 3)));
      this.vipd = disk.startVipd("vipd.yaml", text);
    }

    String name() {
      return host.home().getFileName().toString();
    }

    private String filledIn(String text) {
      return text.replace("@HOME@", host.home().toString()).replace("@NAME@", name());
    }

    Launched launchHaproxy() {
      String socket = "stats socket @HOME@/haproxy.sock mode 600 level user";
      String text =
          filledIn(ControlPlaneTexts.haproxy(NETWORK, name(), socket))
              .replace(" check\n", " check inter 500ms\n");
      String file = host.file("haproxy.cfg", text).toString();
      return host.start("haproxy", List.of("haproxy", "-db", "-f", file), Map.of());
    }

    Launched launchEtcd() {
      return EtcdMember.launch(host, NETWORK);
    }

    /** How often the check that has run least has run. */
    long runs() {
      long least = Long.MAX_VALUE;
      for (JsonElement check : vipd.instance().orElseThrow().getAsJsonArray("checks")) {
        least = Math.min(least, check.getAsJsonObject().get("runs").getAsLong());
      }
      return least;
    }

    /** What its checks say, good or bad. */
    String results() {
      return vipd.instance().orElseThrow().getAsJsonArray("checks").toString();
    }
  }

  @BeforeEach
  void buildControlPlane() {
    NetworkNamespace.assumeAvailable();
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/etcd")), "etcd-server is not installed");
    assumeTrue(Files.isExecutable(Path.of("/usr/sbin/haproxy")), "haproxy is not installed");
    assumeTrue(Files.isExecutable(Path.of("/usr/sbin/nft")), "nftables is not installed");
    Distribution.makeArchive();
    lab = Lab.create("cpc");
    for (int i = 0; i < 3; i++) {
      Host host = lab.host("m" + i, "10.146.48.1" + i + "0/24");
      masters.add(new Master(host, i));
    }
    awaitServedBy(0, 1);
    Host client = lab.host("client", "10.146.48.50/24");
    for (String vip : VIPS) {
      clients.add(new HttpClient(client, new InetSocketAddress(vip, PORT), Optional.empty()));
    }
    clients.forEach(HttpClient::awaitAnswers);
  }

  @AfterEach
  void tearDown() {
    clients.forEach(HttpClient::close);
    if (lab != null) {
      lab.close();
    }
  }

  /** The one holder of each address. */
  private void awaitServedBy(int first, int second) {
    awaitHolder(VIPS.get(0), masters.get(first));
    awaitHolder(VIPS.get(1), masters.get(second));
  }

  private void awaitHolder(String vip, Master wanted) {
    Await.until(
        wanted.name() + " alone has " + vip,
        Await.GENEROUS.multipliedBy(2),
        () -> masters.stream().allMatch(it -> it.host.hasAddress(vip) == (it == wanted)),
        () ->
            masters.stream()
                .map(it -> it.name() + "\n" + it.vipd.log() + it.host.read("etcd.log"))
                .collect(Collectors.joining("\n")));
  }

  private void awaitAnswers(int vip, Master from) {
    clients.get(vip).awaitAnswerWith("x-front: " + from.name());
  }

  private void report(String event, long startNanos) {
    for (int i = 0; i < VIPS.size(); i++) {
      outages.report(event + ", " + VIPS.get(i), clients.get(i).longestGapSince(startNanos));
    }
  }

  /**
   * What happens to a program of a master, and how that is mended.
   *
   * @param result regular expression for what status says of the check
   */
  private record Failure(String event, Runnable breaks, String result, Runnable mends) {}

  /** The address goes to the next healthy master and comes back; the client notices. */
  private void moves(int vip, int victim, int next, Failure failure) {
    long start = System.nanoTime();
    failure.breaks().run();
    awaitHolder(VIPS.get(vip), masters.get(next));
    awaitAnswers(vip, masters.get(next));
    Await.until(
        failure.event() + " leads to " + failure.result(),
        Await.GENEROUS,
        () -> Pattern.compile(failure.result()).matcher(masters.get(victim).results()).find(),
        masters.get(victim)::results);
    failure.mends().run();
    awaitServedBy(0, 1);
    awaitAnswers(vip, masters.get(victim));
    report(failure.event(), start);
  }

  @Test
  void eachAddressFollowsHealthyProgramsAndComesBack() {
    Master first = masters.get(0);
    Master second = masters.get(1);
    awaitAnswers(0, first);
    awaitAnswers(1, second);
    moves(
        0,
        0,
        1,
        new Failure(
            "etcd of m0 hangs and goes on",
            () -> first.etcd.signal("STOP"),
            LATE,
            () -> first.etcd.signal("CONT")));
    moves(
        1,
        1,
        2,
        new Failure(
            "etcd of m1 is killed and restarted",
            () -> second.etcd.kill(),
            "http://127.0.0.1:2379/health: Connection refused",
            () -> second.etcd = second.launchEtcd()));
    moves(
        0,
        0,
        1,
        new Failure(
            "HAProxy of m0 is killed and restarted",
            () -> first.haproxy.kill(),
            "haproxy.sock: ",
            () -> first.haproxy = first.launchHaproxy()));
    moves(
        0,
        0,
        1,
        new Failure(
            "HAProxy of m0 hangs and goes on",
            () -> first.haproxy.signal("STOP"),
            "no answer within|no result after 2.0 s",
            () -> first.haproxy.signal("CONT")));
    moves(
        0,
        0,
        1,
        new Failure(
            "HAProxy of m0 reaches no API server, and then all again",
            () ->
                first.host.run("nft", "-f", first.host.file("lost.nft", NO_API_SERVER).toString()),
            "0 of 3 servers are up .api0 DOWN, api1 DOWN, api2 DOWN., expected at least 1",
            () -> first.host.run("nft", "delete", "table", "inet", "lost")));
    moves(0, 0, 1, slowEtcd(first));
    keepsTheAddressWithTheDiskFull(first);
    moves(
        0,
        0,
        1,
        new Failure(
            "HAProxy of m0 is killed with its disk for logs full, and restarted",
            () -> first.haproxy.kill(),
            "haproxy.sock: ",
            () -> first.haproxy = first.launchHaproxy()));
    for (Master master : masters) {
      assertThat(Counters.refused(master.vipd)).as(master.name() + " rejected packets").isEmpty();
      assertThat(master.vipd.stop()).isZero();
    }
  }

  /** In the place of etcd somebody answers later than the check waits. */
  private static Failure slowEtcd(Master master) {
    AtomicReference<WebServer> slow = new AtomicReference<>();
    return new Failure(
        "etcd of " + master.name() + " answers after 3 s, and then at once",
        () -> {
          master.etcd.kill();
          // the killed one may not be gone yet
          Await.until("the port of etcd is free", () -> listens(master, slow));
          slow.get().answerLate(SLOW_MILLIS, "{\"health\":\"true\"}");
        },
        LATE,
        () -> {
          slow.get().close();
          master.etcd = master.launchEtcd();
        });
  }

  private static boolean listens(Master master, AtomicReference<WebServer> server) {
    try {
      server.set(master.host.namespace().call(() -> WebServer.plain(ETCD_CLIENTS)));
      return true;
    } catch (IllegalStateException e) {
      if (e.getCause() instanceof BindException) {
        return false;
      }
      throw e;
    }
  }

  private void keepsTheAddressWithTheDiskFull(Master master) {
    long start = System.nanoTime();
    master.disk.fill();
    long before = master.vipd.counter("master-transitions");
    long runs = master.runs();
    Await.until(
        "the checks have run with the disk full, more often than they may fail",
        Await.GENEROUS,
        () -> master.runs() >= runs + 6,
        master::results);
    awaitServedBy(0, 1);
    assertThat(master.vipd.counter("master-transitions")).isEqualTo(before);
    report("disk for logs of " + master.name() + " full", start);
  }
}
