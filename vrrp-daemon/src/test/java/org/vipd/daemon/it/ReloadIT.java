package org.vipd.daemon.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** SIGHUP on a running Active. */
@Execution(ExecutionMode.CONCURRENT)
class ReloadIT extends LabTest {

  private static String lastReload(VipdNode vipd) {
    return vipd.status()
        .map(it -> it.getAsJsonObject("configuration").get("lastReload").getAsString())
        .orElse("");
  }

  private static String since(VipdNode vipd) {
    return vipd.instance().orElseThrow().get("since").getAsString();
  }

  @Test
  void keepsRunningWithABrokenFileAndSaysWhy() {
    VipdNode vipd = VipdNode.start(host(), Texts.instance(100, ""));
    vipd.awaitState("MASTER");
    String since = since(vipd);
    vipd.reload("vrrp_instance lab {\n interface eth0\n virtual_router_id 300\n");
    Await.until(
        "status tells of the failed reload",
        Await.GENEROUS,
        () -> !lastReload(vipd).isEmpty(),
        vipd::log);
    String configuration = vipd.status().orElseThrow().get("configuration").toString();
    assertThat(configuration).contains("keepalived.conf:3", "300");
    assertThat(vipd.state()).isEqualTo("MASTER");
    assertThat(since(vipd)).isEqualTo(since);
    assertThat(vipd.host().hasAddress(Texts.VIP)).isTrue();
    vipd.awaitLog("keepalived.conf:3");
  }

  @Test
  void keepsTheActiveRoleWhenThePriorityChanges() {
    Host host = host();
    Capture capture = lab().capture();
    VipdNode vipd = VipdNode.start(host, Texts.instance(100, ""));
    vipd.awaitState("MASTER");
    AddressMonitor monitor = new AddressMonitor(host);
    String since = since(vipd);
    vipd.reload(Texts.instance(90, ""));
    Await.until(
        "the new priority is advertised",
        Await.GENEROUS,
        () -> capture.count(it -> it.isAdvertisement() && it.priority() == 90) > 1,
        vipd::log);
    assertThat(since(vipd)).isEqualTo(since);
    assertThat(monitor.firstRemoved(Texts.VIP)).isEmpty();
    assertThat(capture.count(it -> it.isAdvertisement() && it.priority() == 0)).isZero();
    assertThat(vipd.counter("master-transitions")).isEqualTo(1);
  }

  /** Java leaves an ignored SIGHUP ignored; nobody is to wonder why a reload does nothing. */
  @Test
  void saysThatItWasStartedWithoutSighup() {
    VipdNode vipd = VipdNode.startIgnoringHangup(host(), Texts.instance(255, ""));
    vipd.awaitState("MASTER");
    vipd.awaitLog("SIGHUP is ignored", "again with vipd reload");
    vipd.replaceConfiguration(Texts.instance(255, "vipd_lease off"));
    assertThat(vipd.ask("reload")).contains("generation 2");
    assertThat(vipd.stop()).isZero();
  }
}
