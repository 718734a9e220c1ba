package org.vipd.daemon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.vipd.daemon.testkit.Configurations;
import org.vipd.daemon.testkit.FakeHost;

/** A VRRPv2 instance without a virtual address, and a configuration without an instance. */
class NoAddressTest {

  @Test
  void takesPartInTheElectionWithoutAnAddress() {
    String text = Configurations.instance(100).replace("virtual_ipaddress { 10.0.0.100 }", "");
    FakeHost host = new FakeHost(text).start();
    host.runSeconds(5);
    assertThat(host.trace.lines())
        .anyMatch(line -> line.startsWith("advertise VRID 51 priority 100"))
        .noneMatch(line -> line.startsWith("install"));
    host.stop();
    assertThat(host.trace.lines())
        .anyMatch(line -> line.startsWith("advertise VRID 51 priority 0"));
  }

  @Test
  void idlesWithoutAnInstance() {
    FakeHost host = new FakeHost("global_defs {\n}\n").start();
    host.runSeconds(5);
    assertThat(host.trace.lines()).noneMatch(line -> line.startsWith("advertise"));
    assertThat(host.status().instances()).isEmpty();
  }
}
