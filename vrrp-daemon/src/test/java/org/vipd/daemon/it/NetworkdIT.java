package org.vipd.daemon.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** systemd-networkd manages the interface that has the virtual address. */
@Execution(ExecutionMode.CONCURRENT)
class NetworkdIT extends LabTest {

  private static final String UNIT = "systemd-networkd.service";

  private static final Path PROGRAM = Path.of("/lib/systemd/systemd-networkd");

  /**
   * What networkd wants of its surroundings: directories of its own, and a /sys that cannot be
   * written, without which it waits for udev.
   */
  private static final String SCRIPT =
      """
      set -e
      mount -t tmpfs none /run
      mount -o remount,ro,bind /sys
      mount -t tmpfs none /etc/systemd/network
      chmod 755 /run /etc/systemd/network
      mkdir -p /run/systemd/netif/links /run/systemd/netif/leases /run/systemd/netif/lldp
      chown -R systemd-network:systemd-network /run/systemd/netif
      printf '%%s\\n' '[Match]' Name=eth0 '[Network]' Address=10.66.0.1/24 LinkLocalAddressing=no \\
          IPv6AcceptRA=no >/etc/systemd/network/10-eth0.network
      if [ "$1" = true ]; then
        mkdir -p /run/systemd/networkd.conf.d /etc/systemd/network/10-eth0.network.d
        cp %s/vipd.conf /run/systemd/networkd.conf.d/
        cp %s/interface.conf /etc/systemd/network/10-eth0.network.d/vipd.conf
        chmod -R a+rX /run/systemd/networkd.conf.d /etc/systemd/network
      fi
      if [ "$2" = bus ]; then
        mkdir -p /run/dbus
        dbus-daemon --system --fork --nopidfile
        # the host's address is to be its own
        ip address flush dev eth0
      fi
      exec env SYSTEMD_LOG_LEVEL=info SYSTEMD_LOG_TARGET=console %s
      """;

  private static final Path BUS = Path.of("/usr/bin/dbus-daemon");

  private int starts;

  private Launched networkd(Host host, boolean hasDropIns) {
    String name = "networkd" + ++starts;
    String script = script();
    String argument = Boolean.toString(hasDropIns);
    Launched started =
        host.start(
            name,
            List.of("unshare", "--mount", "sh", "-c", script, "sh", argument, "no bus"),
            Map.of());
    started.awaitOutput("eth0: Configuring with");
    started.awaitOutput("Enumeration completed");
    return started;
  }

  private static String script() {
    Path dropIns = Distribution.root().resolve("systemd/networkd");
    return SCRIPT.formatted(dropIns, dropIns, PROGRAM);
  }

  /** A configuration for networkd under systemd, in the root directory of a container. */
  private static String preparation(boolean hasDropIns) {
    Path dropIns = Distribution.root().resolve("systemd/networkd");
    String text =
        """
        mkdir -p etc/systemd/network/10-eth0.network.d etc/systemd/networkd.conf.d
        printf '%%s\\n' '[Match]' Name=eth0 '[Network]' Address=10.66.0.1/24 LinkLocalAddressing=no \\
            IPv6AcceptRA=no >etc/systemd/network/10-eth0.network
        if %s; then
          cp %s/vipd.conf etc/systemd/networkd.conf.d/
          cp %s/interface.conf etc/systemd/network/10-eth0.network.d/vipd.conf
        fi
        """;
    return text.formatted(hasDropIns, dropIns, dropIns);
  }

