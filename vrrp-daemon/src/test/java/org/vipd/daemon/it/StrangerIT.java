package org.vipd.daemon.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Another host has the virtual address, or uses the VRID, when vipd starts. */
@Execution(ExecutionMode.CONCURRENT)
class StrangerIT extends LabTest {

  private static final String THEIRS = "02:00:00:00:66:66";
  private static final String VIP6 = "2001:db8:66::100";

  private Host stranger(String address) {
    Host stranger = lab().host("two", "10.66.0.2/24");
    stranger.run("ip", "link", "set", Lab.INTERFACE, "address", THEIRS);
    stranger.run("ip", "address", "add", address, "dev", Lab.INTERFACE, "nodad");
    return stranger;
  }

  private static String text(String address) {
    return address + " is in use on eth0 by another host, MAC " + THEIRS;
  }

  @ParameterizedTest
  @CsvSource({Texts.VIP + "/24, " + Texts.VIP, VIP6 + "/64, " + VIP6})
  void doesNotPutTheAddressOnTheWireASecondTime(String withPrefix, String address) {
    Host stranger = stranger(withPrefix);
    Capture capture = lab().capture();
    String more = "virtual_ipaddress_excluded { " + VIP6 + "/64 }";
    VipdNode vipd = VipdNode.start(host(), Texts.instance(100, more));
    vipd.awaitState("FAULT");

    Launched why = vipd.command("why.log", "why", "lab");
    assertThat(why.awaitExit()).isZero();
    assertThat(why.output()).contains(text(address), "listen_before_claim off");
    assertThat(vipd.instance().orElseThrow().get("warnings").toString()).contains(text(address));
    assertThat(vipd.counter("foreign-owners")).isEqualTo(1);
    assertThat(vipd.host().hasAddress(address)).isFalse();
    assertThat(capture.count(it -> it.isAdvertisementFrom("10.66.0.1"))).isZero();

    stranger.run("ip", "address", "del", withPrefix, "dev", Lab.INTERFACE);
    vipd.awaitState("MASTER");
    vipd.awaitLog(text(address), "-> FAULT");
    assertThat(vipd.log().lines().filter(it -> it.endsWith(text(address)))).hasSize(1);
    assertThat(vipd.log().lines().filter(it -> it.contains("-> FAULT"))).hasSize(1);
  }

  @Test
  void claimsAllTheSameWhenToldTo() {
    stranger(Texts.VIP + "/24");
    VipdNode vipd = VipdNode.start(host(), Texts.instance(100, "listen_before_claim off"));
    vipd.awaitState("MASTER");
    assertThat(vipd.instance().orElseThrow().get("warnings").toString()).contains(text(Texts.VIP));
  }

  @Test
  void anActiveThatIsHeardIsNoStranger() {
    Host two = lab().host("two", "10.66.0.2/24");
    VipdNode active = VipdNode.start(two, Texts.instance(50, "vipd_lease off"));
    active.awaitState("MASTER");
    VipdNode vipd = VipdNode.start(host(), Texts.instance(100, ""));
    vipd.awaitState("MASTER");
    active.awaitState("BACKUP");
    vipd.awaitLog("took over from 10.66.0.2");
    assertThat(vipd.log()).doesNotContain("in use");
    assertThat(vipd.counter("foreign-owners")).isZero();
  }

  @Test
  void anActiveWithAnotherPasswordKeepsTheAddressAndIsNamed() {
    Host two = lab().host("two", "10.66.0.2/24");
    two.run("ip", "link", "set", Lab.INTERFACE, "address", THEIRS);
    String secret = "authentication {\n auth_type PASS\n auth_pass %s\n }\n";
    VipdNode other = VipdNode.start(two, Texts.instance(50, secret.formatted("one")));
    other.awaitState("MASTER");
    VipdNode vipd = VipdNode.start(host(), Texts.instance(100, secret.formatted("two")));
    vipd.awaitState("FAULT");
    assertThat(vipd.instance().orElseThrow().get("reason").getAsString())
        .startsWith(text(Texts.VIP) + ", which sends VRRP packets from 10.66.0.2");
    vipd.awaitLog("10.66.0.2, MAC " + THEIRS + ", uses VRID 66 on eth0");
    assertThat(other.state()).isEqualTo("MASTER");
    assertThat(vipd.host().hasAddress(Texts.VIP)).isFalse();
  }
}
