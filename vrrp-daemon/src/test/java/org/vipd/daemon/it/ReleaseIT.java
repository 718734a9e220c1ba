package org.vipd.daemon.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What a ledger is good for in another network namespace, and after another version. */
@Execution(ExecutionMode.CONCURRENT)
class ReleaseIT extends LabTest {

  private static final String TEXT =
      """
      static_ipaddress {
        10.66.0.50/24 dev eth0
      }
      static_routes {
        10.70.0.0/16 via 10.66.0.254 dev eth0
      }
      """
          + Texts.instance(1, "advert_int 30");

  private static VipdNode killed(Host host) {
    VipdNode vipd = VipdNode.start(host, TEXT);
    vipd.awaitState("BACKUP");
    Await.until("the route is there", () -> isThere(host));
    vipd.process().kill();
    return vipd;
  }

  private static boolean isThere(Host host) {
    return host.run("ip", "route", "show", "10.70.0.0/16").contains("10.66.0.254");
  }

  private static Path ledger(VipdNode vipd) {
    return vipd.runtimeDirectory().resolve("ledger");
  }

  @Test
  void saysInAnotherNamespaceWhereToRunItAndKeepsTheLedger() throws IOException {
    Host one = host();
    VipdNode vipd = killed(one);
    String before = Files.readString(ledger(vipd));
    Host two = lab().host("two", "10.66.0.2/24");
    Launched elsewhere =
        VipdNode.attach(two, vipd.runtimeDirectory(), vipd.runtimeDirectory()).release("release");
    assertThat(elsewhere.awaitExit()).isEqualTo(1);
    assertThat(elsewhere.output())
        .contains(
            "nothing is released: ",
            "; run it there: ip netns exec "
                + one.namespace().name()
                + " vipd release --runtime-dir "
                + vipd.runtimeDirectory());
    assertThat(Files.readString(ledger(vipd))).isEqualTo(before);
    assertThat(isThere(one)).isTrue();
    Launched release = vipd.release("release");
    assertThat(release.awaitExit()).as(release.output()).isZero();
    assertThat(isThere(one)).isFalse();
    assertThat(one.hasAddress("10.66.0.50")).isFalse();
  }

  /** As a pod that is made anew with the directory of the one before. */
  @Test
  void isForgottenByAStartInAnotherNamespace() throws IOException {
    VipdNode vipd = killed(host());
    Host two = lab().host("two", "10.66.0.2/24");
    VipdNode next =
        VipdNode.attach(two, two.file("keepalived.conf", TEXT), vipd.runtimeDirectory());
    next.restart();
    next.awaitState("BACKUP");
    Await.until("the route is there", () -> isThere(two));
    next.awaitLog("entries are forgotten");
    assertThat(next.log()).containsOnlyOnce("entries are forgotten");
    assertThat(next.stop()).isZero();
    assertThat(isThere(two)).isFalse();
  }

  @Test
  void removesWhatItKnowsOfALedgerOfANewerVersion() throws IOException {
    Host one = host();
    VipdNode vipd = killed(one);
    String newer = "link\tmacvlan\tvrrp.51";
    String text = Files.readString(ledger(vipd));
    Files.writeString(
        ledger(vipd),
        text.replaceFirst("vipd-ledger \\d", "vipd-ledger 9").replace("end 3", newer + "\nend 4"));
    Launched release = vipd.release("release");
    assertThat(release.awaitExit()).isEqualTo(1);
    assertThat(release.output()).contains("newer vipd", "1 of its records (link)");
    assertThat(isThere(one)).isFalse();
    assertThat(one.hasAddress("10.66.0.50")).isFalse();
    assertThat(Files.readString(ledger(vipd))).startsWith("vipd-ledger 9\n" + newer + "\nend 1\n");
  }
}
