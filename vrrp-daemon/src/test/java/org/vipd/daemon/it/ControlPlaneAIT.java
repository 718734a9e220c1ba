package org.vipd.daemon.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
 * Three masters with etcd, HAProxy and config A, all with priority 100; a master that is lost takes
 * its etcd with it. A healthy Backup never displaces an equal Active, so the VIP stays where it
 * went; between Backups that rise at the same moment the higher address wins.
 */
@Execution(ExecutionMode.CONCURRENT)
class ControlPlaneAIT {

  private static final String NETWORK = "10.146.47";
  private static final String VIP = "10.146.47.90";
  private static final int PORT = 18080;

  private final List<Master> masters = new ArrayList<>();
  private final Outages outages = new Outages("config A");
  private Lab lab;
  private HttpClient client;

  private record Master(VipdNode vipd, List<Launched> haproxies, List<Launched> etcds) {

    boolean holds() {
      return vipd.host().hasAddress(VIP);
    }

    String name() {
      return vipd.host().home().getFileName().toString();
    }

    void startHaproxy() {
      haproxies.add(launchHaproxy(vipd.host()));
    }

    void killHaproxy() {
      haproxies.get(haproxies.size() - 1).kill();
    }

    void startEtcd() {
      etcds.add(EtcdMember.launch(vipd.host(), NETWORK));
    }

    void endEtcd(String signal) {
      Launched last = etcds.get(etcds.size() - 1);
      last.signal(signal);
      last.awaitExit();
    }
  }

