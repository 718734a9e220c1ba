package org.vipd.daemon.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** {@code no_accept} with the real nftables: neighbours find the address, but nothing answers. */
@Execution(ExecutionMode.CONCURRENT)
class AcceptFilterIT extends LabTest {

  private static final String TIMED_OUT = "28";
  private static final String REFUSED = "7";

  @Test
  void dropsPacketsWhileAskedToAndLeavesNoTableBehind() {
    Host one = lab().host("one", "10.66.0.1/24");
    Host two = lab().host("two", "10.66.0.2/24");
    String plain = Texts.instance(254, "");
    VipdNode vipd = VipdNode.start(one, Texts.instance(254, "no_accept"));
    vipd.awaitState("MASTER");
    Await.until("the table is there", () -> tables(one).contains("table inet vipd_"));
    assertThat(connect(two, 3)).isEqualTo(TIMED_OUT);
    assertThat(two.run("ip", "neigh", "show", Texts.VIP)).contains("lladdr");

    vipd.reload(plain);
    Await.until("the table is gone", () -> !tables(one).contains("vipd"));
    assertThat(connect(two, 20)).isEqualTo(REFUSED);

    vipd.reload(Texts.instance(254, "no_accept"));
    Await.until("the table is back", () -> tables(one).contains("table inet vipd_"));
    vipd.process().kill();
    vipd.replaceConfiguration(plain);
    vipd.restart();
    Await.until("the left-over is gone", () -> !tables(one).contains("vipd"));
    assertThat(vipd.log()).doesNotContain("no_accept is not in force");
  }

  private static String tables(Host host) {
    return host.run("nft", "list", "tables");
  }

  /** Exit status of curl after connecting to a port on which nobody listens. */
  private static String connect(Host host, int seconds) {
    String url = "http://" + Texts.VIP + ":9/";
    String command = "curl -s --noproxy '*' --connect-timeout " + seconds + " " + url + "; echo $?";
    return host.run("sh", "-c", command).strip();
  }
}
