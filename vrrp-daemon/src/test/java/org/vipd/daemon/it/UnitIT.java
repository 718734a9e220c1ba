package org.vipd.daemon.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The units of {@code systemd/}, installed as docs/operations.md says, under systemd. */
@Execution(ExecutionMode.CONCURRENT)
class UnitIT extends LabTest {

  private static final String UNIT = "vipd.service";

  /** In seconds; the lease of three times that is longer than a start takes on a busy machine. */
  private static final int INTERVAL = Integer.getInteger("vipd.restarts.interval", 5);

  private static final int RESTARTS = Integer.getInteger("vipd.restarts", 1);

  private static final String CONFIGURATION = "/etc/keepalived/keepalived.conf";

  private static final String INSTALLATION =
      """
      mkdir -p usr/lib/vipd/bin usr/lib/vipd/lib etc/keepalived etc/default
      cp %1$s/bin/vipd usr/lib/vipd/bin/
      cp %1$s/vrrp-daemon/target/dist/lib/*.jar usr/lib/vipd/lib/
      cp %1$s/vrrp-daemon/target/vrrp-daemon-*.jar usr/lib/vipd/lib/
      ln -sf ../lib/vipd/bin/vipd usr/bin/vipd
      cp %1$s/systemd/*.service etc/systemd/system/
      echo JAVA_HOME=%2$s >etc/default/vipd
      cp %3$s etc/keepalived/keepalived.conf
      """;

  private Host host;
  private SystemdContainer container;

  @BeforeEach
  void install() {
    SystemdContainer.assumeAvailable();
    host = host();
    Path file = host.file("keepalived.conf", Texts.instance(255, "advert_int " + INTERVAL));
    String java = System.getProperty("java.home");
    container =
        SystemdContainer.boot(host, INSTALLATION.formatted(Distribution.root(), java, file));
  }

  /** Far from the end of its patience while a busy machine starts the other one again. */
  private VipdNode peer() {
    Host other = lab().host("two", "10.66.0.2/24");
    VipdNode peer = VipdNode.start(other, Texts.instance(50, "advert_int " + INTERVAL));
    peer.awaitState("BACKUP");
    return peer;
  }

  private void start() {
    container.run("systemctl", "start", UNIT);
    awaitActive();
  }

  private void awaitActive() {
    Await.until(
        "the unit's daemon is Active",
        Await.GENEROUS,
        () -> container.execute("vipd", "status").output().contains("MASTER"),
        () -> container.journal(UNIT));
    Await.until("the address is there", () -> host.hasAddress(Texts.VIP));
  }

  /** Runs a command that must succeed, and tells how long that took. */
  private double seconds(String... command) {
    long since = System.nanoTime();
    container.run(command);
    return (System.nanoTime() - since) / 1e9;
  }

  private String property(String name) {
    return container.run("systemctl", "show", "--property=" + name, "--value", UNIT).strip();
  }

  @Test
  void resumesWhenSystemdStartsItAgainAfterItsDeath() {
    start();
    VipdNode peer = peer();
    AddressMonitor monitor = new AddressMonitor(host);
    String killed = property("MainPID");
    container.run("kill", "-KILL", killed);
    Await.until(
        "systemd has started another",
        Await.GENEROUS,
        () -> property("SubState").equals("running") && !property("MainPID").equals(killed),
        () -> container.journal(UNIT));
    awaitActive();
    assertThat(monitor.holdings(Texts.VIP)).as(container.journal(UNIT)).hasSize(1);
    assertThat(container.journal(UNIT)).contains("resumed");
    assertThat(peer.log()).doesNotContain("-> MASTER");
    assertThat(property("NRestarts")).isEqualTo("1");
  }

  /** Restarts in some ways, under one connection: no priority 0, nobody else claims. */
  @Test
  void handsOverWhenItIsRestarted() {
    start();
    VipdNode peer = peer();
    Host client = lab().host("client", "10.66.0.3/24");
    AddressMonitor monitor = new AddressMonitor(host);
    List<String[]> ways = new ArrayList<>();
    ways.add(new String[] {"restart", UNIT});
    ways.add(new String[] {"daemon-reload"});
    ways.add(new String[] {"try-restart", UNIT});
    for (int i = 0; i < RESTARTS; i++) {
      ways.add(new String[] {"restart", UNIT});
    }
    try (LanObserver lan = new LanObserver(lab(), "restart of the unit");
        Conversation conversation = new Conversation(host, client, Texts.VIP)) {
      for (String[] way : ways) {
        List<String> command = new ArrayList<>(List.of("systemctl"));
        command.addAll(List.of(way));
        double seconds = seconds(command.toArray(String[]::new));
        System.out.printf(Locale.ROOT, "%s: %.3f s%n", String.join(" ", command), seconds);
        awaitActive();
        conversation.say();
      }
      List<VrrpPacket> packets = lan.packets();
      assertThat(packets).isNotEmpty().allMatch(VrrpPacket::claims);
      assertThat(packets).allMatch(it -> it.source().equals("10.66.0.1"));
      System.out.printf(
          Locale.ROOT,
          "restart of the unit, %d times, interval %d s: longest time between two advertisements"
              + " %.3f s%n",
          ways.size() - 1,
          INTERVAL,
          VrrpPacket.longestGapNanos(packets) / 1e9);
    }
    assertThat(monitor.holdings(Texts.VIP)).as(container.journal(UNIT)).hasSize(1);
    assertThat(container.journal(UNIT)).contains("leaving: the next process takes over", "resumed");
    assertThat(peer.log()).doesNotContain("-> MASTER");
  }

