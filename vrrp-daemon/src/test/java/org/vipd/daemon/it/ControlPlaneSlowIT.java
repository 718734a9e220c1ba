package org.vipd.daemon.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.vipd.netlink.testkit.NetworkNamespace;

/**
 * Two masters with HAProxy and a script that asks it with curl: HAProxy becomes slow, and the disk
 * with all logs of the holder becomes full. A client reports how long it went without an answer.
 */
@Execution(ExecutionMode.CONCURRENT)
class ControlPlaneSlowIT {

  private static final String VIP = "10.146.49.90";
  private static final int PORT = 18080;

  /** It writes a log of its own to the disk that becomes full. */
  private static final String SCRIPT =
      """
      #!/bin/sh
      echo "asked" >> "@HOME@/logs/check.log"
      curl --silent --fail --max-time 3 --output /dev/null http://127.0.0.1:18080/
      """;

  /** What lets a connection wait, before the front end of all others. */
  private static final String SLOW =
      """
      listen slow
          mode tcp
          bind *:18080
          timeout client 10s
          timeout server 10s
          tcp-request inspect-delay 5s
          tcp-request content accept if WAIT_END
          server front 127.0.0.1:18090
      """;

  private final Outages outages = new Outages("slow HAProxy, full disk");
  private Lab lab;
  private Master first;
  private Master second;
  private HttpClient client;

  /** A master whose logs have a small disk of their own. */
  private static final class Master {
    private final Host host;
    private final LogDisk disk;
    private VipdNode vipd;
    private Launched haproxy;

    Master(Host host) {
      this.host = host;
      disk = new LogDisk(host);
      host.isolateProcesses("ip link set lo up && " + LogDisk.mounting(host));
      haproxy = launchHaproxy(false);
    }

    void startVipd(int priority) {
      String home = host.home().toString();
      String script = host.script("check.sh", SCRIPT.replace("@HOME@", home)).toString();
      String text =
          "global_defs {\n script_user root\n}\nvrrp_script front {\n script \"%s\"\n interval 1\n"
                  .formatted(script)
              + " timeout 20\n fall 2\n rise 2\n}\n"
              + Texts.instance(priority, VIP + "/24", "track_script {\n front\n }");
      vipd = disk.startVipd("keepalived.conf", text);
    }

    Launched launchHaproxy(boolean isSlow) {
      String name = host.home().getFileName().toString();
      String usual = ControlPlaneTexts.haproxy("10.146.49", name, "");
      String text = isSlow ? usual.replace("bind *:18080", "bind 127.0.0.1:18090") + SLOW : usual;
      String file = host.file("haproxy.cfg", text).toString();
      return host.start("haproxy", List.of("haproxy", "-db", "-f", file), Map.of());
    }

    void restartHaproxy(boolean isSlow) {
      haproxy.kill();
      haproxy = launchHaproxy(isSlow);
    }

    long runs() {
      return vipd.instance()
          .orElseThrow()
          .getAsJsonArray("checks")
          .get(0)
          .getAsJsonObject()
          .get("runs")
          .getAsLong();
    }
  }

  @BeforeEach
  void build() {
    NetworkNamespace.assumeAvailable();
    assumeTrue(Files.isExecutable(Path.of("/usr/sbin/haproxy")), "haproxy is not installed");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/curl")), "curl is not installed");
    Distribution.makeArchive();
    lab = Lab.create("cps");
    first = new Master(lab.host("m0", "10.146.49.100/24"));
    second = new Master(lab.host("m1", "10.146.49.110/24"));
    first.startVipd(150);
    second.startVipd(100);
    first.vipd.awaitState("MASTER");
    second.vipd.awaitState("BACKUP");
    Host clientHost = lab.host("client", "10.146.49.50/24");
    client = new HttpClient(clientHost, new InetSocketAddress(VIP, PORT), Optional.empty());
    client.awaitAnswerWith("x-front: m0");
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

  /** HAProxy of the holder is broken: the address goes to the other and comes back. */
  private void moves(String event, Runnable breaks) {
    long start = System.nanoTime();
    breaks.run();
    first.vipd.awaitState("FAULT");
    second.vipd.awaitState("MASTER");
    client.awaitAnswerWith("x-front: m1");
    outages.report(event, client.longestGapSince(start));
    first.restartHaproxy(false);
    first.vipd.awaitState("MASTER");
    second.vipd.awaitState("BACKUP");
    client.awaitAnswerWith("x-front: m0");
  }

  @Test
  void aSlowServerMovesTheAddressAndAFullDiskDoesNot() throws IOException {
    moves("HAProxy of the holder answers after 5 s", () -> first.restartHaproxy(true));
    long start = System.nanoTime();
    first.disk.fill();
    long before = first.runs();
    Await.until(
        "the check has run with the disk full",
        Await.GENEROUS,
        () -> first.runs() >= before + 5,
        first.vipd::log);
    assertThat(first.vipd.state()).isEqualTo("MASTER");
    assertThat(first.vipd.counter("master-transitions")).isEqualTo(2);
    client.awaitAnswerWith("x-front: m0");
    outages.report("disk for logs full", client.longestGapSince(start));
    moves("HAProxy killed, disk for logs full", () -> first.haproxy.kill());
    assertThat(first.vipd.ask("history")).contains("check front fails");
    assertThat(Counters.rejects(first.vipd)).isEmpty();
    assertThat(Counters.rejects(second.vipd)).isEmpty();
  }
}