  private static void stop(Launched networkd) {
    networkd.signal("TERM");
    assertThat(networkd.awaitExit()).as(networkd.output()).isZero();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void virtualAddressesSurviveARestartOfNetworkd(boolean hasDropIns) {
    boolean isThere = Files.isExecutable(PROGRAM);
    if (!isThere) {
      System.out.println("SKIPPED: there is no " + PROGRAM);
    }
    Assumptions.assumeTrue(isThere, "no systemd-networkd");
    Host host = host();
    Launched networkd = networkd(host, hasDropIns);
    AddressMonitor monitor = new AddressMonitor(host);
    VipdNode vipd = VipdNode.start(host, Texts.instance(255, "advert_int 3"));
    vipd.awaitState("MASTER");
    for (int i = 0; i < 3; i++) {
      stop(networkd);
      networkd = networkd(host, hasDropIns);
    }
    // a link that goes down is configured anew: networkd takes the host's own address meanwhile
    host.run("ip", "link", "set", Lab.INTERFACE, "down");
    vipd.awaitState("FAULT");
    networkd.awaitOutput("eth0: Lost carrier");
    assertThat(monitor.holdings(Texts.VIP)).as(vipd.log()).hasSize(1);
    host.run("ip", "link", "set", Lab.INTERFACE, "up");
    vipd.awaitState("MASTER");
    Await.until("the address is back", () -> host.hasAddress(Texts.VIP));
    assertThat(vipd.log()).doesNotContain("removed by another program", "ERROR");
    assertThat(vipd.stop()).isZero();
    stop(networkd);
    assertThat(networkd.output()).doesNotContain("Unknown key", "Failed to parse");
  }

  /** What {@code networkctl reconfigure} does to the interface, an operator may do at any time. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void virtualAddressesSurviveAReconfiguration(boolean hasDropIns) {
    boolean isThere = Files.isExecutable(PROGRAM) && Files.isExecutable(BUS);
    if (!isThere) {
      System.out.println("SKIPPED: there is no " + PROGRAM + " or no " + BUS);
    }
    Assumptions.assumeTrue(isThere, "no systemd-networkd with a bus");
    Host host = host();
    Surroundings networkd =
        Surroundings.start(host, "networkd", script(), Boolean.toString(hasDropIns), "bus");
    networkd.launched().awaitOutput("eth0: Configuring with");
    AddressMonitor monitor = new AddressMonitor(host);
    VipdNode vipd = VipdNode.start(host, Texts.instance(255, "advert_int 3"));
    vipd.awaitState("MASTER");
    Await.until("the address is there", () -> host.hasAddress(Texts.VIP));
    networkd.run("networkctl", "reload");
    networkd.run("networkctl", "reconfigure", Lab.INTERFACE);
    // it takes what it did not add, and vipd puts it back
    Await.until(
        "networkd is done and the address is there",
        Await.GENEROUS,
        () ->
            networkd.run("networkctl", "status", Lab.INTERFACE).contains("routable (configured)")
                && host.hasAddress(Texts.VIP)
                && "MASTER".equals(vipd.state()),
        () -> networkd.output() + vipd.log());
    System.out.println(
        "networkctl reconfigure, drop-ins "
            + hasDropIns
            + ": "
            + monitor.holdings(Texts.VIP).size()
            + " times held, "
            + vipd.log().lines().filter(it -> it.contains("put back")).count()
            + " times put back");
    assertThat(vipd.log().lines().filter(it -> it.contains("-> FAULT")))
        .allMatch(it -> it.contains("(waiting for an IPv4 address on eth0)"));
    assertThat(vipd.stop()).isZero();
    assertThat(host.hasAddress(Texts.VIP)).isFalse();
  }

  /** networkd as a unit of systemd, which restarts it as an upgrade of it does. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void virtualAddressesSurviveRestartsOfTheUnit(boolean hasDropIns) {
    SystemdContainer.assumeAvailable();
    Host host = host();
    SystemdContainer container = SystemdContainer.boot(host, preparation(hasDropIns));
    // the host's address is to be its own
    host.run("ip", "address", "flush", "dev", Lab.INTERFACE);
    container.run("systemctl", "start", UNIT);
    awaitConfigured(container);
    AddressMonitor monitor = new AddressMonitor(host);
    VipdNode vipd = VipdNode.start(host, Texts.instance(255, "advert_int 3"));
    vipd.awaitState("MASTER");
    Resources before = Resources.of(vipd);
    for (int i = 0; i < 3; i++) {
      container.run("systemctl", "restart", UNIT);
      awaitConfigured(container);
    }
    before.awaitNoMoreIn(vipd);
    assertThat(vipd.state()).isEqualTo("MASTER");
    assertThat(host.hasAddress(Texts.VIP)).isTrue();
    assertThat(monitor.holdings(Texts.VIP)).as(vipd.log()).hasSize(1);
    assertThat(vipd.log()).doesNotContain("removed by another program", "ERROR");
    assertThat(container.journal(UNIT)).doesNotContain("Unknown key", "Failed to parse");
    assertThat(vipd.stop()).isZero();
  }

  private static void awaitConfigured(SystemdContainer container) {
    Await.until(
        "networkd has configured the interface",
        Await.GENEROUS,
        () ->
            container.run("networkctl", "status", Lab.INTERFACE).contains("routable (configured)"),
        () -> container.run("networkctl", "status", Lab.INTERFACE) + container.journal(UNIT));
  }
}
