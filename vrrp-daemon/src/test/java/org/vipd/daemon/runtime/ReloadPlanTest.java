package org.vipd.daemon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.vipd.daemon.config.DaemonConfig;
import org.vipd.daemon.config.keepalived.KeepalivedReader;

class ReloadPlanTest {

  @Test
  void saysNothingWhenNothingChanges() {
    DaemonConfig config = config("priority 100", "10.0.0.1");

    ReloadPlan plan = ReloadPlan.of(config, config("priority 100", "10.0.0.1"), it -> true);

    assertThat(plan.lines()).isEmpty();
    assertThat(plan.movesAddresses()).isFalse();
  }

  @Test
  void namesChangedSettingsWithBothValues() {
    ReloadPlan plan =
        ReloadPlan.of(
            config("priority 100", "10.0.0.1"), config("priority 90", "10.0.0.1"), it -> true);

    assertThat(plan.lines()).containsExactly("VI_1: priority 100 -> 90");
    assertThat(plan.movesAddresses()).isFalse();
  }

  @Test
  void warnsOfAnAddressThatLeavesAnActive() {
    DaemonConfig before = config("priority 100", "10.0.0.1 \n 10.0.0.2");
    DaemonConfig after = config("priority 100", "10.0.0.2 \n 10.0.0.3");

    ReloadPlan active = ReloadPlan.of(before, after, it -> true);
    ReloadPlan backup = ReloadPlan.of(before, after, it -> false);

    assertThat(active.lines())
        .containsExactly("VI_1: removes 10.0.0.1/32; installs and announces 10.0.0.3/32");
    assertThat(active.movesAddresses()).isTrue();
    assertThat(backup.lines())
        .containsExactly("VI_1: no longer has 10.0.0.1/32; also has 10.0.0.3/32");
    assertThat(backup.movesAddresses()).isFalse();
  }

  @Test
  void showsNoSecret() {
    ReloadPlan plan =
        ReloadPlan.of(
            config("authentication { auth_type PASS\n auth_pass one }", "10.0.0.1"),
            config("authentication { auth_type PASS\n auth_pass two }", "10.0.0.1"),
            it -> true);

    assertThat(plan.lines()).singleElement().asString().contains("authentication");
    assertThat(plan.lines().toString()).doesNotContain("one").doesNotContain("two");
  }

  private static DaemonConfig config(String setting, String addresses) {
    String text =
        "vrrp_instance VI_1 {\n interface eth0\n virtual_router_id 51\n "
            + setting
            + "\n virtual_ipaddress {\n "
            + addresses
            + "\n }\n}\n";
    return KeepalivedReader.parse("test.conf", text).config().orElseThrow();
  }
}