  @BeforeEach
  void buildControlPlane() {
    NetworkNamespace.assumeAvailable();
    assumeTrue(Files.isExecutable(Path.of("/usr/sbin/haproxy")), "haproxy is not installed");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/etcd")), "etcd-server is not installed");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/curl")), "curl is not installed");
    Distribution.makeArchive();
    lab = Lab.create("cpa");
    String configuration = ControlPlaneTexts.configurationA().replace("haprox\"", "haproxy\"");
    assertThat(configuration).contains("pidof haproxy", VIP);
    for (String name : List.of("m0", "m1", "m2")) {
      Host host = lab.host(name, "10.146.47.1" + masters.size() + "0/24");
      host.isolateProcesses("");
      List<Launched> haproxies = new ArrayList<>(List.of(launchHaproxy(host)));
      List<Launched> etcds = new ArrayList<>(List.of(EtcdMember.launch(host, NETWORK)));
      masters.add(new Master(VipdNode.start(host, configuration), haproxies, etcds));
    }
    masters.forEach(it -> EtcdMember.awaitHealthy(it.vipd().host()));
    awaitSingleHolder();
    Host clientHost = lab.host("client", "10.146.47.50/24");
    client = new HttpClient(clientHost, new InetSocketAddress(VIP, PORT), Optional.empty());
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

  private static Launched launchHaproxy(Host host) {
    String name = host.home().getFileName().toString();
    String text = ControlPlaneTexts.haproxy(NETWORK, name, "");
    String file = host.file("haproxy.cfg", text).toString();
    return host.start("haproxy", List.of("haproxy", "-db", "-f", file), Map.of());
  }

  @Test
  void keepsTheAddressOnHealthyMastersWhileEachIsLost() {
    losesHealthOfTheHolder();
    doesNotSeeThatHaproxyHangs();
    losesEachMaster("KILL");
    losesEachMaster("TERM");
    for (Master master : masters) {
      Map<String, Long> rejects = Counters.rejects(master.vipd());
      assertThat(rejects).as(master.name() + " rejected packets").isEmpty();
    }
  }

  private void losesHealthOfTheHolder() {
    long start = System.nanoTime();
    Master former = holder();
    former.killHaproxy();
    former.vipd().awaitState("FAULT");
    Master next = awaitServiceByAnother(former);
    outages.report(
        "HAProxy killed on the holder, VIP moves " + former.name() + " -> " + next.name(),
        client.longestGapSince(start));
    former.startHaproxy();
    former.vipd().awaitState("BACKUP");
    assertThat(next.holds()).as("equal priority does not take the address back").isTrue();
    assertThat(former.holds()).isFalse();
  }

  /** A process that is stopped still has its name, so {@code pidof} finds it: the address stays. */
  private void doesNotSeeThatHaproxyHangs() {
    long start = System.nanoTime();
    Master holder = holder();
    Launched haproxy = holder.haproxies().get(holder.haproxies().size() - 1);
    haproxy.signal("STOP");
    long before = checkField(holder, "runs");
    Await.until(
        "the check has run twice as often as it would have to fail",
        Await.GENEROUS,
        () -> checkField(holder, "runs") >= before + 6,
        this::logs);
    assertThat(checkField(holder, "failuresInARow")).isZero();
    assertThat(holder.holds()).isTrue();
    haproxy.signal("CONT");
    client.awaitAnswers();
    outages.report(
        "HAProxy hangs on the holder for 6 runs of pidof, which sees nothing",
        client.longestGapSince(start));
  }

  private static long checkField(Master master, String name) {
    JsonObject instance = master.vipd().instance().orElseThrow();
    return instance.getAsJsonArray("checks").get(0).getAsJsonObject().get(name).getAsLong();
  }

  /** Each master is lost once, whenever possible while it holds the address. */
  private void losesEachMaster(String signal) {
    List<Master> left = new ArrayList<>(masters);
    while (!left.isEmpty()) {
      Master holder = holder();
      Master victim = left.contains(holder) ? holder : left.get(0);
      left.remove(victim);
      lose(victim, signal, victim.equals(holder));
    }
  }

  private void lose(Master victim, String signal, boolean holds) {
    long start = System.nanoTime();
    victim.endEtcd(signal);
    if (signal.equals("KILL")) {
      victim.vipd().process().kill();
      victim.killHaproxy();
    } else {
      assertThat(victim.vipd().stop()).isZero();
    }
    Master next = awaitServiceByAnother(victim);
    outages.report(
        "SIG" + signal + " " + victim.name() + (holds ? " (the holder)" : " (a backup)"),
        client.longestGapSince(start));
    if (signal.equals("KILL")) {
      victim.startHaproxy();
    }
    EtcdMember.awaitHealthy(next.vipd().host());
    victim.startEtcd();
    victim.vipd().restart();
    victim.vipd().awaitState("BACKUP");
    awaitSingleHolder();
    masters.forEach(it -> EtcdMember.awaitHealthy(it.vipd().host()));
  }

  /** Two may rise in the same moment, so it counts who serves the client in the end. */
  private Master awaitServiceByAnother(Master lost) {
    long start = System.nanoTime();
    Await.until(
        "the client is served by the one holder other than " + lost.name(),
        Await.GENEROUS,
        () -> otherHolders(lost).size() == 1 && serves(otherHolders(lost), start),
        this::logs);
    client.awaitAnswers();
    return holderExcept(lost);
  }

  private boolean serves(List<Master> holders, long sinceNanos) {
    return holders.stream()
        .anyMatch(it -> client.isAnsweredSince(sinceNanos, "x-front: " + it.name()));
  }

  private List<Master> otherHolders(Master lost) {
    return masters.stream().filter(it -> !it.equals(lost) && it.holds()).toList();
  }

  private Master holderExcept(Master lost) {
    return otherHolders(lost).stream().findFirst().orElseThrow();
  }

  private Master holder() {
    return masters.stream().filter(Master::holds).findFirst().orElseThrow();
  }

  private void awaitSingleHolder() {
    Await.until(
        "exactly one master holds the address",
        Await.GENEROUS,
        () -> masters.stream().filter(Master::holds).count() == 1,
        this::logs);
  }

  private String logs() {
    StringBuilder text = new StringBuilder();
    masters.forEach(it -> text.append(it.name()).append('\n').append(it.vipd().log()));
    return text.toString();
  }
}
