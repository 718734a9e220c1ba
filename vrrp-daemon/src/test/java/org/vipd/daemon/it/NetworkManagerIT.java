package org.vipd.daemon.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** NetworkManager manages the interface that has the virtual address. */
@Execution(ExecutionMode.CONCURRENT)
class NetworkManagerIT extends LabTest {

  private static final Path PROGRAM = Path.of("/usr/sbin/NetworkManager");
  private static final Path BUS = Path.of("/usr/bin/dbus-daemon");

  /**
   * What NetworkManager wants of its surroundings: a system bus, directories of its own, and a /sys
   * that cannot be written, without which it waits for udev. When it ends it is started again.
   */
  private static final String SCRIPT =
      """
      set -e
      mount -t tmpfs none /run
      mount -o remount,ro,bind /sys
      mount -t tmpfs none /etc/NetworkManager
      mount -t tmpfs none /var/lib/NetworkManager
      chmod 755 /run /etc/NetworkManager /var/lib/NetworkManager
      mkdir -p /run/dbus /etc/NetworkManager/conf.d /etc/NetworkManager/system-connections
      printf '%%s\\n' '[connection]' id=lab type=ethernet interface-name=eth0 '[ipv4]' method=manual \\
          address1=10.66.0.1/24 '[ipv6]' method=disabled \\
          >/etc/NetworkManager/system-connections/lab.nmconnection
      chmod 600 /etc/NetworkManager/system-connections/lab.nmconnection
      [ "$1" = false ] || cp %s /etc/NetworkManager/conf.d/
      dbus-daemon --system --fork --nopidfile
      # an interface that somebody has configured is not taken over
      ip address flush dev eth0
      while :; do
        NetworkManager --debug
        echo NetworkManager has ended
      done
      """;

  private record Manager(Surroundings surroundings) {

    static Manager start(Host host, boolean hasDropIn) {
      String script =
          SCRIPT.formatted(Distribution.root().resolve("systemd/NetworkManager/vipd.conf"));
      Manager manager =
          new Manager(Surroundings.start(host, "manager", script, Boolean.toString(hasDropIn)));
      manager.awaitConnected();
      return manager;
    }

    String run(String... command) {
      return surroundings.run(command);
    }

    void awaitConnected() {
      Await.until(
          "NetworkManager has configured eth0",
          Await.GENEROUS,
          () ->
              run("sh", "-c", "nmcli -t device 2>&1 || true").contains("eth0:ethernet:connected:"),
          surroundings::output);
    }

    void restart(int times) {
      run("pkill", "-x", "NetworkManager");
      Await.until(
          "NetworkManager has ended",
          Await.GENEROUS,
          () ->
              surroundings.output().lines().filter("NetworkManager has ended"::equals).count()
                  == times,
          surroundings::output);
      awaitConnected();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void virtualAddressesSurviveNetworkManager(boolean hasDropIn) {
    boolean isThere = Files.isExecutable(PROGRAM) && Files.isExecutable(BUS);
    if (!isThere) {
      System.out.println("SKIPPED: there is no " + PROGRAM + " or no " + BUS);
    }
    Assumptions.assumeTrue(isThere, "no NetworkManager");
    Host host = host();
    Manager manager = Manager.start(host, hasDropIn);
    AddressMonitor monitor = new AddressMonitor(host);
    VipdNode vipd = VipdNode.start(host, Texts.instance(255, ""));
    vipd.awaitState("MASTER");
    Await.until("the address is there", () -> host.hasAddress(Texts.VIP));
    for (int i = 1; i <= 2; i++) {
      manager.restart(i);
    }
    assertThat(monitor.holdings(Texts.VIP)).as(vipd.log()).hasSize(1);
    assertThat(vipd.log()).doesNotContain("removed by another program", "FAULT");
    // it takes whatever is not in the connection, and vipd puts it back
    manager.run("nmcli", "device", "reapply", Lab.INTERFACE);
    Await.until(
        "the address is put back",
        Await.GENEROUS,
        () -> vipd.log().contains("removed by another program and is put back"),
        vipd::log);
    Await.until("the address is there", () -> host.hasAddress(Texts.VIP));
    assertThat(vipd.log()).doesNotContain("FAULT");
    // it takes the host's own address, too, and gives it back, mostly sooner than anybody notices
    manager.run("nmcli", "connection", "up", "lab");
    Await.until(
        "the address is back",
        Await.GENEROUS,
        () -> "MASTER".equals(vipd.state()) && host.hasAddress(Texts.VIP),
        vipd::log);
    assertThat(vipd.log().lines().filter(it -> it.contains("-> FAULT")))
        .allMatch(it -> it.contains("(waiting for an IPv4 address on eth0)"));
    assertThat(vipd.stop()).isZero();
    assertThat(host.hasAddress(Texts.VIP)).isFalse();
  }
}
