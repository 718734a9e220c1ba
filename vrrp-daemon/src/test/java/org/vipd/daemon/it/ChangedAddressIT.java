package org.vipd.daemon.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Another program gives a virtual address another label or scope. */
@Execution(ExecutionMode.CONCURRENT)
class ChangedAddressIT extends LabTest {

  private static final String ADDRESS = Texts.VIP + "/32";

  private static String line(Host host) {
    return host.run("ip", "-o", "-4", "address", "show", "dev", "eth0")
        .lines()
        .filter(it -> it.contains(ADDRESS))
        .findFirst()
        .orElse("");
  }

  private static void awaitLease(Host host) {
    Await.until("it has a lease", () -> line(host).contains("dynamic"));
  }

  private VipdNode active() {
    VipdNode vipd =
        VipdNode.start(host(), Texts.instance(255, ADDRESS + " label eth0:vip scope link", ""));
    vipd.awaitState("MASTER");
    awaitLease(vipd.host());
    return vipd;
  }

  /** The kernel changes the lifetime and nothing else; the next refresh gives the lease back. */
  @Test
  void keepsLabelScopeAndLease() {
    VipdNode vipd = active();
    Host host = vipd.host();
    host.run("ip", "address", "change", ADDRESS, "dev", "eth0", "label", "eth0:other");
    host.run("ip", "address", "change", ADDRESS, "dev", "eth0", "scope", "host");
    awaitLease(host);
    assertThat(line(host)).contains("scope link", "eth0:vip");
    assertThat(vipd.state()).isEqualTo("MASTER");
    assertThat(vipd.stop()).isZero();
    assertThat(host.hasAddress(Texts.VIP)).isFalse();
  }

  /** Faster than it would be put back: what is there counts, and goes with the router. */
  @Test
  void holdsWhatSomebodyPutInItsPlaceAtOnce() {
    VipdNode vipd = active();
    Host host = vipd.host();
    String batch =
        "printf 'address del %s dev eth0\\naddress add %s dev eth0 label eth0:other\\n'"
            + " | ip -batch -";
    host.run("sh", "-c", batch.replace("%s", ADDRESS));
    awaitLease(host);
    assertThat(line(host)).contains("scope global", "eth0:other");
    assertThat(vipd.state()).isEqualTo("MASTER");
    assertThat(vipd.stop()).isZero();
    assertThat(host.hasAddress(Texts.VIP)).isFalse();
  }
}