  @Test
  void resignsWhenItIsRestartedWithAConfigurationThatCannotBeUsed() {
    start();
    VipdNode peer = peer();
    container.run("sed", "-i", "s/priority 255/priority 300/", CONFIGURATION);
    assertThat(container.execute("systemctl", "restart", UNIT).code()).isNotZero();
    assertThat(host.hasAddress(Texts.VIP)).isFalse();
    peer.awaitState("MASTER");
    assertThat(peer.log()).contains("priority 0");
    assertThat(container.journal(UNIT))
        .contains("is not asked to leave its addresses to the next process", "keepalived.conf:4");
    assertThat(property("ExecMainStatus")).isEqualTo("2");
    assertThat(property("NRestarts")).isEqualTo("0");
  }

  @Test
  void resignsForAKeepalivedThatIsStarted() {
    String unit = "/etc/systemd/system/keepalived.service";
    container.run("sh", "-c", "printf '[Service]\\nExecStart=/bin/sleep infinity\\n' >" + unit);
    container.run("systemctl", "daemon-reload");
    start();
    VipdNode peer = peer();
    container.run("systemctl", "start", "keepalived.service");
    Await.until(
        "vipd is stopped",
        Await.GENEROUS,
        () -> property("ActiveState").equals("inactive"),
        () -> container.journal(UNIT));
    assertThat(host.hasAddress(Texts.VIP)).isFalse();
    peer.awaitState("MASTER");
    assertThat(peer.log()).contains("priority 0");
  }

  @Test
  void resignsWhenItIsStopped() {
    start();
    VipdNode peer = peer();
    double asking = seconds("vipd", "leave", "--if-restarting", UNIT, "-f", CONFIGURATION);
    assertThat(container.run("vipd", "status")).as("it is no restart").contains("MASTER");
    double stopping = seconds("systemctl", "stop", UNIT);
    System.out.printf(
        Locale.ROOT, "systemctl stop: %.3f s, of which the question %.3f s%n", stopping, asking);
    assertThat(container.journal(UNIT)).doesNotContain("leaving");
    assertThat(host.hasAddress(Texts.VIP)).isFalse();
    peer.awaitState("MASTER");
    assertThat(peer.log()).contains("priority 0");
    assertThat(property("Result")).as(container.journal(UNIT)).isEqualTo("success");
    assertThat(container.execute("ls", "/run/vipd").code()).isNotZero();
  }

  @Test
  void readsItsConfigurationAgainAndKeepsTheOldOneWhenTheNewOneIsWrong() {
    start();
    container.run("sed", "-i", "s/priority 255/priority 150/", CONFIGURATION);
    container.run("systemctl", "reload", UNIT);
    Await.until(
        "the new priority is in force",
        Await.GENEROUS,
        () -> container.run("vipd", "status").contains("150"),
        () -> container.journal(UNIT));
    container.run("sed", "-i", "s/priority 150/priority 300/", CONFIGURATION);
    container.run("systemctl", "reload", UNIT);
    Await.until(
        "the wrong priority is told",
        Await.GENEROUS,
        () -> container.journal(UNIT).contains("keepalived.conf:4"),
        () -> container.journal(UNIT));
    assertThat(container.run("vipd", "status")).contains("MASTER", "150");
    assertThat(host.hasAddress(Texts.VIP)).isTrue();
  }

  @Test
  void isNotStartedAgainWithAConfigurationThatCannotBeUsed() {
    container.run("sed", "-i", "s/priority 255/priority 300/", CONFIGURATION);
    assertThat(container.execute("systemctl", "start", UNIT).code()).isNotZero();
    assertThat(property("ActiveState")).as(container.journal(UNIT)).isEqualTo("failed");
    assertThat(property("ExecMainStatus")).isEqualTo("2");
    assertThat(property("NRestarts")).isEqualTo("0");
  }
}
