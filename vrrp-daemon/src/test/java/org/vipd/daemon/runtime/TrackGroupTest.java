package org.vipd.daemon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vipd.daemon.testkit.Configurations;
import org.vipd.daemon.testkit.FakeHost;

/** Instances that are tied to the interfaces of static entries. */
class TrackGroupTest {

  private static final String GROUP = "track_group G {\n group {\n VI_1\n }\n}\n";
  private static final String ADDRESS =
      "static_ipaddress {\n 10.8.0.5/24 dev eth1 track_group G\n}\n";

  private static FakeHost started(String before) {
    FakeHost host = new FakeHost(before + Configurations.instance(100));
    host.interfaces.putLink(3, "eth1", true);
    return host.start();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ADDRESS,
        "static_routes {\n 10.77.0.0/16 dev eth1 track_group G\n}\n",
        "global_defs {\n default_interface eth1\n}\nstatic_ipaddress {\n 10.8.0.5/24"
            + " track_group G\n}\n"
      })
  void keepsItsInstancesFromRunningWithoutTheInterface(String entries) {
    FakeHost host = started(GROUP + entries);
    host.runSeconds(4);
    assertThat(host.instance().state()).isEqualTo("MASTER");
    host.interfaces.putLink(3, "eth1", false);
    host.runSeconds(0.1);
    assertThat(host.instance().state()).isEqualTo("FAULT");
    assertThat(host.instance().waitingFor())
        .containsExactly("waiting for interface eth1, which is down or has no carrier");
    host.interfaces.putLink(3, "eth1", true);
    host.runSeconds(4);
    assertThat(host.instance().state()).isEqualTo("MASTER");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "static_ipaddress {\n 10.8.0.5/24 dev eth1\n}\n" + GROUP,
        "static_rules {\n from 10.8.0.5 iif eth1 table 1 priority 5 track_group G\n}\n" + GROUP,
        ADDRESS + "track_group G {\n group {\n VI_2\n }\n}\n",
        ADDRESS
      })
  void tiesNobodyElse(String before) {
    FakeHost host = started(before);
    host.runSeconds(4);
    host.interfaces.putLink(3, "eth1", false);
    host.runSeconds(1);
    assertThat(host.instance().state()).isEqualTo("MASTER");
  }

  @Test
  void countsFromTheReloadOn() {
    FakeHost host = started("");
    host.interfaces.putLink(3, "eth1", false);
    host.runSeconds(4);
    assertThat(host.instance().state()).isEqualTo("MASTER");
    host.reload(GROUP + ADDRESS + Configurations.instance(100));
    host.runSeconds(0.1);
    assertThat(host.instance().state()).isEqualTo("FAULT");
    host.reload(ADDRESS + Configurations.instance(100));
    host.runSeconds(4);
    assertThat(host.instance().state()).isEqualTo("MASTER");
  }
}
