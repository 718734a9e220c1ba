package org.vipd.daemon.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.vipd.daemon.testkit.Packets;
import org.vipd.daemon.testkit.SecureMailServer;
import org.vipd.daemon.testkit.TlsIdentity;
import org.vipd.protocol.wire.NoAuthentication;

/**
 * The examples for {@code keepalived.conf} in docs/health-checks.md and docs/notifications.md, run
 * as they stand by a daemon that finds there what they name.
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

  private static List<String> examples(String page) throws IOException {
    String text = Files.readString(Distribution.root().resolve("docs").resolve(page));
    return BLOCK
        .matcher(text)
        .results()
        .filter(it -> it.group(1).isEmpty())
        .map(it -> it.group(2))
        .filter(it -> it.contains("{\n"))
        .toList();
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
    assertThat(examples).hasSize(6);
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
    VipdNode sessions = VipdNode.start(host, examples.get(4));
    awaitPriority(sessions, 70);
    stop(sessions);
    groups(VipdNode.start(host, examples.get(5)));
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
